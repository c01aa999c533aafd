"""The corpus in the database: what goes in comes out, and every change is noted."""

from pathlib import Path

import pytest

from corpus.document import READING
from corpus.model import Document, PassageKey
from corpus.store import Store
from corpus.stored import Changes, FileRecord
from tests.unit.corpus import samples
from tests.unit.corpus.samples import read

PLAN = "kh-45-chuyen-doi-so-2026.txt"
TABLE = "kh-dong-may-thien-tai-2026.md"


def record(path: str, root: str = "/docs", stamp: str = "1") -> FileRecord:
    return FileRecord(path, root, path.removeprefix(f"{root}/"), stamp, f"sha of {path} {stamp}")


def put(store: Store, path: str, document: Document, root: str = "/docs", stamp: str = "1") -> None:
    store.put(record(path, root, stamp), document, f"sha of {document.text}"[:64])


def only(store: Store) -> int:
    (document_id,) = store.headers()
    return document_id


def names(store: Store) -> list[str]:
    return [document.file for document in store.documents()]


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_document_comes_back_as_it_went_in(name: str, store: Store) -> None:
    put(store, f"/docs/{name}", samples.document(name))
    found = store.document(only(store))
    assert found
    assert found.file == name
    assert found.document == samples.document(name)
    assert found.header.spans == samples.document(name).header.spans


def test_passages_come_back_with_their_words(store: Store) -> None:
    document = samples.document(TABLE)
    put(store, f"/docs/{TABLE}", document)
    document_id = only(store)
    found = list(store.passages_of([document_id]))
    assert [p.text for p in found] == [p.span.of(document.text) for p in document.passages]
    assert [p.headings for p in found] == [p.headings for p in document.passages]
    assert [p.key for p in found] == [PassageKey(document_id, i) for i in range(len(found))]
    assert {p.header for p in found} == {document.header}
    keys = [found[2].key, found[0].key, PassageKey(document_id, 999), PassageKey(999, 0)]
    assert store.passages(keys) == {found[0].key: found[0], found[2].key: found[2]}
    assert store.passages([]) == {}


def test_control_characters_cut_no_passage_short(store: Store) -> None:
    put(store, "/docs/a.txt", read("Trang một.\x00 Trang hai.\nTrang \x01ba."))
    (passage,) = store.passages_of([only(store)])
    assert passage.text == "Trang một. Trang hai.\nTrang ba."


def test_counts_and_headers(store: Store) -> None:
    assert store.counts() == (0, 0)
    put(store, "/docs/a.txt", samples.document(PLAN))
    put(store, "/docs/b.md", samples.document(TABLE))
    passages = len(samples.document(PLAN).passages) + len(samples.document(TABLE).passages)
    assert store.counts() == (2, passages)
    assert {file: header.number for file, header in store.headers().values()} == {
        "a.txt": "45/KH-UBND",
        "b.md": None,
    }


def test_documents_come_by_name(store: Store) -> None:
    for name in ("c.txt", "a.txt", "b.txt"):
        put(store, f"/docs/{name}", read(f"Văn bản {name}."))
    assert names(store) == ["a.txt", "b.txt", "c.txt"]


def test_what_is_not_there(store: Store) -> None:
    assert store.document(1) is None
    assert list(store.documents()) == []
    assert store.remove(["/docs/none.txt"]) == []
    assert store.files_below(Path("/")) == {}


def test_one_document_in_two_files_goes_with_the_second(store: Store) -> None:
    for path in ("/docs/b.txt", "/docs/a.txt"):
        put(store, path, samples.document(PLAN))
    assert store.counts()[0] == 1
    assert names(store) == ["a.txt"]
    assert store.remove(["/docs/a.txt"]) == ["a.txt"]
    assert names(store) == ["b.txt"]
    assert store.remove(["/docs/b.txt"]) == ["b.txt"]
    assert store.counts() == (0, 0)


def test_a_changed_file_drops_what_it_held(store: Store) -> None:
    put(store, "/docs/a.txt", read("Bản cũ."))
    old = only(store)
    put(store, "/docs/a.txt", read("Bản mới."), stamp="2")
    assert only(store) != old
    assert [d.text for d in store.documents()] == ["Bản mới."]
    assert store.document(old) is None


def test_changes_are_told_from_any_revision(store: Store) -> None:
    assert store.changes_since(0) == Changes(0, (), ())
    put(store, "/docs/a.txt", read("Một."))
    put(store, "/docs/b.txt", read("Hai."))
    first, second = sorted(store.headers())
    begun = store.changes_since(0)
    assert (begun.gone, begun.there) == ((), (first, second))
    assert store.changes_since(begun.revision).there == ()
    store.remove(["/docs/a.txt"])
    later = store.changes_since(begun.revision)
    assert (later.gone, later.there) == ((first,), ())
    assert later.revision > begun.revision
    put(store, "/docs/c.txt", read("Ba."))
    assert max(store.headers()) > second


