from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers.vectors import CachedEmbedder, NoisyEmbedder
from tests.fakes.embedder import FakeEmbedder

TEXTS = ["Sở Nội vụ", "Sở Tài chính", "Sở Nội vụ"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "vectors.db"


def cached(file: Path, live: FakeEmbedder) -> CachedEmbedder:
    return CachedEmbedder(file, live.model, live.dimension, lambda _: live)


def test_vectors_are_those_of_the_model_and_made_once(file: Path) -> None:
    live = FakeEmbedder()
    first = cached(file, live)
    assert np.allclose(first.passages(TEXTS), FakeEmbedder().passages(TEXTS))
    assert first.made == 2
    again = cached(file, live)
    assert np.array_equal(again.passages(TEXTS), first.passages(TEXTS))
    assert again.made == 0
    assert len(live.embedded) == 2


def test_a_question_is_not_taken_for_a_passage(file: Path) -> None:
    live = FakeEmbedder()
    embedder = cached(file, live)
    embedder.passages(TEXTS)
    assert embedder.question(TEXTS[0]).shape == (1, live.dimension)
    assert live.questions == TEXTS[:1]


def test_another_model_makes_its_own(file: Path) -> None:
    cached(file, FakeEmbedder()).passages(TEXTS)
    other = cached(file, FakeEmbedder(model="fake/other"))
    other.passages(TEXTS)
    assert other.made == 2


def test_no_texts_no_vectors(file: Path) -> None:
    assert cached(file, FakeEmbedder()).passages([]).shape == (0, 64)


def test_noise_hangs_on_the_text_alone_and_stays_near_a_real_vector(file: Path) -> None:
    live = FakeEmbedder()
    real = cached(file, live).passages(TEXTS)
    noisy = NoisyEmbedder(file, live.model, live.dimension, lambda _: live)
    alone = noisy.passages(["đoạn 7"])
    among = noisy.passages(["đoạn 6", "đoạn 7"])
    assert np.array_equal(alone[0], among[1])
    assert not np.array_equal(among[0], among[1])
    assert np.linalg.norm(among, axis=1) == pytest.approx(1)
    assert (among @ real.T).max(axis=1).min() > 0.8


def test_without_real_vectors_there_is_nothing_to_move(file: Path) -> None:
    live = FakeEmbedder()
    with pytest.raises(LookupError, match="ranking"):
        NoisyEmbedder(file, live.model, live.dimension, lambda _: live).passages(["đoạn"])
