"""The dense index: vectors by passage key, kept by FAISS in segments that are merged now and then.

A change writes one new segment and a manifest that names it; the others stay as they are. FAISS is
imported where it is first needed, so that a run with nothing to do starts at once.
"""

import logging
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from corpus.model import PassageKey
from retrieval import vector_manifest as manifest
from retrieval.embedder import Vectors
from retrieval.lexical_index import pack, unpack
from retrieval.vector_segment import DAMAGE, Block, Segment
from retrieval.vector_segment_writer import write

FLAT_UP_TO = 50_000
"""Vectors in a segment that are searched one by one; a larger segment is approximate."""
_TRIES = 5
"""How often a reader looks again when a writer has swept away what it was about to open."""

log = logging.getLogger(__name__)


_State: TypeAlias = tuple[tuple[int, int] | None, list[Segment] | None]
"""The stamp of a manifest and the segments that it named; none where they cannot be opened."""


class VectorIndex:
    """Ranks passages by the inner product of unit vectors: exact, or nearly so in large segments.

    One process at a time may write. Readers see the state before a change or after it.
    """

    def __init__(self, folder: Path, flat_up_to: int = FLAT_UP_TO) -> None:
        self._folder = folder
        self._flat_up_to = flat_up_to
        self._state: _State = (None, None)

    def there(self) -> bool:
        """Whether an index with all its files is on disk; told without opening them."""
        entries = manifest.read(self._folder)
        return entries is not None and manifest.whole(self._folder, entries)

    def usable(self) -> bool:
        """Whether there is an index on disk that can be opened."""
        return self.there() and self._current() is not None

    def replace(self, gone: Iterable[int], keys: Sequence[PassageKey], vectors: Vectors) -> None:
        """Forget whole documents and add vectors, in one step. Raises OSError when full."""
        import numpy as np

        numbers = np.array([pack(key) for key in keys], dtype=np.int64)
        self._commit(self._without(gone), (numbers, vectors))

    def forget(self, gone: Iterable[int]) -> None:
        """Forget whole documents."""
        segments = self._without(gone)
        if segments != self._current():
            self._commit(segments)

    def search(self, vector: Vectors, k: int) -> list[tuple[PassageKey, float]]:
        """The `k` nearest passages, nearest first, with their cosines."""
        for _ in range(_TRIES):
            segments = [segment for segment in self._current() or () if k and segment.living]
            try:
                found = [hit for segment in segments for hit in segment.search(vector, k)]
            except DAMAGE:  # a writer has swept the files away
                self._state = (None, None)
            else:
                best = nlargest(k, found, key=lambda hit: hit[1])
                return [(unpack(number), cosine) for number, cosine in best]
        return []

    def __len__(self) -> int:
        return sum(segment.living for segment in self._current() or ())

    def _current(self) -> list[Segment] | None:
        """The segments as they stand on disk; None where there are none or damaged ones."""
        if manifest.stamp(self._folder) != self._state[0]:
            self._state = self._opened()
        return self._state[1]

    def _opened(self) -> _State:
        open_already = {(s.name, s.gone): s for s in self._state[1] or ()}
        for _ in range(_TRIES):
            stamp, entries = manifest.stamp(self._folder), manifest.read(self._folder)
            if entries is None:
                return stamp, None
            try:
                wanted = [(entry.name, frozenset(entry.gone)) for entry in entries]
                return stamp, [open_already.get(w) or Segment(self._folder, *w) for w in wanted]
            except DAMAGE:  # unless a writer has swept the files away
                continue
        log.warning("%s is damaged: it is made anew by the next indexing run", self._folder.name)
        return stamp, None

    def _without(self, documents: Iterable[int]) -> list[Segment]:
        gone = list(documents)
        segments = self._current() if self.there() else None
        return [segment.without(gone) for segment in segments or ()]

    def _commit(self, segments: Sequence[Segment], *fresh: Block) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        added = sum(len(numbers) for numbers, _ in fresh)
        due = _due(segments, added)
        kept = [segment for segment in segments if segment not in due]
        if added or any(segment.living for segment in due):
            old = (block for segment in due for block in segment.blocks())
            name = write(self._folder, chain(old, fresh), self._flat_up_to)
            kept.append(Segment(self._folder, name))
        entries = [s.entry() for s in kept]
        manifest.swap_in(self._folder, entries)
        self._state = (manifest.stamp(self._folder), kept)
        manifest.sweep(self._folder, entries)


def _due(segments: Sequence[Segment], added: int) -> list[Segment]:
    """The segments to be merged with `added` new vectors: half dead ones, and smaller ones.

    Each that stays is larger than all that is written, so there are never more segments than twice
    the logarithm of the vectors, and a vector is written again as seldom.
    """
    due = [segment for segment in segments if 2 * segment.living < segment.size]
    size = added + sum(segment.living for segment in due)
    for segment in sorted(segments, key=lambda segment: segment.living):
        if segment not in due and segment.living <= size:
            due.append(segment)
            size += segment.living
    return due
