"""The segments of the dense index: merged as they grow, never half, large ones approximate."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import PassageKey
from retrieval.embedder import Vectors
from retrieval.vector_index import VectorIndex

DIMENSION = 16
TINY = 4
"""Small enough for every test to cross it."""


def clustered(count: int, seed: int = 0, dimension: int = DIMENSION, noise: float = 0.2) -> Vectors:
    """Unit vectors about a few directions, as those of texts are."""
    chance = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(max(count // 50, 5), dimension))
    rows = centres[chance.integers(len(centres), size=count)]
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    rows = rows + noise * chance.normal(size=rows.shape) / dimension**0.5
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def add(index: VectorIndex, document: int, vectors: Vectors) -> None:
    index.replace([document], [PassageKey(document, i) for i in range(len(vectors))], vectors)


def found(index: VectorIndex, vector: Vectors, k: int = 10) -> list[PassageKey]:
    return [key for key, _ in index.search(vector, k)]


def files(folder: Path, kind: str = "*") -> dict[str, tuple[int, int]]:
    """Every file of a kind with its inode and time of change."""
    stats = {file.name: file.stat() for file in folder.glob(f"*.{kind}")}
    return {name: (status.st_ino, status.st_mtime_ns) for name, status in stats.items()}


class Exact:
    """What the index should say: every vector by its key, compared with all."""

    def __init__(self) -> None:
        self.held: dict[PassageKey, Vectors] = {}

    def replace(self, gone: Sequence[int], keys: Sequence[PassageKey], vectors: Vectors) -> None:
        self.forget(gone)
        half = vectors.astype(np.float16).astype(np.float32)
        self.held |= dict(zip(keys, half, strict=True))

    def forget(self, gone: Sequence[int]) -> None:
        self.held = {key: row for key, row in self.held.items() if key.document not in gone}

    def cosines(self, vector: Vectors) -> dict[PassageKey, float]:
        return {key: float(row @ vector[0]) for key, row in self.held.items()}


DOCUMENTS = st.lists(st.integers(1, 8), max_size=3, unique=True)
STEPS = st.lists(
    st.tuples(st.sampled_from(["replace", "forget", "reopen"]), DOCUMENTS, st.integers(1, 5)),
    max_size=25,
)


@settings(max_examples=30)
@given(STEPS)
def test_any_sequence_of_changes_leaves_what_an_exact_search_finds(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[int], int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    index, exact = VectorIndex(folder), Exact()
    for turn, (step, documents, passages) in enumerate(steps):
        if step == "replace":
            new = [PassageKey(d, i) for d in documents for i in range(passages)]
            vectors = clustered(len(new), seed=turn)
            index.replace(documents, new, vectors)
            exact.replace(documents, new, vectors)
        elif step == "forget":
            index.forget(documents)
            exact.forget(documents)
        else:
            index = VectorIndex(folder)
        question = clustered(1, seed=1000 + turn)
        wanted = exact.cosines(question)
        hits = index.search(question, 100)
        assert len(index) == len(wanted)
        assert dict(hits) == pytest.approx(wanted, abs=1e-4)
        assert [cosine for _, cosine in hits] == sorted(dict(hits).values(), reverse=True)


@settings(max_examples=8)
@given(STEPS)
def test_a_large_segment_holds_the_same_documents_after_any_sequence_of_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[int], int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    exact = Exact()
    for turn, (step, documents, passages) in enumerate(steps):
        index = VectorIndex(folder, flat_up_to=TINY)
        if step == "forget":
            index.forget(documents)
            exact.forget(documents)
        else:
            new = [PassageKey(d, i) for d in documents for i in range(passages)]
            vectors = clustered(len(new), seed=turn)
            index.replace(documents, new, vectors)
            exact.replace(documents, new, vectors)
    index = VectorIndex(folder, flat_up_to=TINY)
    assert len(index) == len(exact.held)
    assert set(found(index, clustered(1), 200)) == set(exact.held)


def test_adding_a_document_leaves_the_large_segment_as_it_is(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path, flat_up_to=100)
    add(index, 1, clustered(400))
    before = files(tmp_path)
    assert files(tmp_path, "lists")
    new = clustered(3, seed=5)
    add(index, 2, new)
    after = files(tmp_path)
    assert {name: after[name] for name in before if name != "manifest.json"} == {
        name: stamp for name, stamp in before.items() if name != "manifest.json"
    }
    assert found(index, new[:1], 1) == [PassageKey(2, 0)]


def test_forgetting_a_document_writes_no_vectors(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    for document in range(1, 5):
        add(index, document, clustered(10, seed=document))
    before = files(tmp_path, "vectors")
    index.forget([2])
    assert files(tmp_path, "vectors") == before
    assert {key.document for key in found(index, clustered(1), 100)} == {1, 3, 4}
    assert len(index) == 30


def test_what_is_gone_for_the_greater_part_is_written_anew_without_it(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    new = [PassageKey(document, i) for document in range(1, 5) for i in range(50)]
    index.replace((), new, clustered(200))
    (before,) = tmp_path.glob("*.vectors")
    size = before.stat().st_size
    index.forget([1, 2, 3])
    (after,) = tmp_path.glob("*.vectors")
    assert after.stat().st_size < size / 2
    assert {key.document for key in found(index, clustered(1), 500)} == {4}


def test_segments_stay_few_and_the_first_ones_are_seldom_written_again(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    written = 0
    seen: set[str] = set()
    for document in range(1, 129):
        add(index, document, clustered(2, seed=document))
        new = {file for file in files(tmp_path, "vectors") if file not in seen}
        seen |= new
        written += sum((tmp_path / file).stat().st_size for file in new)
    assert len(index) == 256
    assert len(files(tmp_path, "vectors")) <= 8
    (largest,) = sorted(tmp_path.glob("*.vectors"), key=lambda file: file.stat().st_size)[-1:]
    assert written < 16 * largest.stat().st_size


def test_a_large_segment_finds_nearly_what_an_exact_search_finds(tmp_path: Path) -> None:
    vectors = clustered(6000, dimension=64, noise=0.5)
    large, small = VectorIndex(tmp_path / "a", flat_up_to=1000), VectorIndex(tmp_path / "b")
    for index in (large, small):
        add(index, 1, vectors)
    assert files(tmp_path / "a", "lists")
    assert not files(tmp_path / "b", "lists")
    questions = clustered(50, seed=3, dimension=64, noise=0.5)
    kept = [len(set(found(large, q[None])) & set(found(small, q[None]))) / 10 for q in questions]
    assert float(np.mean(kept)) >= 0.97
    exact = dict(small.search(questions[:1], 200))
    for key, cosine in large.search(questions[:1], 10):
        assert cosine == pytest.approx(exact[key], abs=1e-6)


def test_a_large_segment_finds_nothing_of_what_is_gone_and_all_that_is_wanted(
    tmp_path: Path,
) -> None:
    index = VectorIndex(tmp_path, flat_up_to=100)
    new = [PassageKey(1 + i % 3, i // 3) for i in range(600)]
    index.replace((), new, clustered(600))
    index.forget([2])
    hits = found(index, clustered(1), 300)
    assert len(hits) == 300
    assert {key.document for key in hits} == {1, 3}


def test_a_reader_goes_on_while_a_writer_merges(tmp_path: Path) -> None:
    writer, reader = VectorIndex(tmp_path, 60), VectorIndex(tmp_path, 60)
    for document in range(1, 30):
        vectors = clustered(5, seed=document)
        add(writer, document, vectors)
        assert found(reader, vectors[:1], 1) == [PassageKey(document, 0)]
        assert len(reader) == 5 * document


def test_a_reader_that_finds_its_files_swept_away_looks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer swaps and sweeps between a reader's look at the manifest and its search."""
    writer, reader = VectorIndex(tmp_path, TINY), VectorIndex(tmp_path, TINY)
    add(writer, 1, clustered(20))
    assert len(reader) == 20
    now = reader._current()
    add(writer, 2, clustered(40, seed=1))
    looks = iter([now])
    look = reader._current
    monkeypatch.setattr(reader, "_current", lambda: next(looks, None) or look())
    assert {key.document for key in found(reader, clustered(1), 100)} == {1, 2}


