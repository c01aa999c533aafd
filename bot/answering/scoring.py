"""How well a unit answers a question. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.addressee import names_addressee
from bot.answering.constraints import missing
from bot.answering.evidence import Unit, words
from bot.answering.holds import counts, is_own_number, names_other_document, tells_time
from bot.answering.question import Asks, Question
from corpus.document_number import numbers_in
from corpus.model import BlockKind
from corpus.passages import headings
from retrieval.query import ASKING
from retrieval.terms import folded, pairs

_TIERS = (("text", 1.0), ("before", 0.7), ("above", 0.7), ("about", 0.6), ("paragraph", 0.4))
"""Where a term of the question may stand, and what it is worth there."""
_CUE_WORDS = {
    Asks.TASKS: frozenset("giao duoc lam nhiem vu viec phai trach".split()),
    Asks.SUBJECT: frozenset("noi dung van de viec ten".split()),
    Asks.AGENCY: frozenset("don vi co quan dia phuong phai".split()),
    Asks.DOCUMENT: frozenset("ban hanh".split()),
    Asks.LIST: frozenset("neu rut ra".split()),
}
"""Words that say what kind of answer is wanted, and nothing of what it is about."""
_TOLD_BY_TITLES = (Asks.SUBJECT, Asks.DOCUMENT, Asks.OPEN)
_NUMBERING = re.compile(r"^\W*(?:[\d.]+|[IVX]+|[a-zđ])[.)]\s+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit with its score and what is missing from it (empty: it may answer)."""

    unit: Unit
    score: float
    support: float
    missing: tuple[str, ...]


def judge(question: Question, unit: Unit, weights: Mapping[str, float]) -> Judged:
    """Score one unit. `weights` are the rarities of the question's terms."""
    wanted = terms_of(question)
    total = sum(weights[term] for term in wanted) or 1.0
    places = [(words(getattr(unit, place)), worth) for place, worth in _TIERS]
    direct = covered = found = 0.0
    for term in wanted:
        weight = weights[term]
        worth = max((worth for there, worth in places if there.has(term)), default=0.0)
        covered += weight * worth
        found += weight * (worth > 0)
        direct += weight * any(there.has(term) for there, _ in places[:2])
    score = covered / total + _fit(question, unit) + 0.15 * unit.hit - _length_cost(unit)
    lacking = missing(question, unit, found / total, direct / total)
    return Judged(unit, score, found / total, lacking)


def terms_of(question: Question) -> list[str]:
    """The telling syllables of a question and the pairs of them.

    Words that only say what kind of answer is wanted («được giao làm gì») tell nothing here.
    """
    skipped = set(ASKING).union(*(_CUE_WORDS.get(asks, ()) for asks in question.asks))
    singles = folded(question.query.text)
    telling = [p for p in pairs(singles) if not skipped & set(p.split("_"))]
    return list(dict.fromkeys([*(s for s in singles if s not in skipped), *telling]))


def _fit(question: Question, unit: Unit) -> float:
    """A bonus where the unit holds the kind of thing that is asked for."""
    text = unit.text
    bonus = 0.0
    if question.wants(Asks.QUANTITY) and counts(question, unit):
        bonus += 0.25
    if question.wants(Asks.DOCUMENT) and names_other_document(question, text):
        bonus += 0.15
    if question.wants(Asks.DATE) and tells_time(text):
        bonus += 0.2
    if any(is_own_number(number, unit) for number in question.numbers):
        bonus += 0.25
    if unit.items:
        bonus += _list_fit(question, unit)
    if unit.block.kind is BlockKind.TITLE and not question.wants(*_TOLD_BY_TITLES):
        bonus -= 0.25
    if question.wants(Asks.TASKS) and names_addressee(question, unit):
        bonus += 0.35
    return bonus + _heading_fit(question, unit)


def _list_fit(question: Question, unit: Unit) -> float:
    """Whether a whole list is what is asked for."""
    if question.wants(Asks.DOCUMENT) and _lists_documents(unit):
        return 0.25
    if question.wants(Asks.DOCUMENT, Asks.AGENCY):
        return -0.3
    if question.wants(Asks.LIST, Asks.TASKS):
        return 0.25
    return 0.0 if unit.block.kind is BlockKind.HEADING else -0.3


def _lists_documents(unit: Unit) -> bool:
    """Whether every entry names a document («thay thế các quyết định sau: …»)."""
    text = unit.document.text
    return len(unit.items) > 1 and all(any(numbers_in(item.of(text))) for item in unit.items)


def _heading_fit(question: Question, unit: Unit) -> float:
    """A bonus where a heading right above is what the question is about («3. Nguyên nhân»)."""
    blocks, text = unit.document.document.blocks, unit.document.text
    path = headings(text, blocks, unit.index)
    own = unit.block.heading.of(text)
    name = " ".join(folded(_NUMBERING.sub("", own or (path or ("",))[-1])))
    asked = " ".join(folded(question.query.text))
    if len(name.split()) < 2 or f" {name} " not in f" {asked} ":
        return 0.0
    return 0.3 if asked.find(name) < 25 else 0.1


def _length_cost(unit: Unit) -> float:
    length = unit.span.end - unit.span.start
    return 0.12 * max(0, length - 250) / 350 if not unit.items else 0.0
