"""The search: a query in, ranked passages out, what was rejected, how long each part took."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from corpus.model import PassageKey
from corpus.store import Store
from corpus.stored import StoredPassage
from retrieval.embedder import Embedder
from retrieval.fusion import fuse
from retrieval.indexes import Indexes
from retrieval.query import Query

T = TypeVar("T")

CANDIDATES = 60
DENSE_WEIGHT = 0.5
NAMED_KEPT = 6
"""How many passages of the named documents rank as if they were the best of all."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its fused score (0…1) and the scores it came from."""

    passage: StoredPassage
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits kept, best first; candidates rejected; milliseconds by step."""

    kept: tuple[Hit, ...]
    rejected: tuple[Hit, ...]
    timings: dict[str, float]


class Search:
    """Hybrid search over one corpus. What the database no longer holds is never returned."""

    def __init__(self, store: Store, indexes: Indexes, embedder: Embedder) -> None:
        self._store = store
        self._indexes = indexes
        self._embedder = embedder

    def __call__(self, query: Query, k: int = 10, named: Collection[int] = ()) -> SearchResult:
        """The `k` best passages for `query`.

        `named` are documents that the question names: their best passages are found by words even
        where others rank before them.
        """
        timings: dict[str, float] = {}
        lexical = _timed(timings, "lexical", lambda: self._lexical(query, named))
        dense = _timed(timings, "dense", lambda: self._dense(query))
        scores = fuse(lexical, dense, DENSE_WEIGHT)
        ranked = sorted(scores, key=lambda key: (-scores[key], key))
        passages = _timed(timings, "load", lambda: self._store.passages(ranked[: 2 * k]))
        hits = [
            Hit(passages[key], scores[key], lexical.get(key, 0.0), dense.get(key, 0.0))
            for key in ranked[: 2 * k]
            if key in passages
        ]
        return SearchResult(tuple(hits[:k]), tuple(hits[k:]), timings)

    def _lexical(self, query: Query, named: Collection[int]) -> dict[PassageKey, float]:
        found = dict(self._indexes.lexical.search(query.terms, CANDIDATES))
        if named and found:
            top = max(found.values())
            inside = self._indexes.lexical.search(query.terms, CANDIDATES, within=named)
            best = max((score for _, score in inside), default=0.0) or 1.0
            found |= {key: top * score / best for key, score in inside[:NAMED_KEPT]}
        return found

    def _dense(self, query: Query) -> dict[PassageKey, float]:
        if query.plain or not len(self._indexes.vectors):
            return {}
        vector = self._embedder.question(query.text)
        return dict(self._indexes.vectors.search(vector, CANDIDATES))


def _timed(timings: dict[str, float], name: str, step: Callable[[], T]) -> T:
    start = perf_counter()
    result = step()
    timings[name] = round((perf_counter() - start) * 1000, 2)
    return result
