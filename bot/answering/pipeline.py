"""The way of a question: read, find, choose, compose, verify, cite. The list is the product.

`Assistant.ask` reads from top to bottom; each step is one file beside this one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter

from bot.answering import frame
from bot.answering.choose import choose
from bot.answering.cite import cited
from bot.answering.compose import compose
from bot.answering.conversation import made_whole
from bot.answering.evidence import units
from bot.answering.outcomes import (
    Clarify,
    Evidence,
    Failed,
    NearDocument,
    Outcome,
    Refused,
    Sentence,
    Unanswerable,
)
from bot.answering.question import Question, read_question
from bot.answering.scoring import Judged, judge, terms_of
from bot.answering.verify import verified
from corpus.store import Store
from corpus.stored import StoredDocument
from corpus.text import fold
from retrieval.indexes import Indexes
from retrieval.query import composed, is_plain
from retrieval.search import Hit, Search, SearchResult

DEPTH = 12
"""Passages read closely for one question."""
_NEAREST = 3

_COMMANDS = (
    r"\b(?:bỏ qua|quên|phớt lờ)\b.{0,40}\b(?:chỉ dẫn|hướng dẫn|mệnh lệnh|quy tắc)\b.{0,20}"
    r"\b(?:trước|trên|cũ|của bạn|đã cho)\b|\b(?:system prompt|api key)\b"
    r"|\btoken (?:của )?(?:bot|trợ lý)\b|\bin ra\b.*\b(?:token|mã nguồn)\b"
    r"|^(?:đóng vai (?!trò)|giả vờ )"
)
_COMMANDED = re.compile(_COMMANDS, re.IGNORECASE)
_COMMANDED_PLAIN = re.compile(fold(_COMMANDS))
_TOO_SHORT = 2
_LONGEST = 1_000
REMEMBERED = 6
"""Earlier questions that a follow-up may lean on."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome with the question it belongs to and how long each step took (milliseconds)."""

    question: str
    outcome: Outcome
    elapsed_ms: float
    timings: dict[str, float] = field(default_factory=dict)


class Assistant:
    """Answers questions over one corpus."""

    def __init__(self, store: Store, indexes: Indexes, search: Search) -> None:
        self._store = store
        self._indexes = indexes
        self._search = search
        # Documents never change under their id, so one read is as good as another.
        self._document = lru_cache(maxsize=64)(store.document)

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """Answer one question; `history` are the earlier questions of the chat, oldest first."""
        start = perf_counter()
        timings: dict[str, float] = {}
        recent = [earlier[:_LONGEST] for earlier in history[-REMEMBERED:]]
        outcome = self._outcome(composed(text).strip(), recent, timings)
        return Answer(text, outcome, round((perf_counter() - start) * 1000, 1), timings)

    def _outcome(self, text: str, history: Sequence[str], timings: dict[str, float]) -> Outcome:
        if len(text) > _LONGEST:
            return Clarify(f"Câu hỏi dài quá {_LONGEST} ký tự; hãy hỏi gọn từng ý một.")
        if _COMMANDED.search(text) or (is_plain(text) and _COMMANDED_PLAIN.search(fold(text))):
            return Refused()
        question = read_question(made_whole(text, history), self._search.understand)
        telling = [syllable for syllable in question.content if not syllable.isdigit()]
        if len(telling) < _TOO_SHORT and not question.numbered:
            return Clarify("Bạn muốn hỏi gì? Hãy nêu rõ việc, cơ quan, năm hoặc số văn bản.")
        named = frame.numbered(question, self._store.headers()) if question.numbered else []
        found = self._search(question.query, DEPTH, named)
        timings.update(found.timings)
        if not found.kept and not any(self._store.counts()):
            return Failed("Kho chưa có văn bản nào; hãy chạy: cancu index THƯ_MỤC_VĂN_BẢN")
        sentences = self._sentences(question, found)
        outcome = cited(verified(sentences, self._text_of), self._require)
        return outcome or Unanswerable(self._nearest(found))

    def _sentences(self, question: Question, found: SearchResult) -> list[Sentence]:
        """From the header of the document that is meant, else from what was found in bodies."""
        if frame.asks_frame(question):
            weights = self._indexes.lexical.weights(terms_of(question))
            ids = frame.meant(question, self._store.headers(), weights)
            documents = [d for d in map(self._document, ids[:_NEAREST]) if d]
            if documents:
                return [s for d in documents for s in frame.from_frame(question, d)]
        return compose(question, choose(question, self.judged(question, found)))

    def judged(self, question: Question, found: SearchResult) -> list[Judged]:
        """Every unit of the found passages with its score and what it lacks, best first."""
        weights = self._indexes.lexical.weights(terms_of(question))
        by_document: dict[int, list[Hit]] = {}
        for hit in found.kept:
            by_document.setdefault(hit.passage.key.document, []).append(hit)
        judged = [
            judge(question, unit, weights)
            for document_id, hits in by_document.items()
            if (document := self._document(document_id))
            for unit in units(document, hits)
        ]
        return sorted(judged, key=lambda j: -j.score)

    def _nearest(self, found: SearchResult) -> tuple[NearDocument, ...]:
        headers = self._store.headers()
        ids = dict.fromkeys(hit.passage.key.document for hit in found.kept)
        return tuple(
            NearDocument(i, headers[i][0], headers[i][1].number, headers[i][1].title)
            for i in list(ids)[:_NEAREST]
            if i in headers
        )

    def _require(self, document_id: int) -> StoredDocument:
        document = self._document(document_id)
        if document is None:
            raise LookupError(document_id)
        return document

    def _text_of(self, evidence: Evidence) -> str:
        return evidence.span.of(self._require(evidence.document).text)