def test_files_of_a_killed_run_are_not_seen_and_swept_by_the_next(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path)
    add(index, 1, clustered(10))
    for name in ("0123456789ab.vectors", "0123456789ab.keys", "manifest.partial"):
        (tmp_path / name).write_bytes(b"half of it")
    assert len(VectorIndex(tmp_path)) == 10
    add(VectorIndex(tmp_path), 2, clustered(3, seed=1))
    assert not list(tmp_path.glob("0123456789ab.*"))
    assert not list(tmp_path.glob("*.partial"))
    assert len(VectorIndex(tmp_path)) == 13


@pytest.mark.parametrize("flat_up_to", [TINY, 1000])
@pytest.mark.parametrize("kind", ["keys", "vectors", "lists"])
@pytest.mark.parametrize("damage", ["gone", "short", "garbled", "empty"])
def test_a_damaged_file_is_noticed_and_the_index_can_be_filled_again(
    tmp_path: Path, kind: str, damage: str, flat_up_to: int
) -> None:
    add(VectorIndex(tmp_path, flat_up_to), 1, clustered(40))
    for file in tmp_path.glob(f"*.{kind}"):
        content = file.read_bytes()
        if damage == "gone":
            file.unlink()
        elif damage == "short":
            file.write_bytes(content[: len(content) // 2])
        elif damage == "garbled":
            file.write_bytes(b"\xff" * len(content))
        else:
            file.write_bytes(b"")
    harmed = kind != "lists" or flat_up_to == TINY
    assert VectorIndex(tmp_path, flat_up_to).usable() != harmed
    VectorIndex(tmp_path, flat_up_to).search(clustered(1), 5)  # a reader does not stumble
    add(VectorIndex(tmp_path, flat_up_to), 2, clustered(10, seed=1))
    again = VectorIndex(tmp_path, flat_up_to)
    assert again.usable()
    assert len(again) == (10 if harmed else 50)
    assert {key.document for key in found(again, clustered(1), 100)} == ({2} if harmed else {1, 2})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"segments": [{}]}', '{"segments": 7}', "\0"])
def test_a_garbled_manifest_is_no_index(tmp_path: Path, text: str) -> None:
    add(VectorIndex(tmp_path), 1, clustered(5))
    (tmp_path / "manifest.json").write_text(text)
    index = VectorIndex(tmp_path)
    assert not index.there()
    assert not index.usable()
    assert found(index, clustered(1)) == []
    add(index, 2, clustered(5))
    assert len(VectorIndex(tmp_path)) == 5


def test_a_manifest_that_names_a_missing_segment_is_no_index(tmp_path: Path) -> None:
    add(VectorIndex(tmp_path), 1, clustered(5))
    manifest = tmp_path / "manifest.json"
    content = json.loads(manifest.read_text())
    content["segments"][0]["name"] = "0123456789ab"
    content["segments"][0]["files"] = {"0123456789ab.keys": 10}
    manifest.write_text(json.dumps(content))
    assert not VectorIndex(tmp_path).there()
    assert found(VectorIndex(tmp_path), clustered(1)) == []
