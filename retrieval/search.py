"""The search: a query in, ranked passages out, what was rejected, how long each part took."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TypeVar

from corpus.model import PassageKey
from corpus.store import Store
from corpus.stored import StoredPassage
from retrieval.closeness import closeness
from retrieval.context import dense_text, lexical_context
from retrieval.embedder import Embedder
from retrieval.fusion import fuse
from retrieval.indexes import Indexes
from retrieval.query import Query, composed, understand
from retrieval.reranker import Reranker
from retrieval.spelling import mended
from retrieval.terms import folded

T = TypeVar("T")

CANDIDATES = 100
REREAD = 30
"""How many of the candidates are read again, closely."""
DENSE_WEIGHT = 0.5
SENTENCE_WEIGHT = 0.6
ORDER_WEIGHT = 0.6
"""Of closeness beside the fused score; chosen by cross-validation (docs/adr/0013)."""
_WHOLE = 1 + SENTENCE_WEIGHT + ORDER_WEIGHT
RERANKER_WEIGHT = 0.6
"""Of a configured model beside all that."""
ACROSS_BONUS = 0.05
"""Of the best passage of each document, where several are asked for."""
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

    def __init__(
        self,
        store: Store,
        indexes: Indexes,
        embedder: Embedder,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._indexes = indexes
        self._embedder = embedder
        self._reranker = reranker
        self._defined: dict[str, str] = {}
        self._defined_at = -1

    def understand(self, question: str) -> Query:
        """A question as this corpus spells it, with what this corpus abbreviates written out."""
        revision = self._store.revision()
        if revision != self._defined_at:
            self._defined, self._defined_at = self._store.definitions(), revision
        return understand(mended(composed(question), self._indexes.lexical), self._defined)

    def __call__(self, query: Query, k: int = 10, named: Collection[int] = ()) -> SearchResult:
        """The `k` best passages for `query`.

        `named` are documents that the question names: their best passages are found by words even
        where others rank before them.
        """
        timings: dict[str, float] = {}
        lexical = _timed(timings, "lexical", lambda: self._lexical(query, named))
        dense = _timed(timings, "dense", lambda: self._dense(query))
        fused = fuse(lexical, dense, DENSE_WEIGHT)
        first = sorted(fused, key=lambda key: (-fused[key], key))[: max(REREAD, 2 * k)]
        passages = _timed(timings, "load", lambda: self._store.passages(first))
        there = [passages[key] for key in first if key in passages]
        scores = _timed(timings, "rerank", lambda: self._reread(query, there, fused))
        if query.across:
            _prefer_one_of_each(scores)
        ranked = sorted(there, key=lambda passage: (-scores[passage.key], passage.key))
        hits = [
            Hit(p, scores[p.key], lexical.get(p.key, 0.0), dense.get(p.key, 0.0)) for p in ranked
        ]
        return SearchResult(tuple(hits[:k]), tuple(hits[k:]), timings)

    def _reread(
        self, query: Query, passages: Sequence[StoredPassage], fused: Mapping[PassageKey, float]
    ) -> dict[PassageKey, float]:
        """The fused score, how closely each passage says what is asked, and the model's view."""
        lexical = self._indexes.lexical
        known = {term: weight for term, weight in query.terms if lexical.folded_in(term)}
        rarity = lexical.weights(known)
        weights = {term: weight * rarity[term] for term, weight in known.items()}
        asked = folded(query.text)
        scores: dict[PassageKey, float] = {}
        for passage in passages:
            close = closeness(weights, asked, lexical_context(passage), passage.text)
            judged = SENTENCE_WEIGHT * close.sentence + ORDER_WEIGHT * close.order
            scores[passage.key] = (fused[passage.key] + judged) / _WHOLE
        if self._reranker is None or not passages:
            return scores
        made = self._reranker.scores(query.text, [dense_text(passage) for passage in passages])
        keys = (passage.key for passage in passages)
        return fuse(scores, dict(zip(keys, made, strict=True)), RERANKER_WEIGHT)

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


def _prefer_one_of_each(scores: dict[PassageKey, float]) -> None:
    """Raise the best passage of each document: who asks for several places wants to see each."""
    best: dict[int, PassageKey] = {}
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        best.setdefault(key.document, key)
    for key in best.values():
        scores[key] = min(1.0, scores[key] + ACROSS_BONUS)


def _timed(timings: dict[str, float], name: str, step: Callable[[], T]) -> T:
    start = perf_counter()
    result = step()
    timings[name] = round((perf_counter() - start) * 1000, 2)
    return result
