import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bot.answering.outcomes import (
    Answered,
    Clarify,
    Evidence,
    Failed,
    Outcome,
    Refused,
    Sentence,
    Unanswerable,
)
from bot.answering.pipeline import Answer
from bot.bootstrap import Parts
from bot.evaluation.answers import Scored, evaluate_answers, score
from corpus.model import Span
from tests.unit.bot.replies import citation

QUOTE = "Trồng mới 340 ha rừng phòng hộ tại lưu vực sông Lĩnh."
ROW: dict[str, Any] = {
    "id": "m1",
    "question": "Trồng bao nhiêu ha rừng?",
    "gold": [{"file": "kh-61.txt", "quote": QUOTE}],
    "must": [["340"]],
}


def answered(text: str = QUOTE, quote: str = QUOTE, file: str = "kh-61.txt") -> Outcome:
    sentence = Sentence(text, (Evidence(7, Span(0, len(text))),))
    return Answered((sentence,), ((1,),), (citation(quote=quote, file=file),))


def verdict(outcome: Outcome, **row: Any) -> Scored:
    return score({**ROW, **row}, Answer(ROW["question"], outcome, 3.0))


def right(outcome: Outcome, **row: Any) -> bool:
    scored = verdict(outcome, **row)
    assert scored.right is not bool(scored.why)
    return scored.right


def test_the_gold_answer_is_right() -> None:
    assert right(answered())


@pytest.mark.parametrize(
    "outcome", [Unanswerable(), Refused(), Clarify("Năm nào?"), Failed("Hỏng.")]
)
def test_no_answer_to_an_answerable_question_is_wrong(outcome: Outcome) -> None:
    assert not right(outcome)


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        ([["340"]], True),
        ([["350"]], False),
        ([["350", "340"]], True),
        ([["340"], ["sông Lĩnh"]], True),
        ([["340"], ["sông Sa"]], False),
        ([["340 HA"]], True),
        ([["340ha rừng"]], True),
        ([[unicodedata.normalize("NFD", "sông Lĩnh")]], True),
        ([["song Linh"]], False),
        ([], True),
    ],
)
def test_each_group_has_one_of_its_strings_in_the_answer(
    must: list[list[str]], expected: bool
) -> None:
    assert right(answered(), must=must) is expected


@pytest.mark.parametrize(
    ("must_not", "expected"), [(["1.120"], True), (["1.120", "340 ha"], False)]
)
def test_none_of_the_forbidden_strings_is_in_the_answer(
    must_not: list[str], expected: bool
) -> None:
    assert right(answered(), must_not=must_not) is expected


def test_marks_of_sources_are_no_figures_of_the_answer() -> None:
    assert not right(answered("Trồng rừng tại sông Lĩnh."), must=[["1"]])
    assert right(answered("Trồng rừng tại sông Lĩnh."), must=[], must_not=["[1]"])


HALF = QUOTE[: len(QUOTE) // 2 + 4]


@pytest.mark.parametrize(
    ("quote", "file", "expected"),
    [
        (QUOTE, "kh-61.txt", True),
        (QUOTE.upper(), "kh-61.txt", True),
        (f"Mục tiêu: {QUOTE} Hết.", "kh-61.txt", True),
        (HALF, "kh-61.txt", True),
        (f"{HALF} và nhiều việc khác nữa của các sở, ban, ngành trong tỉnh", "kh-61.txt", True),
        ("340 ha", "kh-61.txt", True),
        (f"{QUOTE[:15]} nhưng rồi nói sang việc khác của năm sau", "kh-61.txt", False),
        ("Sở Tài chính bố trí kinh phí.", "kh-61.txt", False),
        (QUOTE, "kh-62.txt", False),
        (QUOTE, "mau/kh-61.txt", True),
    ],
)
def test_a_citation_overlaps_a_gold_quote_by_half(quote: str, file: str, expected: bool) -> None:
    assert right(answered(quote=quote, file=file)) is expected


def test_one_of_several_gold_quotes_is_enough() -> None:
    other = {"file": "kh-62.txt", "quote": "Chăm sóc 1.120 ha rừng."}
    assert right(answered(), gold=[other, *ROW["gold"]])
    assert not right(answered(), gold=[other])


def test_a_long_answer_is_wrong() -> None:
    short, long = f"{QUOTE} {'x' * 500}", f"{QUOTE} {'x' * 600}"
    assert right(answered(short))
    assert not right(answered(long))


def test_a_long_gold_quote_allows_a_longer_answer() -> None:
    gold = [{"file": "kh-61.txt", "quote": QUOTE + "y" * 400}, *ROW["gold"]]
    assert right(answered(f"{QUOTE} {'x' * 800}"), gold=gold)
    assert not right(answered(f"{QUOTE} {'x' * 1300}"), gold=gold)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Unanswerable(), True),
        (Refused(), True),
        (Clarify("Năm nào?"), False),
        (Failed("Hỏng."), False),
        (answered(), False),
    ],
)
def test_what_no_document_says_must_be_declined(outcome: Outcome, expected: bool) -> None:
    assert right(outcome, unanswerable=True, gold=[], must=[]) is expected


GOLD: list[dict[str, Any]] = [
    {
        "id": "a",
        "kind": "deadline",
        "question": "Tài khoản họp trực tuyến của tỉnh Bình Sa cũ bị khóa khi nào?",
        "gold": [
            {
                "file": "cv-1124-skhcn-phong-hop-khong-giay.txt",
                "quote": "sẽ bị khóa từ 17 giờ 00 ngày 29/5/2026",
            }
        ],
        "must": [["29/5/2026"]],
    },
    {
        "id": "b",
        "kind": "reference",
        "question": "Công văn 2210/UBND-KGVX thay thế công văn nào?",
        "gold": [{"file": "cv-2210-xu-ly-phan-anh.txt", "quote": "Công văn số 999/UBND-NC"}],
        "must": [["999/UBND-NC"]],
    },
    {
        "id": "c",
        "question": "Mức phạt khi đi xe máy không đội mũ bảo hiểm là bao nhiêu?",
        "unanswerable": True,
    },
]


def test_a_gold_file_is_asked_row_by_row_and_measured(samples: Parts, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n\n".join(json.dumps(row) for row in GOLD) + "\n", encoding="utf-8")
    seen: list[Scored] = []
    measures = evaluate_answers(file, samples.assistant, samples.store, seen.append)
    assert [(scored.row["id"], scored.right) for scored in seen] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]
    assert "999/UBND-NC" in seen[1].why
    assert measures["right"] == {"share": 0.5, "of": "1/2"}
    assert measures["abstained"] == {"share": 1.0, "of": "1/1"}
    assert measures["quotes_exact"]["share"] == 1.0
    assert measures["by_kind"] == {"deadline": "1/1", "reference": "0/1"}
    assert 0 <= measures["ms_p50"] <= measures["ms_p95"]


def test_an_empty_gold_file_measures_nothing(samples: Parts, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text("", encoding="utf-8")
    measures = evaluate_answers(file, samples.assistant, samples.store, lambda _: None)
    assert measures["right"] == {"share": None, "of": "0/0"}