def test_touching_a_file_changes_no_document(store: Store) -> None:
    put(store, "/docs/a.txt", read("Một."))
    before = store.changes_since(0)
    store.restamp(record("/docs/a.txt", stamp="2"))
    assert store.files_below(Path("/docs"))["/docs/a.txt"].stamp == "2"
    assert store.changes_since(0) == before


def test_files_below_a_folder_only(store: Store) -> None:
    for path in ("/docs/a.txt", "/docs/x/b.txt", "/docs2/c.txt", "/docs_/d.txt"):
        put(store, path, read(f"Văn bản {path}."), root=str(Path(path).parent))
    assert set(store.files_below(Path("/docs"))) == {"/docs/a.txt", "/docs/x/b.txt"}
    assert set(store.files_below(Path("/docs/a.txt"))) == {"/docs/a.txt"}
    assert set(store.files_below(Path("/doc"))) == set()
    assert set(store.files_below(Path("/docs%"))) == set()
    assert len(store.files_below(Path("/"))) == 4


def test_a_newer_reading_reads_files_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "/docs/a.txt", read("Một."))
    put(store, "/docs/b.txt", read("Một."))
    old = only(store)
    monkeypatch.setattr("corpus.store.READING", READING + 1)
    assert {r.stamp + r.sha for r in store.files_below(Path("/docs")).values()} == {""}
    put(store, "/docs/a.txt", read("Một."))
    assert only(store) != old
    assert store.changes_since(0).gone == (old,)
    assert names(store) == ["a.txt"]


def test_colliding_names_get_what_tells_them_apart(store: Store) -> None:
    put(store, "/north/a.txt", read("Bắc."), root="/north")
    assert names(store) == ["a.txt"]
    put(store, "/south/a.txt", read("Nam."), root="/south")
    assert names(store) == ["north/a.txt", "south/a.txt"]
    put(store, "/old/north/a.txt", read("Cũ."), root="/old/north")
    assert names(store) == ["north/a.txt", "old/north/a.txt", "south/a.txt"]
    assert store.remove(["/old/north/a.txt", "/south/a.txt"]) == ["old/north/a.txt", "south/a.txt"]
    assert names(store) == ["a.txt"]


def test_a_name_is_free_again_when_a_file_is_named_below_another_folder(store: Store) -> None:
    put(store, "/north/x/a.txt", read("Bắc."), root="/north/x")
    put(store, "/south/a.txt", read("Nam."), root="/south")
    store.restamp(record("/north/x/a.txt", root="/north"))
    assert names(store) == ["a.txt", "x/a.txt"]
    put(store, "/north/x/a.txt", read("Bắc mới."), root="/north/x")
    assert names(store) == ["south/a.txt", "x/a.txt"]
    put(store, "/north/x/a.txt", read("Bắc mới nữa."), root="/north")
    assert names(store) == ["a.txt", "x/a.txt"]


def test_vectors_are_kept_by_model_and_text(store: Store) -> None:
    store.keep_vectors("m", "engine", {b"1": b"one", b"2": b"two"})
    store.keep_vectors("m", "engine", {b"2": b"other", b"3": b"three"})
    store.keep_vectors("n", "engine", {b"1": b"another"})
    assert store.vectors("m", [b"1", b"2", b"3", b"4"]) == {
        b"1": b"one",
        b"2": b"two",
        b"3": b"three",
    }
    assert store.vectors("n", [b"1", b"2"]) == {b"1": b"another"}
    assert store.vectors("m", []) == {}


def test_thousands_of_vectors_at_once(store: Store) -> None:
    many = {i.to_bytes(20, "big"): b"v" for i in range(3_000)}
    store.keep_vectors("m", "engine", many)
    assert store.vectors("m", list(many)) == many


def test_readers_see_the_last_committed_state(tmp_path: Path, store: Store) -> None:
    other = Store(f"sqlite:///{tmp_path / 'a.db'}")
    put(store, "/docs/a.txt", read("Một."))
    assert names(other) == ["a.txt"]
    store.remove(["/docs/a.txt"])
    assert names(other) == []
    other.close()


def test_it_is_known_what_made_the_vectors(store: Store) -> None:
    assert store.vector_runtimes("m") == {}
    store.keep_vectors("m", "small engine", {b"1": b"one", b"2": b"two"})
    store.keep_vectors("m", "large engine", {b"2": b"other", b"3": b"three"})
    store.keep_vectors("n", "large engine", {b"4": b"four"})
    assert store.vector_runtimes("m") == {"large engine": 1, "small engine": 2}
    assert store.vector_runtimes("n") == {"large engine": 1}
