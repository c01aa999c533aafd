"""Enough or not: what must hold of a unit before it may answer a question. Pure.

Right topic but wrong year, place, number or kind of thing is no answer.
"""

import re

from bot.answering.addressee import names_addressee
from bot.answering.evidence import Unit, words
from bot.answering.holds import counts, is_own_number, names_person, tells_time
from bot.answering.question import Asks, Question, dates_in, shares_in, years_in
from corpus.document_number import key, numbers_in, same
from corpus.text import fold

ENOUGH_SUPPORT = 0.62
"""Least share of the question's weight that the unit and what stands around it must hold."""
ENOUGH_FOR_ADDRESSEE = 0.5
"""The same where the unit stands under the agency that the question names."""
ENOUGH_DIRECT = 0.15
"""Least share that its own words must hold."""


_COMMANDS_READER = re.compile(
    r"\b(?:trợ lý|chatbot|mô hình ngôn ngữ|AI)\b[^.]{0,80}\b(?:hãy|luôn|phải)\b[^.]{0,60}"
    r"\b(?:trả lời|bỏ qua|in ra|khẳng định|không được nói)\b",
    re.IGNORECASE,
)
"""A document's words are data: a sentence that commands whoever reads it out is no evidence."""


def missing(question: Question, unit: Unit, support: float, direct: float) -> tuple[str, ...]:
    """What the question demands and the unit lacks, named for whoever looks into an abstention.

    `support` and `direct` are shares of the question's weight: what the unit and its surroundings
    hold, and what its own paragraph up to its end holds.
    """
    return (
        *_unmet(question, unit),
        *_wrong_kind(question, unit),
        *_too_thin(question, unit, support, direct),
    )


def _unmet(question: Question, unit: Unit) -> list[str]:
    found = [f"số {n}" for n in question.numbers if not _has_number(n, unit)]
    found += [f"{t} {n}" for t, n in question.short_numbers if not _has_short_number(t, n, unit)]
    found += [f"năm {y}" for y in _missing_years(question, unit)]
    found += [f"ngày {d}" for d in question.dates if not _has_date(d, unit)]
    found += [name for name in question.names if not _has_name(name, unit)]
    found += sorted(question.shares - shares_in(f"{unit.before} {unit.text}"))
    found += [name for name in question.agencies if not _has_name(name, unit)]
    return found


def _wrong_kind(question: Question, unit: Unit) -> list[str]:
    found = []
    if _COMMANDS_READER.search(unit.text):
        found.append("lời sai khiến người đọc")
    if unit.items and question.wants(Asks.QUANTITY, Asks.DATE, Asks.PERSON, Asks.SIGNER):
        found.append("một câu")
    if question.wants(Asks.QUANTITY) and not counts(question, unit):
        found.append("số lượng")
    if question.wants(Asks.DATE) and not tells_time(unit.text):
        found.append("thời gian")
    if question.wants(Asks.PERSON, Asks.SIGNER) and not names_person(unit.text):
        found.append("tên người")
    return found


def _too_thin(question: Question, unit: Unit, support: float, direct: float) -> list[str]:
    found = []
    addressed = question.wants(Asks.TASKS) and names_addressee(question, unit)
    if support < (ENOUGH_FOR_ADDRESSEE if addressed else ENOUGH_SUPPORT):
        found.append(f"nội dung ({support:.2f})")
    if direct < ENOUGH_DIRECT and not addressed:
        found.append(f"trực tiếp ({direct:.2f})")
    return found


def _has_number(number: str, unit: Unit) -> bool:
    text = unit.text
    return is_own_number(number, unit) or any(same(number, s.of(text)) for s in numbers_in(text))


def _has_short_number(kind: str, number: str, unit: Unit) -> bool:
    """«Kế hoạch 57», «Quy chế 1640»: the unit says it so, or cites or is such a document."""
    header = unit.document.header
    own = header.number and key(header.number)[0] == number and fold(header.type or "-") in kind
    cited = re.compile(rf"\b{kind}\b[^.;]{{0,40}}?(?: so)? 0*{number}(?!\d|/\d)")
    return bool(own) or bool(cited.search(fold(f"{unit.before} {unit.text}")))


def _missing_years(question: Question, unit: Unit) -> list[str]:
    there = years_in(unit.text)
    if not there:
        there = years_in(f"{unit.before} {unit.above}")
    around = years_in(unit.about) | {(unit.document.header.date or "")[:4]}
    if there and not there & question.years:
        return sorted(question.years)
    return sorted(question.years - there - around - years_in(f"{unit.before} {unit.above}"))


def _has_date(date: str, unit: Unit) -> bool:
    own = unit.document.header.date or ""
    parts = own.split("-")
    iso = f"{int(parts[2])}/{int(parts[1])}/{parts[0]}" if len(parts) == 3 else ""
    return date in dates_in(unit.text) or date == iso


def _has_name(name: str, unit: Unit) -> bool:
    return any(
        words(place).says(name) for place in (unit.text, unit.before, unit.above, unit.about)
    )
