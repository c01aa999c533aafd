"""The dense index: vectors by passage key, kept by FAISS in one file that is swapped in whole.

FAISS is imported where it is first needed, so that a run with nothing to do starts at once.
"""

import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.model import PassageKey
from retrieval.embedder import Vectors
from retrieval.lexical_index import pack, unpack

_KIND = b"IxM2"
"""How FAISS begins the file of an `IndexIDMap2`."""

log = logging.getLogger(__name__)


class VectorIndex:
    """Ranks passages by the inner product of unit vectors (exact search)."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._loaded: Any = None
        self._stamp: tuple[int, int] | None = None

    def there(self) -> bool:
        """Whether a file of the right kind is on disk; tells by its first bytes, at no cost."""
        try:
            with self._file.open("rb") as stream:
                return stream.read(len(_KIND)) == _KIND
        except OSError:
            return False

    def usable(self) -> bool:
        """Whether there is an index on disk that can be read whole."""
        return self._current() is not None

    def replace(self, gone: Iterable[int], keys: Sequence[PassageKey], vectors: Vectors) -> None:
        """Forget whole documents, add vectors, and swap the file in. Raises OSError when full."""
        import faiss
        import numpy as np

        index = self._current()
        if index is None:
            index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        _remove(index, gone)
        index.add_with_ids(vectors, np.array([pack(key) for key in keys], dtype=np.int64))
        self._swap_in(index)

    def forget(self, gone: Iterable[int]) -> None:
        """Forget whole documents."""
        index = self._current()
        if index is not None:
            _remove(index, gone)
            self._swap_in(index)

    def search(self, vector: Vectors, k: int) -> list[tuple[PassageKey, float]]:
        """The `k` nearest passages, nearest first, with their cosines."""
        index = self._current()
        k = min(k, len(self))
        if index is None or k == 0:
            return []
        cosines, ids = index.search(vector, k)
        return [
            (unpack(int(number)), float(cosine))
            for number, cosine in zip(ids[0], cosines[0], strict=True)
            if number >= 0
        ]

    def __len__(self) -> int:
        index = self._current()
        return int(index.ntotal) if index is not None else 0

    def _current(self) -> Any:
        """The index as it stands on disk, None before the first; read again when it was swapped."""
        stamp = self._on_disk()
        if stamp != self._stamp:
            self._loaded = _read(self._file) if stamp else None
            self._stamp = stamp
        return self._loaded

    def _on_disk(self) -> tuple[int, int] | None:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def _swap_in(self, index: Any) -> None:
        import faiss

        self._file.parent.mkdir(parents=True, exist_ok=True)
        partial = self._file.with_suffix(".partial")
        faiss.write_index(index, str(partial))
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.replace(self._file)
        self._loaded, self._stamp = index, self._on_disk()


def _read(file: Path) -> Any:
    """The index in `file`; None where it is damaged, so that it is made anew."""
    import faiss

    try:
        return faiss.read_index(str(file))
    except RuntimeError:
        log.warning("%s is damaged: it is made anew by the next indexing run", file.name)
        return None


def _remove(index: Any, documents: Iterable[int]) -> None:
    import faiss

    for document in documents:
        first, last = pack(PassageKey(document, 0)), pack(PassageKey(document + 1, 0))
        index.remove_ids(faiss.IDSelectorRange(first, last))
