"""What a reranker keeps to, and what the search makes of it."""

from importlib import import_module
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest

from corpus.store import Store
from retrieval.cross_encoder_reranker import CrossEncoderReranker
from retrieval.reranker import Reranker
from retrieval.search import Search
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.reranker import FakeReranker
from tests.unit.retrieval.corpora import NOTICE, PLAN, put
from tests.unit.retrieval.test_search import searching

PASSAGES = ["Sở Tài chính bố trí kinh phí.", "Trồng mới 340 ha rừng.", "Chăm sóc rừng trồng."]


def tiny_cross_encoder(folder: Path) -> Path:
    """A model of untrained weights with one output, made on the spot."""
    import torch

    transformers: Any = import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [*ascii_lowercase, *(f"##{letter}" for letter in ascii_lowercase)]
    (folder / "vocab.txt").write_text("\n".join([*special, *letters]))
    torch.manual_seed(1)
    size = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.BertConfig(
        vocab_size=57, intermediate_size=64, max_position_embeddings=128, num_labels=1, **size
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder / "model")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "model")
    return folder / "model"


@pytest.fixture(params=["fake", pytest.param("cross-encoder", marks=pytest.mark.slow)])
def reranker(request: pytest.FixtureRequest, tmp_path: Path) -> Reranker:
    if request.param == "fake":
        return FakeReranker("rừng")
    return CrossEncoderReranker(str(tiny_cross_encoder(tmp_path)))


def test_one_finite_score_a_passage(reranker: Reranker) -> None:
    scores = reranker.scores("Ai bố trí kinh phí?", PASSAGES)
    assert len(scores) == len(PASSAGES)
    assert all(abs(score) < 1e6 for score in scores)


def test_the_same_question_gets_the_same_scores(reranker: Reranker) -> None:
    once, again = (reranker.scores("Trồng bao nhiêu rừng?", PASSAGES) for _ in range(2))
    assert once == pytest.approx(again)


def test_nothing_to_judge_is_no_call_to_the_model(reranker: Reranker) -> None:
    assert reranker.scores("Ai?", []) == []


def test_a_configured_model_moves_what_it_prefers_up(store: Store, tmp_path: Path) -> None:
    put(store, "plan.txt", PLAN)
    put(store, "notice.txt", NOTICE)
    search, indexes = searching(store, tmp_path / "indexes", FakeEmbedder())
    question = search.understand("Sở Tài chính bố trí kinh phí từ đâu?")
    before = [hit.passage.key for hit in search(question).kept]
    prefers = FakeReranker("công dân")
    after = Search(store, indexes, FakeEmbedder(), prefers)(question).kept
    assert "công dân" in after[0].passage.text
    assert after[0].passage.key != before[0]
    assert prefers.calls == 1
    assert {hit.passage.key for hit in after} == set(before)
