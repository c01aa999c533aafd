import json

import pytest

from bot.answering.as_json import answer_row, citation_row, name_of
from bot.answering.outcomes import Outcome
from bot.answering.pipeline import Answer
from bot.answering.texts import plain_text
from tests.unit.bot.replies import ANSWERED, OUTCOMES, citation

FIELDS = ["id", "question", "outcome", "answer", "citations", "nearest", "composer", "elapsed_ms"]
CITATION = ["n", "file", "number", "title", "issuer", "date", "section", "quote", "start", "end"]
NAMES = ["answered", "unanswerable", "clarify", "refused", "failed"]


@pytest.mark.parametrize(("outcome", "name"), [*zip(OUTCOMES, NAMES, strict=True)])
def test_every_outcome_is_a_row_of_the_promised_fields(outcome: Outcome, name: str) -> None:
    row = answer_row(Answer("Hỏi gì?", outcome, 12.5), "q1")
    assert list(row) == FIELDS
    assert (row["id"], row["question"], row["elapsed_ms"]) == ("q1", "Hỏi gì?", 12.5)
    assert row["outcome"] == name_of(outcome) == name
    assert row["answer"] == plain_text(outcome)
    assert json.loads(json.dumps(row)) == row


def test_an_answer_bears_its_citations_and_nothing_near() -> None:
    row = answer_row(Answer("Hỏi gì?", ANSWERED, 1.0), None)
    assert [c["n"] for c in row["citations"]] == [1, 2]
    assert row["nearest"] == []
    assert row["composer"] == "extractive"


def test_what_is_not_said_names_the_nearest_documents() -> None:
    row = answer_row(Answer("Hỏi gì?", OUTCOMES[1], 1.0), None)
    assert row["citations"] == []
    assert row["nearest"][0] == {"file": "kh-61.txt", "number": "61/KH-UBND", "title": "Trồng rừng"}


def test_a_citation_has_the_promised_fields() -> None:
    row = citation_row(citation())
    assert list(row) == CITATION
    assert row["quote"] == "Trồng mới 340 ha"


def test_timings_are_told_only_to_who_looks_for_them() -> None:
    answer = Answer("Hỏi gì?", ANSWERED, 1.0, {"lexical": 0.3})
    assert answer_row(answer, None, debug=True)["timings"] == {"lexical": 0.3}
    assert "timings" not in answer_row(answer, None)
