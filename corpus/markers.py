"""The marks that number an administrative document, and how they nest.

Order after Nghị định 30/2020/NĐ-CP, Phụ lục I (phần, chương, mục, điều, khoản, điểm) and the habit
of plans and reports (I., 1., 1.1., a), -, +).
"""

import re
from dataclasses import dataclass

from corpus.text import UPPER

ANNEX, PART, CHAPTER, SECTION, ARTICLE, ROMAN, ARABIC = range(7)
DECIMAL, DECIMAL3, LETTER, PLAIN, DASH, PLUS = range(7, 13)
"""Ranks of nesting, smaller is higher; PLAIN is a paragraph without a mark."""

_ROMAN = r"(?=[IVX])(?:X{0,3}(?:IX|IV|V?I{0,3}))"
_ORDINALS = "nhất|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười"
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (ANNEX, re.compile(rf"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+)?({_ROMAN}|\d{{1,2}}))?[.:]?(?=\s*$)")),
    (ANNEX, re.compile(rf"PHỤ LỤC(?:\s+({_ROMAN}|\d{{1,2}}))?[.:]?(?=\s+[{UPPER}(])")),
    (PART, re.compile(rf"(?:PHẦN|Phần)\s+(?:THỨ\s+|thứ\s+)?({_ROMAN}|{_ORDINALS})[.:]?(?=\s*$)")),
    (CHAPTER, re.compile(rf"(?:CHƯƠNG|Chương)\s+({_ROMAN}|\d{{1,2}})\b[.:]?(?!\s*,)")),
    (SECTION, re.compile(rf"(?:MỤC|Mục)\s+({_ROMAN}|\d{{1,2}})\b[.:]?(?=\s*$|\s+[A-ZÀ-ỴĐ]{{2}})")),
    (ARTICLE, re.compile(r"(?:Điều|ĐIỀU)\s+(\d{1,3}[a-zđ]?)\s*(?:[.:]|$)")),
    (ROMAN, re.compile(rf"({_ROMAN})\s*[.\-/)](?:\s+(?=[^\W\d_])|(?=[{UPPER}]))")),
    (DECIMAL3, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})\.?\s+(?=[^\W\d_“\"(])")),
    (DECIMAL, re.compile(r"(\d{1,2}\.\d{1,2})\.?\s+(?=[^\W\d_“\"(])")),
    (ARABIC, re.compile(r"(\d{1,2})\s*[.)/]\s+(?=\S)")),
    (ARABIC, re.compile(rf"(\d{{1,2}})\.(?=[{UPPER}])")),
    (LETTER, re.compile(r"([a-zđ]{1,2})\s?[).]\s+(?=\S)")),
    (DASH, re.compile(r"()[-–•*]\s*(?=[^\W_“\"(])")),
    (PLUS, re.compile(r"()\+\s*(?=\S)")),
    (DASH, re.compile(rf"(Thứ)\s+(?:{_ORDINALS})\s*[,:]\s*", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A structural mark at the start of a paragraph: its rank, its number, its length."""

    rank: int
    value: str
    length: int


def marker_of(line: str) -> Marker | None:
    """The mark that `line` starts with, or None. `line` has no white space in front."""
    for rank, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            spoken = rank == DASH and match.group(1)
            return Marker(
                rank, "" if spoken else match.group(1) or "", 0 if spoken else match.end()
            )
    return None


def follows(value: str, previous: str) -> bool:
    """Whether an arabic number is the next one after `previous` (or opens a new list)."""
    if not value.isdigit():
        return True
    return int(value) == 1 or (previous.isdigit() and int(value) - int(previous) in (1, 2))


def section_name(path: list[Marker]) -> str:
    """The place as the document numbers it: `II.3.a`, `Điều 4.2`, `Phụ lục I.2`.

    Articles are numbered through a document, so what stands above one is left out; a decimal
    number already holds the number above it.
    """
    parts: list[str] = []
    for marker in path:
        if marker.rank == ARTICLE:
            parts = [*(p for p in parts if p.startswith("Phụ lục")), f"Điều {marker.value}"]
        elif marker.rank == ANNEX:
            parts = [f"Phụ lục {marker.value}".strip()]
        elif marker.rank in _NAMES:
            parts = [*parts, f"{_NAMES[marker.rank]} {marker.value}"]
        elif marker.rank in (DECIMAL, DECIMAL3):
            head = marker.value.rpartition(".")[0]
            parts = [*(parts[:-1] if parts and parts[-1] == head else parts), marker.value]
        else:
            parts.append(marker.value)
    return ".".join(parts)


_NAMES = {PART: "Phần", CHAPTER: "Chương", SECTION: "Mục"}
