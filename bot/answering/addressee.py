"""Whose task it is: agency headings, and whether a question names one of them. Pure."""

import re

from bot.answering.evidence import Unit
from bot.answering.question import Question
from retrieval.terms import folded

_MARK = r"^\W*(?:[\d.]+[.)]?\s*)?(?:Đề nghị |Giao |Yêu cầu )?"
_AGENCY = re.compile(
    rf"{_MARK}(Sở|Ban|Bộ|UBND|HĐND|[UỦ][ỷy] ban|Hội|Đoàn|Thanh tra|Công an|Văn phòng|Trung tâm|Báo"
    r"|Đài|Các (?:sở|cơ quan|đơn vị)|Phòng|Chi cục|Cục|Mặt trận|Thường trực|Đảng ủy)\b"
)
_ACTS = re.compile(r" (?:chủ trì|chủ động|căn cứ|phối hợp)\b")
_BETWEEN = re.compile(r",\s+(?=[A-ZĐ])|;\s*| \(")


def is_agency(heading: str) -> bool:
    """Whether a heading names an agency or a group of them."""
    return bool(_AGENCY.match(heading))


def agencies(heading: str) -> list[str]:
    """The folded names in an agency heading: «5. Báo X, Đài Y:» has two."""
    bare = re.sub(rf"{_MARK}|:.*$", "", heading)
    parts = _BETWEEN.split(_ACTS.split(bare)[0])
    return [" ".join(folded(part.replace("UBND", "Ủy ban nhân dân"))) for part in (bare, *parts)]


def names_addressee(question: Question, unit: Unit) -> bool:
    """Whether the unit stands under, or begins with, an agency that the question names."""
    asked = f" {' '.join(folded(question.query.text))} "
    text = unit.document.text
    candidates = [
        unit.block.heading.of(text),
        *unit.above.split(". ")[-2:],
        unit.span.of(text)[:80],
    ]
    named = (core for heading in candidates if is_agency(heading) for core in agencies(heading))
    return any(core and f" {core} " in asked for core in named)
