"""A reranker without a model: it prefers passages that hold a word."""

from collections.abc import Sequence

from retrieval.reranker import Reranker


class FakeReranker(Reranker):
    """Scores 1 where a passage holds `word`, else 0; `calls` counts how often it was asked."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.calls = 0

    @property
    def model(self) -> str:
        """Its name."""
        return "fake/word"

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """One score a passage."""
        del question
        self.calls += 1
        return [float(self.word in passage) for passage in passages]
