"""Vectors of passages: from the store where they are there, else from the model and stored."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from time import perf_counter

from corpus.store import Store
from corpus.stored import StoredPassage
from retrieval.context import dense_text, text_sha
from retrieval.embedder import Embedder, Vectors

Progress = Callable[[int, int], None]
"""Called with how many passages are done, and how many there are to do."""

BATCH = 256
"""Passages looked up together; also the most texts that are embedded in one call."""
_FIRST, _FEWEST = 32, 8
_QUICK, _SLOW = 1.0, 3.0
"""Seconds: calls of the model are made to take about as long, so that progress keeps moving."""


class PassageVectors:
    """Embeds what was not embedded before, in calls of about a second or two."""

    def __init__(self, store: Store, embedder: Embedder, progress: Progress) -> None:
        self._store = store
        self._embedder = embedder
        self._progress = progress
        self._done = self._total = 0
        self._call = _FIRST

    def expect(self, passages: Iterable[StoredPassage]) -> None:
        """Count what is to come, and tell the model how many texts of it are new."""
        missing = 0
        for batch in batches(passages):
            texts = _texts(batch)
            self._total += len(batch)
            missing += len(texts) - len(self._known(texts))
        if missing:
            self._embedder.expect(missing)

    def of(self, passages: Sequence[StoredPassage]) -> Vectors:
        """One vector a passage."""
        import numpy as np

        texts = _texts(passages)
        known = self._known(texts)
        missing = [sha for sha in texts if sha not in known]
        while missing:
            some, missing = missing[: self._call], missing[self._call :]
            known |= self._embedded({sha: texts[sha] for sha in some})
            if missing:
                self._progress(self._done + len(known), self._total)
        self._done += len(passages)
        self._progress(self._done, self._total)
        rows = [np.frombuffer(known[text_sha(dense_text(p))], dtype=np.float16) for p in passages]
        return np.stack(rows).astype(np.float32)

    def _known(self, texts: dict[bytes, str]) -> dict[bytes, bytes]:
        return self._store.vectors(self._embedder.model, list(texts))

    def _embedded(self, texts: dict[bytes, str]) -> dict[bytes, bytes]:
        import numpy as np

        start = perf_counter()
        vectors = self._embedder.passages(list(texts.values())).astype(np.float16)
        fresh = {sha: row.tobytes() for sha, row in zip(texts, vectors, strict=True)}
        self._store.keep_vectors(self._embedder.model, self._embedder.runtime, fresh)
        self._pace(perf_counter() - start)
        return fresh

    def _pace(self, seconds: float) -> None:
        if seconds < _QUICK:
            self._call = min(2 * self._call, BATCH)
        elif seconds > _SLOW:
            self._call = max(self._call // 2, _FEWEST)


def batches(passages: Iterable[StoredPassage]) -> Iterator[list[StoredPassage]]:
    """`passages` some at a time."""
    rest = iter(passages)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _texts(passages: Iterable[StoredPassage]) -> dict[bytes, str]:
    """What is embedded for each passage, once, by its name in the store."""
    return {text_sha(text): text for text in map(dense_text, passages)}
