"""One segment of the dense index: vectors that never change once they are written.

A segment is two files, `NAME.keys` and `NAME.vectors`; a large one has a third, `NAME.lists`, with
codes of one bit a dimension in inverted lists. The codes find candidates, whose whole vectors put
them in order. All files are mapped, not loaded.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from corpus.model import PassageKey
from retrieval.embedder import Vectors
from retrieval.faiss_files import mapped, one_thread, untyped
from retrieval.lexical_index import pack
from retrieval.vector_manifest import Entry

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
else:
    Numbers = Any

Block: TypeAlias = tuple[Numbers, Vectors]
"""Packed passage keys, and as many unit vectors."""

DAMAGE = (RuntimeError, OSError, ValueError, MemoryError, EOFError)
"""What reading raises where a file is damaged or gone."""

_SUFFIXES = ("keys", "vectors", "lists")
_DOCUMENT = pack(PassageKey(1, 0))
"""A packed key divided by this is its document."""
BLOCK = 20_000
"""Vectors that are in memory together while segments are merged."""
_PROBES = 64
"""How many lists are searched."""
_CANDIDATES = 200
"""How many vectors are compared whole, at least…"""
_CANDIDATES_EACH = 4
"""…and how many for each that is wanted."""


class Segment:
    """An open segment without the documents that are `gone` from it.

    To open, search or read it raises one of DAMAGE where files are damaged or no longer there.
    """

    def __init__(self, folder: Path, name: str, gone: Iterable[int] = ()) -> None:
        import numpy as np

        self.name = name
        self.gone = frozenset(gone)
        self._folder = folder
        keys, self._vectors, lists = files_of(folder, name)
        self._keys: Numbers = np.load(keys, mmap_mode="r", allow_pickle=False)
        self._lists = mapped(lists) if lists.exists() else None
        flat = mapped(self._vectors)
        if flat.ntotal != len(self._keys):
            raise ValueError(f"{name} has keys for other vectors")
        # Beside lists the vectors are mapped for a single search, or the process would come to
        # hold every page that it ever touched.
        self._flat = flat if self._lists is None else None
        self._alive = ~np.isin(self._keys // _DOCUMENT, list(self.gone)) if self.gone else None
        self._selector = None if self._alive is None else _selector(self._alive)
        self.size = len(self._keys)
        self.living = self.size if self._alive is None else int(self._alive.sum())

    def entry(self) -> Entry:
        """What the manifest says of it."""
        files = [file for file in files_of(self._folder, self.name) if file.exists()]
        sizes = {file.name: file.stat().st_size for file in files}
        return Entry(self.name, sorted(self.gone), self.living, sizes)

    def search(self, vector: Vectors, k: int) -> Iterator[tuple[int, float]]:
        """Packed keys and cosines of the `k` nearest."""
        k = min(k, self.living)
        index, parameters = self._exact() if self._lists is None else self._approximate(k)
        with one_thread():
            cosines, found = index.search(vector, k, params=parameters)
        for at, cosine in zip(found[0], cosines[0], strict=True):
            if at >= 0:
                yield int(self._keys[at]), float(cosine)

    def without(self, documents: Iterable[int]) -> "Segment":
        """The same segment with more documents gone from it; itself where it holds none."""
        import numpy as np

        held = self._keys // _DOCUMENT
        mine = frozenset(held[np.isin(held, list(documents))].tolist())
        return self if mine <= self.gone else Segment(self._folder, self.name, self.gone | mine)

    def blocks(self) -> Iterator[Block]:
        """All that is alive, some at a time."""
        vectors = mapped(self._vectors)
        for start in range(0, self.size, BLOCK):
            some = slice(start, min(start + BLOCK, self.size))
            alive = slice(None) if self._alive is None else self._alive[some]
            yield self._keys[some][alive], vectors.reconstruct_n(start, some.stop - start)[alive]

    def _exact(self) -> tuple[Any, Any]:
        return self._flat, untyped().SearchParameters(sel=self._selector)

    def _approximate(self, k: int) -> tuple[Any, Any]:
        faiss = untyped()
        probing = faiss.IVFRaBitQSearchParameters(nprobe=_PROBES, sel=self._selector)
        candidates = max(_CANDIDATES, _CANDIDATES_EACH * k)
        parameters = faiss.IndexRefineSearchParameters(
            k_factor=candidates / k, base_index_params=probing
        )
        return faiss.IndexRefine(self._lists, mapped(self._vectors)), parameters


def files_of(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """Where the keys, the vectors and the lists of a segment are; small ones have no lists."""
    keys, vectors, lists = (folder / f"{name}.{suffix}" for suffix in _SUFFIXES)
    return keys, vectors, lists


def _selector(alive: Any) -> Any:
    import numpy as np

    return untyped().IDSelectorBitmap(np.packbits(alive, bitorder="little"))
