from collections.abc import Sequence

import pytest

from bot.answering.outcomes import Answered, Outcome, Refused
from bot.answering.pipeline import REMEMBERED, Answer
from bot.bootstrap import Parts
from bot.chat import Answerer, Chat
from tests.unit.bot.replies import ANSWERED, citation


class FakeAnswerer(Answerer):
    """Gives one outcome, and notes what it was asked with which history."""

    def __init__(self, outcome: Outcome = ANSWERED) -> None:
        self.outcome = outcome
        self.asked: list[tuple[str, list[str]]] = []

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((text, list(history)))
        return Answer(text, self.outcome, 1.0)


def test_a_question_is_asked_with_the_ones_before_it(samples: Parts) -> None:
    answerer = FakeAnswerer()
    chat = Chat(answerer, samples.store)
    for question in ("một", "hai", "ba"):
        assert chat.ask(question).question == question
    assert answerer.asked == [("một", []), ("hai", ["một"]), ("ba", ["một", "hai"])]


def test_only_the_last_questions_are_remembered(samples: Parts) -> None:
    answerer = FakeAnswerer()
    chat = Chat(answerer, samples.store)
    questions = [f"câu {i}" for i in range(REMEMBERED + 3)]
    for question in questions:
        chat.ask(question)
    assert answerer.asked[-1][1] == questions[2:-1]
    assert chat.history == questions[-REMEMBERED:]


def test_two_chats_know_nothing_of_each_other(samples: Parts) -> None:
    answerer = FakeAnswerer()
    one, other = Chat(answerer, samples.store), Chat(answerer, samples.store)
    one.ask("một")
    other.ask("hai")
    assert answerer.asked[-1] == ("hai", [])
    assert other.history == ["hai"]


def test_a_fresh_start_forgets_questions_and_sources(samples: Parts) -> None:
    answerer = FakeAnswerer()
    chat = Chat(answerer, samples.store)
    chat.ask("một")
    chat.forget()
    assert chat.source(1) is None
    chat.ask("hai")
    assert answerer.asked[-1] == ("hai", [])


def test_a_question_that_failed_is_not_remembered(samples: Parts) -> None:
    class Broken(FakeAnswerer):
        def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
            raise RuntimeError(text, history)

    chat = Chat(Broken(), samples.store)
    with pytest.raises(RuntimeError):
        chat.ask("một")
    assert chat.history == []
    assert chat.last is None


def test_before_any_answer_there_is_no_source(samples: Parts) -> None:
    assert Chat(FakeAnswerer(), samples.store).source(1) is None


def test_an_outcome_without_sources_opens_none(samples: Parts) -> None:
    chat = Chat(FakeAnswerer(Refused()), samples.store)
    chat.ask("một")
    assert chat.source(1) is None


def test_a_source_of_the_last_answer_is_opened(samples: Parts) -> None:
    chat = Chat(samples.assistant, samples.store)
    answer = chat.ask("Tài khoản họp trực tuyến của tỉnh Bình Sa cũ bị khóa khi nào?")
    assert isinstance(answer.outcome, Answered)
    view = chat.source(1)
    assert view is not None
    assert view.quote == answer.outcome.citations[0].quote
    assert view.file == answer.outcome.citations[0].file
    assert [chat.source(n) for n in (0, -1, 99)] == [None, None, None]


def test_a_source_whose_document_is_gone_opens_nothing(samples: Parts) -> None:
    gone = Answered(ANSWERED.sentences, ANSWERED.marks, (citation(1, document=10**6),))
    chat = Chat(FakeAnswerer(gone), samples.store)
    chat.ask("một")
    assert chat.source(1) is None
