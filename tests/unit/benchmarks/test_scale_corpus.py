import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scale_corpus import Real, StrayingEmbedder, documents, unit
from corpus.model import Document, PassageKey
from corpus.rows import block_rows, passage_rows
from corpus.stored import StoredPassage
from retrieval.context import dense_text
from tests.fakes.embedder import FakeEmbedder

COUNT = 30


@pytest.fixture(scope="module")
def source() -> Real:
    words = tuple(tuple(f"từ{i}x{j}" for j in range(60)) for i in range(COUNT))
    vectors = unit(np.random.default_rng(0).normal(size=(COUNT, 384)).astype(np.float32) + 2)
    return Real(tuple(f"Việc {i}" for i in range(COUNT)), words, vectors)


def texts(document: Document) -> list[str]:
    return [
        dense_text(
            StoredPassage(
                PassageKey(1, i), p.span, p.span.of(document.text), p.section, p.headings,
                document.header,
            )
        )
        for i, p in enumerate(document.passages)
    ]  # fmt: skip


@settings(max_examples=20)
@given(st.integers(1, 400))
def test_there_are_as_many_passages_as_wanted(source: Real, passages: int) -> None:
    made = list(documents(source, passages))
    assert sum(len(document.passages) for document in made) == passages
    assert len({document.text for document in made}) == len(made)
    for document in made:
        assert all(len(p.span.of(document.text).split()) == 60 for p in document.passages)
        assert len(passage_rows(document)) * 2 == len(block_rows(document))


def test_the_same_seed_makes_the_same_documents(source: Real) -> None:
    assert list(documents(source, 100)) == list(documents(source, 100))
    assert list(documents(source, 100)) != list(documents(source, 100, seed=8))


def test_a_passage_strays_a_little_from_what_it_was_made_from_and_always_alike(
    source: Real,
) -> None:
    embedder = StrayingEmbedder(source, FakeEmbedder())
    (document, *_) = documents(source, 200)
    made = embedder.passages(texts(document))
    assert np.array_equal(made, embedder.passages(texts(document)))
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-5)
    nearest = (made @ source.vectors.T).argmax(axis=1)
    base = [int(p.section.removeprefix("Điều ")) for p in document.passages]
    assert np.mean(nearest == base) > 0.9
    assert not np.allclose(made, source.vectors[base], atol=1e-3)
