"""An embedder without a model: texts that share syllables lie near each other."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from retrieval.embedder import Embedder, Vectors
from retrieval.terms import folded


class FakeEmbedder(Embedder):
    """A bag of folded syllables, hashed into 64 numbers: the same text, the same vector, always.

    `passage_calls` holds the texts of each call of `passages`, `questions` those of `question`,
    `expected` the counts of `expect`, so that a test can tell what was embedded, and how often.
    """

    def __init__(self, model: str = "fake/syllables", dimension: int = 64) -> None:
        self._model = model
        self._dimension = dimension
        self.passage_calls: list[list[str]] = []
        self.questions: list[str] = []
        self.expected: list[int] = []

    @property
    def model(self) -> str:
        """The name under which vectors are kept."""
        return self._model

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    @property
    def runtime(self) -> str:
        """What is noted beside each stored vector."""
        return "fake"

    @property
    def embedded(self) -> list[str]:
        """All texts embedded as passages, in order."""
        return [text for call in self.passage_calls for text in call]

    def expect(self, count: int) -> None:
        """Note what was announced."""
        self.expected.append(count)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        self.passage_calls.append(list(texts))
        return self._vectors(texts)

    def question(self, text: str) -> Vectors:
        """The vector of a question: what a passage of the same words would get."""
        self.questions.append(text)
        return self._vectors([text])

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for syllable in folded(text):
                hashed = crc32(syllable.encode())
                row[hashed % self._dimension] += 1 if hashed >> 31 else -1
            if not row.any():
                row[0] = 1
            row /= np.linalg.norm(row)
        return vectors
