"""Sentences from chosen units: the source's own words, as short as they may be."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.addressee import is_agency
from bot.answering.evidence import Unit, words
from bot.answering.outcomes import Evidence, Sentence
from bot.answering.question import Asks, Question
from corpus.document_number import numbers_in
from corpus.model import Block, Span
from corpus.sentences import clauses, sentences
from retrieval.terms import folded

ROOM = 560
"""Characters of a whole answer that a phone shows without scrolling far."""
_SHORTEST_ITEM = 70
_LONGEST_LEAD = 110
_CUT = re.compile(r"[,;:]\s|\s\(|\.{3}|…")


def compose(question: Question, chosen: Sequence[Unit]) -> list[Sentence]:
    """The answer's sentences, in the order of the units."""
    found: list[Sentence] = []
    for unit in chosen:
        room = max(ROOM // len(chosen), 200)
        if unit.items:
            found.extend(_list(unit, room))
        else:
            found.append(_single(question, unit, room))
    return found


def _single(question: Question, unit: Unit, room: int) -> Sentence:
    text = unit.document.text
    span = _shortened(text, unit.span, room)
    lead = _agency_heading(unit) if question.wants(Asks.AGENCY, Asks.TASKS) else None
    if question.wants(Asks.DOCUMENT) and _needs_document(unit):
        lead = _document_span(unit)
    if lead:
        lead = _shortened(text, lead, _LONGEST_LEAD)
        span = _shortened(text, unit.span, room - (lead.end - lead.start))
    if lead and not span.overlap(lead) and not words(span.of(text)).says(_bare(lead.of(text))):
        return _sentence(unit, [lead, span])
    return _sentence(unit, [span])


def _list(unit: Unit, room: int) -> Iterator[Sentence]:
    text = unit.document.text
    if len(unit.items) == 1:
        yield from _entry(unit, room)
        return
    share = max(_SHORTEST_ITEM, room // len(unit.items) - 6)
    for item in unit.items:
        yield _sentence(unit, [_shortened(text, _first_sentence(text, item), share)], item=True)


def _entry(unit: Unit, room: int) -> Iterator[Sentence]:
    """The only entry below a heading: its first sentences, as many as there is room for."""
    text = unit.document.text
    used = 0
    for span in sentences(text, unit.items[0]):
        if used and used + span.end - span.start > room:
            return
        used += span.end - span.start
        yield _sentence(unit, [_shortened(text, span, room)])


def _sentence(unit: Unit, spans: Sequence[Span], *, item: bool = False) -> Sentence:
    text = unit.document.text
    parts = [_plain(span.of(text)) for span in spans]
    joined = ": ".join(part.rstrip(":") for part in parts)
    if _breaks_off(text, spans[-1]):
        joined += "…"
    evidence = tuple(Evidence(unit.document.id, span) for span in spans)
    return Sentence(joined, evidence, item)


def _breaks_off(text: str, span: Span) -> bool:
    """Whether a quote ends in mid-clause: the reader has to see that the source goes on."""
    if text[span.end - 1] in ".;:!?…":
        return False
    following = text[span.end : span.end + 1]
    return bool(following) and following not in '\n.;:!?…”"'


def _plain(quote: str) -> str:
    """Words for reading: no list mark in front, no semicolon behind."""
    text = re.sub(r"\s+", " ", quote).strip()
    text = re.sub(r"^(?:[-–+•]\s*|(?:\d{1,2}(?:\.\d+)*|[IVX]+|[a-zđ])[.)]\s+)", "", text)
    return re.sub(r"[\s;,:]+$|\.?/\.$", "", text)


def _first_sentence(text: str, span: Span) -> Span:
    return next(sentences(text, span), span)


def _shortened(text: str, span: Span, room: int) -> Span:
    """The whole span where there is room, else its first clauses that fit."""
    if span.end - span.start <= room:
        return span
    whole = list(clauses(text, span))
    end = max((c.end for c in whole if c.end - span.start <= room), default=0)
    if end - span.start >= room // 3:
        return Span(span.start, end)
    cuts = [m.start() for m in _CUT.finditer(text, span.start + _SHORTEST_ITEM // 2, span.end)]
    fitting = [cut for cut in cuts if cut - span.start <= room]
    if fitting:
        return Span(span.start, fitting[-1])
    end = cuts[0] if cuts and cuts[0] - span.start <= 2 * room else span.start + room
    word = text.rfind(" ", span.start + 1, end)
    return Span(span.start, end if (cuts and end == cuts[0]) or word < 0 else word)


def _agency_heading(unit: Unit) -> Span | None:
    """The nearest heading above that names an agency, without its number and colon."""
    text, blocks = unit.document.text, unit.document.document.blocks
    rank = unit.block.rank
    for i in range(unit.index, -1, -1):
        block = blocks[i]
        above = i == unit.index or block.rank < rank
        if above and block.heading.end > block.heading.start:
            if is_agency(block.heading.of(text)):
                return _core(text, block)
            rank = block.rank
    return None


def _core(text: str, block: Block) -> Span:
    heading = block.heading.of(text)
    mark = re.match(r"\W*(?:\d+(?:\.\d+)*[.)]|[a-zđ]\)|[IVX]+\.)?\s*", heading)
    start = block.heading.start + (mark.end() if mark else 0)
    return Span(start, block.heading.start + len(heading.rstrip(" :;.,")))


def _needs_document(unit: Unit) -> bool:
    return not any(numbers_in(unit.text))


def _document_span(unit: Unit) -> Span | None:
    """What names the document: its number, else its title."""
    spans = unit.document.header.spans
    if unit.document.header.number and "number" in spans:
        return spans["number"]
    return spans.get("title")


def _bare(text: str) -> str:
    return " ".join(folded(text))
