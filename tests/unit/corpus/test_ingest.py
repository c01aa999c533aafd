"""Files and folders into the corpus: what was added, changed, unchanged, removed, refused."""

import os
import shutil
import socket
from pathlib import Path

import pytest

from corpus.ingest import IngestReport, ingest
from corpus.readers.plain_text import PlainTextReader
from corpus.store import Store
from tests.unit.corpus import samples
from tests.unit.corpus.test_readers import TCVN3


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return folder(tmp_path / "docs", a="Văn bản a.", b="Văn bản b.")


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def run(store: Store, *paths: Path) -> IngestReport:
    return ingest(paths, store, [PlainTextReader()], lambda *_: None)


def texts(store: Store) -> dict[str, str]:
    return {document.file: document.text for document in store.documents()}


def reasons(report: IngestReport) -> dict[str, str]:
    return {refusal.file: refusal.reason for refusal in report.refused}


def test_samples_are_taken_in(store: Store) -> None:
    report = run(store, samples.SAMPLES / "documents")
    assert report.added == samples.NAMES
    assert not report.refused
    assert store.counts()[0] == len(samples.NAMES)


def test_new_files_are_added(store: Store, docs: Path) -> None:
    report = run(store, docs)
    assert report == IngestReport(added=["a.txt", "b.txt"])
    assert not report.nothing_read
    assert texts(store) == {"a.txt": "Văn bản a.", "b.txt": "Văn bản b."}


def test_a_second_run_finds_nothing_to_do(store: Store, docs: Path) -> None:
    run(store, docs)
    before = store.changes_since(0)
    assert run(store, docs) == IngestReport(unchanged=2)
    assert store.changes_since(0) == before


def test_a_document_changed_in_place(store: Store, docs: Path) -> None:
    run(store, docs)
    folder(docs, a="Văn bản A.")
    assert run(store, docs) == IngestReport(changed=["a.txt"], unchanged=1)
    assert texts(store)["a.txt"] == "Văn bản A."
    assert store.counts()[0] == 2


def test_a_touched_file_is_unchanged(store: Store, docs: Path) -> None:
    run(store, docs)
    os.utime(docs / "a.txt", (1, 1))
    assert run(store, docs) == IngestReport(unchanged=2)


