"""The port for embedding models."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[np.float32]
else:
    # A fifth of the start-up would be numpy's, which a run with nothing to do never needs.
    Vectors = Any
"""Shape (texts, dimension), float32, each row of length 1."""


class Embedder(Protocol):
    """Turns texts into unit vectors whose inner product tells how near their meanings are."""

    @property
    def model(self) -> str:
        """Names the model; vectors of different models are never compared."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text that may be found."""
        ...

    def question(self, text: str) -> Vectors:
        """The vector of a question, shape (1, dimension)."""
        ...
