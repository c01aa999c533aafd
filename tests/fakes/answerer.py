"""An answerer that says what it is told, for what the sample documents cannot bring about."""

import threading
from collections.abc import Sequence

from bot.answering.outcomes import Outcome
from bot.answering.pipeline import Answer


class FakeAnswerer:
    """Answers every question with one outcome, or breaks; may be held until it is let go."""

    def __init__(self, outcome: Outcome | Exception) -> None:
        self.outcome = outcome
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.let_go = threading.Event()
        self.let_go.set()

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """Give the outcome once let go."""
        self.asked.append((text, tuple(history)))
        self.let_go.wait(10)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Answer(text, self.outcome, 1.0)
