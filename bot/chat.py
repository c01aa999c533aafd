"""One conversation, whichever the channel: its questions, and the last answer's sources."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.answering.outcomes import Answered
from bot.answering.pipeline import REMEMBERED, Answer
from bot.answering.source import SourceView, view_source
from corpus.model import Span
from corpus.store import Store


class Answerer(Protocol):
    """Whatever answers a question: the assistant."""

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """Answer `text`, with the earlier questions of the chat, oldest first."""
        ...


@dataclass
class Chat:
    """What is remembered of one conversation."""

    assistant: Answerer
    store: Store
    history: list[str] = field(default_factory=list)
    last: Answer | None = None

    def ask(self, question: str) -> Answer:
        """Answer with the conversation in mind, and remember the question."""
        answer = self.assistant.ask(question, self.history)
        self.history = [*self.history, question][-REMEMBERED:]
        self.last = answer
        return answer

    def source(self, number: int) -> SourceView | None:
        """Open source `number` of the last answer; None where there is none."""
        outcome = self.last.outcome if self.last else None
        if not isinstance(outcome, Answered):
            return None
        for citation in outcome.citations:
            if citation.n == number:
                span = Span(citation.start, citation.end)
                return view_source(self.store, citation.document, span)
        return None

    def forget(self) -> None:
        """Start afresh."""
        self.history, self.last = [], None
