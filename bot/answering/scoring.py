"""How well a unit answers a question. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.addressee import names_addressee
from bot.answering.constraints import missing
from bot.answering.evidence import Unit, Words, words
from bot.answering.holds import counts, is_own_number, names_other_document, tells_time
from bot.answering.question import Asks, Question
from corpus.document_number import numbers_in
from corpus.model import BlockKind
from corpus.passages import headings
from retrieval.query import telling_terms
from retrieval.terms import folded

_TIERS = (("text", 1.0), ("before", 0.7), ("above", 0.7), ("about", 0.6), ("paragraph", 0.4))
"""Where a term of the question may stand, and what it is worth there."""
_CUE_WORDS = {
    Asks.TASKS: ("giao", "làm", "nhiệm vụ", "việc", "phải", "trách nhiệm"),
    Asks.SUBJECT: ("nội dung", "vấn đề", "việc", "tên"),
    Asks.AGENCY: ("đơn vị", "cơ quan", "địa phương", "phải"),
    Asks.DOCUMENT: ("ban hành", "văn bản"),
    Asks.LIST: ("nêu", "rút ra"),
}
"""Words that say what kind of answer is wanted, and nothing of what it is about."""
_TOLD_BY_TITLES = (Asks.SUBJECT, Asks.DOCUMENT, Asks.OPEN)
_NAMES_SEVERAL = re.compile(
    r"\bgồm:? |\b(?:[Cc]ác|0?\d+) (?:xã|phường|thôn|huyện|sở|đơn vị)\b[^.;]*,"
)
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
        held = [(there, worth) for there, worth in places if _holds(there, term, wanted, weights)]
        worth = max((worth for _, worth in held), default=0.0)
        covered += weights[term] * worth
        found += weights[term] * (worth > 0)
        direct += weights[term] * any(there in (places[0][0], places[1][0]) for there, _ in held)
    score = covered / total + _fit(question, unit) + 0.15 * unit.hit - _length_cost(unit)
    lacking = missing(question, unit, found / total, direct / total)
    return Judged(unit, score, found / total, lacking)


def _holds(there: Words, term: str, wanted: Sequence[str], weights: Mapping[str, float]) -> bool:
    """Whether a term stands there; a syllable of a word that the corpus knows, within that word.

    «họp» and «báo» of «họp báo» are not found in «phối hợp» and «báo cáo».
    """
    if "_" in term or not there.has(term):
        return there.has(term)
    around = [p for p in wanted if "_" in p and term in p.split("_") and weights[p] > weights[term]]
    return not around or any(there.has(pair) for pair in around)


def terms_of(question: Question) -> list[str]:
    """The telling syllables of a question and the pairs of them.

    Words that only say what kind of answer is wanted («được giao làm gì») tell nothing here.
    """
    idle = [word for asks in question.asks for word in _CUE_WORDS.get(asks, ())]
    idle += question.wanted_types
    return telling_terms(question.query.text, idle)


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
    if question.several and question.wants(Asks.AGENCY, Asks.LIST) and _NAMES_SEVERAL.search(text):
        bonus += 0.15
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
    if question.asks >= {Asks.DOCUMENT, Asks.LIST} and _lists_documents(unit):
        return 0.25
    if question.wants(Asks.DOCUMENT, Asks.AGENCY):
        return -0.3
    if question.wants(Asks.LIST, Asks.TASKS):
        return 0.25
    if unit.block.kind is not BlockKind.HEADING:
        return -0.3
    return -0.1 if question.numbers else 0.0  # the sentence that names the number tells more


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
