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

    @property
    def runtime(self) -> str:
        """What makes the vectors of passages now; those of one model may be mixed."""
        ...

    def expect(self, count: int) -> None:
        """Tells how many passages are coming, before the first.

        An adapter may change to a runtime that is slow to start and fast afterwards.
        """
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text that may be found."""
        ...

    def question(self, text: str) -> Vectors:
        """The vector of a question, shape (1, dimension)."""
        ...
