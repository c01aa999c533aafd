"""One segment of the dense index: vectors that never change once they are written.

A segment is two files, `NAME.keys` and `NAME.vectors`; a large one has a third, `NAME.lists`, with
codes of one bit a dimension in inverted lists. The codes find candidates, whose whole vectors put
them in order. All files are mapped, not loaded.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import uuid4

from corpus.model import PassageKey
from retrieval.embedder import Vectors
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
_BLOCK = 20_000
_SAMPLE = 40
"""Vectors for each list to place the lists by; more take time and bring nothing."""
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
        keys, self._vectors, lists = _files(folder, name)
        self._keys: Numbers = np.load(keys, mmap_mode="r", allow_pickle=False)
        self._lists = _mapped(lists) if lists.exists() else None
        flat = _mapped(self._vectors)
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
        files = [file for file in _files(self._folder, self.name) if file.exists()]
        sizes = {file.name: file.stat().st_size for file in files}
        return Entry(self.name, sorted(self.gone), self.living, sizes)

    def search(self, vector: Vectors, k: int) -> Iterator[tuple[int, float]]:
        """Packed keys and cosines of the `k` nearest."""
        k = min(k, self.living)
        index, parameters = self._exact() if self._lists is None else self._approximate(k)
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
        vectors = _mapped(self._vectors)
        for start in range(0, self.size, _BLOCK):
            some = slice(start, min(start + _BLOCK, self.size))
            alive = slice(None) if self._alive is None else self._alive[some]
            yield self._keys[some][alive], vectors.reconstruct_n(start, some.stop - start)[alive]

    def _exact(self) -> tuple[Any, Any]:
        return self._flat, _faiss().SearchParameters(sel=self._selector)

    def _approximate(self, k: int) -> tuple[Any, Any]:
        faiss = _faiss()
        probing = faiss.IVFRaBitQSearchParameters(nprobe=_PROBES, sel=self._selector)
        candidates = max(_CANDIDATES, _CANDIDATES_EACH * k)
        parameters = faiss.IndexRefineSearchParameters(
            k_factor=candidates / k, base_index_params=probing
        )
        return faiss.IndexRefine(self._lists, _mapped(self._vectors)), parameters


def write(folder: Path, blocks: Iterable[Block], flat_up_to: int) -> str:
    """Write a new segment, with lists if it has more vectors than `flat_up_to`; its name.

    It is on disk whole when this returns. Raises OSError when the disk is full.
    """
    import numpy as np

    name = uuid4().hex[:12]
    keys, vectors, lists = _files(folder, name)
    numbers, flat = _gathered(blocks)
    with keys.open("wb") as stream:
        np.save(stream, numbers)
    _sync(keys)
    _save(flat, vectors)
    if len(numbers) > flat_up_to:
        _save(_listed(flat), lists)
    return name


def _selector(alive: Any) -> Any:
    import numpy as np

    return _faiss().IDSelectorBitmap(np.packbits(alive, bitorder="little"))


def _gathered(blocks: Iterable[Block]) -> tuple[Numbers, Any]:
    import numpy as np

    faiss = _faiss()
    numbers: list[Numbers] = []
    flat: Any = None
    for keys, vectors in blocks:
        if flat is None:
            half = faiss.ScalarQuantizer.QT_fp16
            metric = faiss.METRIC_INNER_PRODUCT
            flat = faiss.IndexScalarQuantizer(vectors.shape[1], half, metric)
        flat.add(vectors)
        numbers.append(keys)
    return np.concatenate(numbers), flat


def _listed(flat: Any) -> Any:
    """Inverted lists of one-bit codes for the vectors of `flat`, in the same order."""
    import numpy as np

    faiss = _faiss()
    count = min(int(2 * flat.ntotal**0.5), flat.ntotal)
    index = faiss.index_factory(flat.d, f"IVF{count},RaBitQ", faiss.METRIC_INNER_PRODUCT)
    index.cp.min_points_per_centroid = 1
    index.cp.max_points_per_centroid = _SAMPLE
    sample = np.random.default_rng(0).permutation(flat.ntotal)[: _SAMPLE * count]
    index.train(flat.reconstruct_batch(np.sort(sample)))
    for start in range(0, flat.ntotal, _BLOCK):
        index.add(flat.reconstruct_n(start, min(_BLOCK, flat.ntotal - start)))
    return index


def _files(folder: Path, name: str) -> tuple[Path, Path, Path]:
    keys, vectors, lists = (folder / f"{name}.{suffix}" for suffix in _SUFFIXES)
    return keys, vectors, lists


def _mapped(file: Path) -> Any:
    faiss = _faiss()
    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)


def _faiss() -> Any:
    """FAISS untyped: its stubs do not know what its Python side adds, such as named parameters."""
    import faiss

    return faiss


def _save(index: Any, file: Path) -> None:
    try:
        _faiss().write_index(index, str(file))
    except RuntimeError as error:
        raise OSError(f"{file.name} could not be written") from error
    _sync(file)


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
