"""Any sentence-transformers model, by its name or folder. Imports torch only when it embeds."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.embedder import Vectors


class SentenceTransformersEmbedder:
    """A configured model (`CANCU_EMBEDDING_MODEL`), with the prompts that it carries or E5's."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._loaded: Any = None
        self._lock = threading.Lock()

    @property
    def dimension(self) -> int:
        """The length of a vector; loads the model."""
        return int(self._engine().get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._encode(texts, ("passage", "document"), "passage: ")

    def question(self, text: str) -> Vectors:
        """The vector of a question."""
        return self._encode([text], ("query",), "query: ")

    def _encode(self, texts: Sequence[str], names: tuple[str, ...], e5_prefix: str) -> Vectors:
        with self._lock:
            engine = self._engine()
            named = next((name for name in names if engine.prompts.get(name)), None)
            prefix = e5_prefix if named is None and "e5" in self.model.lower() else None
            vectors = engine.encode(
                list(texts),
                prompt_name=named,
                prompt=prefix,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def _engine(self) -> Any:
        if self._loaded is None:
            from sentence_transformers import SentenceTransformer

            self._loaded = SentenceTransformer(self.model)
        return self._loaded
