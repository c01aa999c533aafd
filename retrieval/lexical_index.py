"""The lexical index: BM25 over folded syllables and pairs, kept by tantivy.

A commit is atomic: a search sees the index before it or after it, also when the process is killed.
"""

import logging
import shutil
from collections.abc import Collection, Iterable, Sequence
from math import log as ln
from pathlib import Path
from typing import Any, cast

import tantivy

from corpus.model import PassageKey
from retrieval.terms import spellings, terms

_ORDINAL_BITS = 20
_UNSEEN_PAIR = 0.3
_WRITER_BYTES = 64_000_000
_WORDS, _SPELLED = "words", "spelled"
"""Folded syllables and pairs of a passage and of what stands above it; the same as spelled.

One field for both: BM25 then sees a passage as one that says whose it is, and of when, which ranks
better than two fields weighed against each other (see docs/adr/0004).
"""
_TOO_COMMON = 0.3
"""Share of passages: a term of more of them costs the most and tells the least."""
_NEVER_TOO_COMMON = 100


def pack(key: PassageKey) -> int:
    """A passage key as one number; a document's passages lie side by side."""
    return key.document << _ORDINAL_BITS | key.ordinal


def unpack(number: int) -> PassageKey:
    """The passage key that `pack` made into `number`."""
    return PassageKey(number >> _ORDINAL_BITS, number & (1 << _ORDINAL_BITS) - 1)


log = logging.getLogger(__name__)


class LexicalIndex:
    """Ranks passages by the terms they share with a question.

    `made_anew` says that nothing was there to open: whatever it held before has to be added again.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.made_anew = not tantivy.Index.exists(str(folder))
        self._index = self._opened(folder)
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("terms", splitter)
        self._held = self._index.searcher()

    def _opened(self, folder: Path) -> Any:
        """The index in `folder`; an empty one in its place where it is damaged."""
        try:
            return tantivy.Index(_schema(), path=str(folder))
        except ValueError:
            log.warning("the index %s is damaged: it is made anew", folder.name)
            shutil.rmtree(folder)
            folder.mkdir(parents=True)
            self.made_anew = True
            return tantivy.Index(_schema(), path=str(folder))

    def replace(self, gone: Iterable[int], passages: Iterable[tuple[PassageKey, str, str]]) -> None:
        """Forget whole documents and add passages (key, words, context) in one commit."""
        writer = self._index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for document in gone:
            writer.delete_documents_by_term("document", document)
        for key, body, context in passages:
            entry = tantivy.Document()
            entry.add_integer("document", key.document)
            entry.add_integer("key", pack(key))
            whole = f"{context}.\n{body}"
            entry.add_text(_WORDS, " ".join(terms(whole)))
            entry.add_text(_SPELLED, " ".join(dict.fromkeys(spellings(whole))))
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self.made_anew = False

    def search(
        self, wanted: Sequence[tuple[str, float]], k: int, within: Collection[int] = ()
    ) -> list[tuple[PassageKey, float]]:
        """The `k` best passages for weighted terms, best first, with their BM25 scores.

        `within` keeps the search to these documents; empty means all.
        """
        if not wanted:
            return []
        searcher = self._searcher()
        found = searcher.search(self._query(searcher, wanted, within), k, count=False).hits
        return [
            (unpack(cast(int, searcher.doc(address).get_first("key"))), float(score))
            for score, address in found
        ]

    def weights(self, wanted: Iterable[str]) -> dict[str, float]:
        """How rare each term is among the passages (inverse document frequency, in nats).

        A pair that stands nowhere may be a phrase or two neighbours by chance: it weighs little.
        """
        searcher = self._searcher()
        count = searcher.num_docs
        found: dict[str, float] = {}
        for term in set(wanted):
            holding = searcher.doc_freq(_WORDS, term)
            rarity = ln(1 + (count + 0.5) / (holding + 0.5))
            found[term] = rarity if holding or "_" not in term else _UNSEEN_PAIR * rarity
        return found

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return int(self._searcher().num_docs)

    def spelled_in(self, spelling: str) -> int:
        """In how many passages a syllable with its marks, or a pair of them, stands."""
        return int(self._held.doc_freq(_SPELLED, spelling))

    def folded_in(self, term: str) -> int:
        """In how many passages a folded syllable, or a pair of them, stands."""
        return int(self._held.doc_freq(_WORDS, term))

    def _searcher(self) -> Any:
        """What is committed now."""
        self._index.reload()
        self._held = self._index.searcher()
        return self._held

    def _query(
        self, searcher: Any, wanted: Sequence[tuple[str, float]], within: Collection[int]
    ) -> Any:
        most = max(_TOO_COMMON * searcher.num_docs, _NEVER_TOO_COMMON)
        telling = [
            (term, weight) for term, weight in wanted if searcher.doc_freq(_WORDS, term) <= most
        ]
        clauses = []
        for term, weight in telling or wanted:
            query = tantivy.Query.term_query(self._index.schema, _WORDS, term, "freq")
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)))
        scored = tantivy.Query.boolean_query(clauses)
        if not within:
            return scored
        kept = tantivy.Query.term_set_query(self._index.schema, "document", list(within))
        narrowed = tantivy.Query.const_score_query(kept, 0.0)
        both = [(tantivy.Occur.Must, scored), (tantivy.Occur.Must, narrowed)]
        return tantivy.Query.boolean_query(both)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    # Integer, not unsigned: tantivy's deletion by term finds nothing in an unsigned field.
    builder.add_integer_field("document", indexed=True)
    builder.add_integer_field("key", stored=True)
    builder.add_text_field(_WORDS, tokenizer_name="terms", index_option="freq")
    builder.add_text_field(_SPELLED, tokenizer_name="terms", index_option="basic")
    return builder.build()
