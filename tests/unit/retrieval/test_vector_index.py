from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import PassageKey
from retrieval.embedder import Vectors
from retrieval.vector_index import VectorIndex

HALF = 1e-3
"""What half precision may change in a cosine."""
A, B, C, D = PassageKey(1, 0), PassageKey(1, 1), PassageKey(2, 0), PassageKey(3, 5)


def unit(*rows: Sequence[float]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vectors" / "segments"


@pytest.fixture
def index(folder: Path) -> VectorIndex:
    index = VectorIndex(folder)
    index.replace((), [A, B, C, D], unit([1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1]))
    return index


def keys(index: VectorIndex, *question: float, k: int = 10) -> list[PassageKey]:
    return [key for key, _ in index.search(unit(question), k)]


def test_nearest_first_with_cosines(index: VectorIndex) -> None:
    found = index.search(unit([3, 2, 1]), 4)
    assert [key for key, _ in found] == [C, A, B, D]
    assert [cosine for _, cosine in found] == pytest.approx(
        [x / 14**0.5 for x in (5 / 2**0.5, 3, 2, 1)], abs=HALF
    )


def test_not_more_than_asked_for_nor_than_there_are(index: VectorIndex) -> None:
    assert keys(index, 1, 0, 0, k=1) == [A]
    assert len(keys(index, 1, 0, 0, k=100)) == len(index) == 4


def test_an_index_that_was_never_written_is_empty(folder: Path) -> None:
    index = VectorIndex(folder)
    assert len(index) == 0
    assert index.search(unit([1, 0, 0]), 5) == []
    assert not index.there()
    assert not folder.parent.exists()


def test_one_document_is_forgotten_and_no_other(index: VectorIndex) -> None:
    index.forget([1])
    assert sorted(keys(index, 1, 1, 1)) == [C, D]


def test_replace_puts_the_new_vectors_in_place_of_the_old(index: VectorIndex) -> None:
    index.replace([1], [A], unit([0, 0, 1]))
    assert set(keys(index, 0, 0, 1, k=2)) == {A, D}
    assert len(index) == 3


def test_forgetting_what_is_not_there_changes_nothing(index: VectorIndex) -> None:
    index.forget([77])
    assert len(index) == 4


def test_all_forgotten_leaves_an_index_that_can_be_filled_again(index: VectorIndex) -> None:
    index.forget([1, 2, 3])
    assert keys(index, 1, 0, 0) == []
    index.replace((), [B], unit([0, 1, 0]))
    assert keys(index, 1, 0, 0) == [B]


def test_it_is_there_again_when_opened_again(index: VectorIndex, folder: Path) -> None:
    again = VectorIndex(folder)
    assert again.there()
    assert again.usable()
    assert keys(again, 3, 2, 1) == keys(index, 3, 2, 1)


def test_an_index_of_which_all_was_forgotten_is_there(folder: Path) -> None:
    VectorIndex(folder).forget([1])
    assert VectorIndex(folder).there()
    assert len(VectorIndex(folder)) == 0


def test_another_instance_sees_what_was_swapped_in(index: VectorIndex, folder: Path) -> None:
    reader = VectorIndex(folder)
    assert keys(reader, 0, 0, 1, k=1) == [D]
    index.replace([3], [C], unit([0, 0, 1]))
    assert D not in keys(reader, 0, 0, 1)
    assert keys(reader, 0, 0, 1, k=1) == [C]


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.integers(-9, 9), min_size=4, max_size=4).filter(any), min_size=1, max_size=20
    ),
    st.lists(st.integers(-9, 9), min_size=4, max_size=4).filter(any),
)
def test_the_order_is_that_of_an_exact_search(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[float]], question: list[float]
) -> None:
    index = VectorIndex(tmp_path_factory.mktemp("exact"))
    vectors = unit(*rows)
    index.replace((), [PassageKey(i + 1, 0) for i in range(len(rows))], vectors)
    found = index.search(unit(question), len(rows))
    cosines = sorted((vectors @ unit(question)[0]).tolist(), reverse=True)
    assert [cosine for _, cosine in found] == pytest.approx(cosines, abs=HALF)
    for key, cosine in found:
        assert cosine == pytest.approx(
            float(vectors[key.document - 1] @ unit(question)[0]), abs=HALF
        )
