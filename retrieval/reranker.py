"""The port for models that read question and passage together."""

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Judges how well each passage answers a question; slower and finer than a ranking."""

    @property
    def model(self) -> str:
        """Names the model."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score for each passage, higher is better; only their order and distances count."""
        ...