def test_a_change_that_keeps_size_and_time_is_seen(store: Store, docs: Path) -> None:
    run(store, docs)
    status = (docs / "a.txt").stat()
    folder(docs, a="Văn bản c.")
    os.utime(docs / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(store, docs).changed == ["a.txt"]


def test_what_is_gone_is_removed_only_below_the_paths_named(store: Store, tmp_path: Path) -> None:
    one, two = folder(tmp_path / "one", a="Một."), folder(tmp_path / "two", b="Hai.")
    run(store, one, two)
    (one / "a.txt").unlink()
    (two / "b.txt").unlink()
    assert run(store, one) == IngestReport(removed=["a.txt"])
    assert set(texts(store)) == {"b.txt"}
    assert run(store, two / "b.txt") == IngestReport(removed=["b.txt"])
    assert store.counts() == (0, 0)


def test_a_folder_whose_name_begins_alike_is_left_alone(store: Store, tmp_path: Path) -> None:
    run(store, folder(tmp_path / "docs", a="Một."), folder(tmp_path / "docs2", b="Hai."))
    shutil.rmtree(tmp_path / "docs2")
    assert run(store, tmp_path / "docs") == IngestReport(unchanged=1)


def test_a_folder_that_is_gone_takes_its_files_along(store: Store, docs: Path) -> None:
    run(store, docs)
    shutil.rmtree(docs)
    assert run(store, docs) == IngestReport(removed=["a.txt", "b.txt"])


def test_a_moved_file_stays_one_document(store: Store, docs: Path) -> None:
    run(store, docs)
    (docs / "a.txt").rename(docs / "c.txt")
    assert run(store, docs) == IngestReport(added=["c.txt"], unchanged=1, removed=["a.txt"])
    assert set(texts(store)) == {"b.txt", "c.txt"}


def test_one_document_under_two_names_is_one(store: Store, tmp_path: Path) -> None:
    docs = folder(tmp_path / "docs", a="Một văn bản.", b="Một  văn bản.\n")
    assert run(store, docs).added == ["a.txt", "b.txt"]
    assert store.counts()[0] == 1
    (docs / "a.txt").unlink()
    run(store, docs)
    assert texts(store) == {"b.txt": "Một văn bản."}


def test_colliding_names_get_their_folder_in_front(store: Store, tmp_path: Path) -> None:
    one, two = folder(tmp_path / "one", a="Một."), folder(tmp_path / "two", a="Hai.", b="Ba.")
    run(store, one)
    run(store, two)
    assert set(texts(store)) == {"one/a.txt", "two/a.txt", "b.txt"}
    (one / "a.txt").unlink()
    assert run(store, one).removed == ["one/a.txt"]
    assert set(texts(store)) == {"a.txt", "b.txt"}


def test_files_below_are_named_by_their_path(store: Store, tmp_path: Path) -> None:
    folder(tmp_path / "docs" / "2026" / "quý một", a="Một.")
    assert run(store, tmp_path / "docs").added == ["2026/quý một/a.txt"]
    assert run(store, tmp_path / "docs" / "2026") == IngestReport(unchanged=1)
    assert set(texts(store)) == {"quý một/a.txt"}


def test_a_path_named_twice_is_read_once(
    store: Store, docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs)
    report = run(store, docs, docs / "a.txt", docs / ".." / "docs", Path(), Path("b.txt"))
    assert report == IngestReport(added=["a.txt", "b.txt"])
    assert run(store, docs / ".." / "docs") == IngestReport(unchanged=2)


def test_hidden_files_and_folders_are_passed_over(store: Store, docs: Path) -> None:
    (docs / ".a.txt").write_text("Ẩn.", encoding="utf-8")
    folder(docs / ".git", c="Ẩn.")
    assert run(store, docs).added == ["a.txt", "b.txt"]


def test_each_bad_file_has_its_reason_and_the_rest_goes_on(store: Store, docs: Path) -> None:
    (docs / "empty.txt").touch()
    (docs / "binary.txt").write_bytes(bytes(1000))
    (docs / "old.txt").write_bytes(TCVN3)
    (docs / "big.txt").touch()
    os.truncate(docs / "big.txt", 50_000_000)
    (docs / "photo.jpg").write_bytes(b"\xff\xd8")
    (docs / "README").write_text("Không đuôi.", encoding="utf-8")
    os.mkfifo(docs / "pipe.txt")
    (docs / "link.txt").symlink_to(docs / "nowhere.txt")
    report = run(store, docs, docs / "none", docs.parent / "none.txt")
    expected = {
        "empty.txt": "không có chữ",
        "binary.txt": "nhị phân",
        "old.txt": "UTF-8",
        "big.txt": "50 MB",
        "photo.jpg": ".jpg",
        "README": "không có đuôi",
        "pipe.txt": "không phải tệp thường",
        "link.txt": "không mở được",
        str(docs / "none"): "không có tệp",
        str(docs.parent / "none.txt"): "không có tệp",
    }
    found = reasons(report)
    assert found.keys() == expected.keys()
    assert all(part in found[name] for name, part in expected.items()), found
    assert report.added == ["a.txt", "b.txt"]


def test_a_socket_is_refused(store: Store, docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(docs)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.txt")
        assert "s.txt" in reasons(run(store, docs))


def test_a_name_that_is_not_utf_8_is_refused(store: Store, docs: Path) -> None:
    name = os.fsdecode(os.fsencode(docs) + b"/\xe0\xe1.txt")
    Path(name).write_text("Chữ.", encoding="utf-8")
    report = run(store, docs)
    assert report.added == ["a.txt", "b.txt"]
    assert list(reasons(report)) == ["??.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(store: Store, docs: Path) -> None:
    (docs / "a.txt").chmod(0)
    report = run(store, docs)
    assert "quyền đọc" in reasons(report)["a.txt"]
    assert report.added == ["b.txt"]


def test_a_file_that_became_unreadable_is_forgotten(store: Store, docs: Path) -> None:
    run(store, docs)
    (docs / "a.txt").write_bytes(b"")
    report = run(store, docs)
    assert report.removed == ["a.txt"]
    assert list(reasons(report)) == ["a.txt"]
    assert set(texts(store)) == {"b.txt"}


def test_nothing_read(store: Store, tmp_path: Path) -> None:
    assert run(store, tmp_path / "none").nothing_read
    assert run(store).nothing_read


def test_progress_names_each_file_and_the_end(store: Store, docs: Path) -> None:
    told: list[tuple[int, int, str]] = []
    ingest([docs], store, [PlainTextReader()], lambda *step: told.append(step))
    assert told == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_a_run_that_was_killed_goes_on_from_there(store: Store, docs: Path) -> None:
    def stop(done: int, _count: int, _name: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([docs], store, [PlainTextReader()], stop)
    assert set(texts(store)) == {"a.txt"}
    assert run(store, docs) == IngestReport(added=["b.txt"], unchanged=1)


def test_suffixes_are_read_in_any_case(store: Store, docs: Path) -> None:
    (docs / "C.TXT").write_text("Văn bản c.", encoding="utf-8")
    assert "C.TXT" in run(store, docs).added
