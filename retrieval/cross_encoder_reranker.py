"""Any sentence-transformers CrossEncoder, by name or folder. Imports torch only when it reads."""

import threading
from collections.abc import Sequence
from typing import Any


class CrossEncoderReranker:
    """A configured model (`CANCU_RERANKER_MODEL`), on CPU or GPU."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._loaded: Any = None
        self._lock = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """The model's scores; loads it at the first call."""
        if not passages:
            return []
        with self._lock:
            pairs = [(question, passage) for passage in passages]
            made = self._engine().predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return [float(score) for score in made]

    def _engine(self) -> Any:
        if self._loaded is None:
            from sentence_transformers import CrossEncoder

            self._loaded = CrossEncoder(self.model)
        return self._loaded
