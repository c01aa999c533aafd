import pytest

from bot.answering.outcomes import Answered, Evidence, NearDocument, Outcome, Sentence, Unanswerable
from bot.answering.texts import NOT_SAID, document_name, plain_text
from corpus.model import Span
from tests.unit.bot.replies import ANSWERED, NEAR, OUTCOMES, citation


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_every_outcome_has_its_reply(outcome: Outcome) -> None:
    assert plain_text(outcome).strip()


def test_no_two_outcomes_say_the_same() -> None:
    assert len({plain_text(outcome) for outcome in OUTCOMES}) == len(OUTCOMES)


def test_marks_stand_behind_each_sentence() -> None:
    assert plain_text(ANSWERED).split("\n") == [
        "Trồng mới 340 ha rừng. [1]",
        "- Chăm sóc 1.120 ha. [1][2]",
    ]


@pytest.mark.parametrize("text", ["Xong chưa?", "Còn nữa…", "Ghi “đạt.”", "Hết!"])
def test_a_sentence_that_has_its_end_gets_no_full_stop(text: str) -> None:
    sentence = Sentence(text, (Evidence(7, Span(0, 4)),))
    assert plain_text(Answered((sentence,), ((1,),), (citation(),))) == f"{text} [1]"


def test_the_nearest_documents_are_named_one_a_line() -> None:
    outcome = Unanswerable((NEAR, NearDocument(8, "khac.txt", None, "Họp báo")))
    assert plain_text(outcome).split("\n")[1:] == ["- 61/KH-UBND – Trồng rừng", "- Họp báo"]


def test_nothing_near_nothing_listed() -> None:
    assert plain_text(Unanswerable()) == NOT_SAID


def test_a_document_without_a_name_is_called_by_its_file() -> None:
    assert document_name(NearDocument(8, "khac.txt", None, None)) == "khac.txt"
