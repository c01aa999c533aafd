import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.retrieval import evaluate_retrieval
from tests.fakes.embedder import FakeEmbedder

CORPUS = [
    {"id": "rung", "text": "Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh."},
    {"id": "dan", "text": "Bí thư Đảng ủy xã tiếp công dân vào ngày 15 hằng tháng."},
    {"id": "nuoc", "text": "Hỗ trợ bể chứa nước cho hộ ở nơi thiếu nước vào mùa khô."},
]
QUERIES = [
    {"qid": "1", "text": "Trồng bao nhiêu ha rừng phòng hộ?", "gold": ["rung"]},
    {"qid": "2", "text": "bi thu tiep cong dan ngay nao", "gold": ["dan"]},
    {"qid": "3", "text": "Bể chứa nước cho hộ nào?", "gold": ["rung"]},
]


@pytest.fixture(autouse=True)
def _no_database_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CANCU_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)


def rows(path: Path, found: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(map(json.dumps, found)), encoding="utf-8")
    return path


def measured(
    folder: Path, queries: list[dict[str, Any]], run: Path | None = None
) -> dict[str, Any]:
    return evaluate_retrieval(
        rows(folder / "corpus.jsonl", CORPUS),
        rows(folder / "queries.jsonl", queries),
        run,
        FakeEmbedder(),
        lambda _done, _total: None,
    )


def test_what_is_found_first_counts_whole(tmp_path: Path) -> None:
    measures = measured(tmp_path, QUERIES[:2])
    assert (measures["queries"], measures["passages"]) == (2, 3)
    assert [measures[name] for name in ("R@1", "R@5", "R@10", "MRR@10", "nDCG@10")] == [1.0] * 5


def test_what_is_not_found_first_counts_less(tmp_path: Path) -> None:
    measures = measured(tmp_path, QUERIES)
    assert measures["R@1"] == 0.6667
    assert 0.6 < measures["MRR@10"] < 1


def test_a_run_is_written_as_tools_for_rankings_read_it(tmp_path: Path) -> None:
    run = tmp_path / "run.txt"
    measured(tmp_path, QUERIES, run)
    lines = [line.split("\t") for line in run.read_text("utf-8").splitlines()]
    assert {len(line) for line in lines} == {6}
    assert [line[2] for line in lines if line[3] == "1"] == ["rung", "dan", "nuoc"]
    assert {(line[1], line[5]) for line in lines} == {("Q0", "cancu")}
    scores = [float(line[4]) for line in lines if line[0] == "1"]
    assert scores == sorted(scores, reverse=True)


def test_the_office_s_own_database_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "office.db"
    monkeypatch.setenv("CANCU_DATABASE_URL", f"sqlite:///{database}")
    measured(tmp_path, QUERIES)
    assert not database.exists()
