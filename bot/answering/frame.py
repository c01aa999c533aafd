"""Questions about a document itself: its number, date, signer. Answered from its header alone."""

import re
from collections.abc import Mapping

from bot.answering.evidence import words
from bot.answering.outcomes import Evidence, Sentence
from bot.answering.question import Asks, Question, years_in
from bot.answering.scoring import terms_of
from corpus.document_number import TYPES, key, same
from corpus.model import BlockKind, Header, Span
from corpus.stored import StoredDocument
from corpus.text import fold

LEAST_TITLE = 0.66
"""Least share of the question's weight in type, title and issuer for a document to be meant."""

_WANTED = {Asks.NUMBER: "number", Asks.DATE: "date", Asks.SIGNER: "signer"}
_ISSUED = re.compile(r"\b(ban hanh|ky)( vao)? (ngay|khi|nam|luc) nao\b|\bngay ban hanh\b")
_TYPE_WORDS = {fold(name): name for name in TYPES}
_OWN_WORDS = frozenset("so ky ban hanh van ban nguoi ngay thang nam".split())


def asks_frame(question: Question) -> bool:
    """Whether the question is about a document's number, date or signer."""
    return question.wants(Asks.NUMBER, Asks.SIGNER) or (
        question.wants(Asks.DATE) and bool(_ISSUED.search(fold(question.text)))
    )


def numbered(question: Question, headers: Mapping[int, tuple[str, Header]]) -> list[int]:
    """The documents that bear a number which the question names."""
    return [i for i, (_, header) in headers.items() if _bears_number(question, header)]


def meant(
    question: Question, headers: Mapping[int, tuple[str, Header]], weights: Mapping[str, float]
) -> list[int]:
    """The documents that the question names: by their own number, else by their title."""
    named = [i for i, (_, header) in headers.items() if _is_named(question, header)]
    if named or (question.numbers and not _title_may_hold_number(question)):
        return named
    scores = {i: _title_share(question, header, weights) for i, (_, header) in headers.items()}
    best = max(scores.values(), default=0.0)
    return [i for i, score in scores.items() if score >= max(LEAST_TITLE, best - 1e-9)]


def from_frame(question: Question, document: StoredDocument) -> list[Sentence]:
    """One sentence of the header's own words for what was asked; empty where it does not say."""
    spans = {**document.header.spans}
    if "signer" in spans:
        spans["signer"] = _signature(document, spans["signer"])
    found: list[Span] = []
    for asks, name in _WANTED.items():
        if question.wants(asks) and getattr(document.header, name) is None:
            return []
        if question.wants(asks) and name in spans:
            found.append(spans[name])
    if not found:
        return []
    text = "; ".join(" ".join(span.of(document.text).split()) for span in found)
    return [Sentence(text, tuple(Evidence(document.id, span) for span in found))]


def _signature(document: StoredDocument, name: Span) -> Span:
    """The name with the authority above it: «KT. CHỦ TỊCH, PHÓ CHỦ TỊCH» and whose name it is."""
    start = name.start
    for block in reversed(document.document.blocks):
        if block.span.end < start and block.kind is BlockKind.SIGNATURE:
            if not block.span.of(document.text).isupper():
                break
            start = block.span.start
    return Span(start, name.end)


def _bears_number(question: Question, header: Header) -> bool:
    if not header.number:
        return False
    if any(same(number, header.number) for number in question.numbers):
        return True
    own = key(header.number)[0]
    return any(n == own and fold(header.type or "-") in kind for kind, n in question.short_numbers)


def _is_named(question: Question, header: Header) -> bool:
    """Whether the number named is the document's own, and not one that its title cites."""
    if not _bears_number(question, header):
        return False
    if question.years - years_in(f"năm {header.title} {header.date}") - _years_of_number(header):
        return False
    cited = any(number in (header.title or "") for number in question.numbers)
    return not (cited and _title_may_hold_number(question))


def _years_of_number(header: Header) -> frozenset[str]:
    parts = key(header.number or "")
    return frozenset({*parts, (header.date or "")[:4]})


def _title_may_hold_number(question: Question) -> bool:
    """«Báo cáo sơ kết thực hiện Quyết định 1640…»: the number belongs to another document."""
    return " thuc hien " in f" {fold(question.text)} " or question.wants(Asks.NUMBER)


def _title_share(question: Question, header: Header, weights: Mapping[str, float]) -> float:
    about = " ".join(p for p in (header.type, header.title, header.issuer, header.date) if p)
    if question.years - years_in(f"năm {about}"):
        return 0.0
    named_types = [
        t for plain, t in _TYPE_WORDS.items() if f" {plain} " in f" {fold(question.text)} "
    ]
    if named_types and header.type not in named_types:
        return 0.0
    there = words(about)
    if not all(there.says(name) for name in question.names):
        return 0.0
    wanted = [t for t in terms_of(question) if not set(t.split("_")) & _OWN_WORDS]
    total = sum(weights.get(term, 1.0) for term in wanted) or 1.0
    return sum(weights.get(term, 1.0) for term in wanted if there.has(term)) / total
