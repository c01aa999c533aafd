"""Numbers of documents: `208/KH-UBND`, `17-HD/BTGDVTU`, `09/2017/NĐ-CP`: find, tidy, compare.

Form after Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3 (number, slash, abbreviation of the type,
hyphen, issuing body) and Hướng dẫn 36-HD/VPTW of the Party (hyphen first, then slash).
"""

import re
from collections.abc import Iterator

from corpus.model import Span
from corpus.text import UPPER, fold

_LETTERS = rf"[{UPPER}][{UPPER}a-zđư0-9&]*"
NUMBER = re.compile(
    rf"(?<![\w/.-])\d{{1,5}}(?:\.\d{{1,3}})?[a-z]?\s?[/-]\s?(?:\d{{4}}\s?[/-]\s?)?"
    rf"{_LETTERS}(?:\s?[-/.]\s?{_LETTERS})*(?!\w)"
)
TYPE_BY_ABBREVIATION = {
    "NQ": "Nghị quyết", "QĐ": "Quyết định", "CT": "Chỉ thị", "QC": "Quy chế", "QYĐ": "Quy định",
    "TC": "Thông cáo", "TB": "Thông báo", "HD": "Hướng dẫn", "CTR": "Chương trình",
    "KH": "Kế hoạch", "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo",
    "BB": "Biên bản", "TTR": "Tờ trình", "HĐ": "Hợp đồng", "CĐ": "Công điện", "CV": "Công văn",
    "KL": "Kết luận", "NĐ": "Nghị định", "TT": "Thông tư", "TTLT": "Thông tư liên tịch",
    "GM": "Giấy mời", "QĐI": "Quy định", "QTR": "Quy trình", "LCT": "Lệnh", "PL": "Pháp lệnh",
}  # fmt: skip
_OTHER_TYPES = (
    "Luật", "Bộ luật", "Hiến pháp", "Văn bản hợp nhất", "Chiến lược",
)  # fmt: skip
TYPES = (*dict.fromkeys(TYPE_BY_ABBREVIATION.values()), *_OTHER_TYPES)


def numbers_in(text: str) -> Iterator[Span]:
    """Where document numbers stand in `text`, also with a stray space («101 -NQ/ĐU»)."""
    for match in NUMBER.finditer(text):
        yield Span(match.start(), match.end())


def tidy(number: str) -> str:
    """The number without white space: `31 /KH-UBND` becomes `31/KH-UBND`."""
    return re.sub(r"\s+", "", number)


def key(number: str) -> tuple[str, ...]:
    """What to compare: the parts, folded, whichever of slash and hyphen stands between them.

    `127/KL-TW` and `127-KL/TW` are one document; so are `05/…` and `5/…`.
    """
    parts = [fold(part).upper() for part in re.split(r"[-/.]", tidy(number)) if part]
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def same(one: str, other: str) -> bool:
    """Whether two spellings name one document; a shorter one matches as a beginning («QĐ 1640»)."""
    a, b = key(one), key(other)
    shorter = min(len(a), len(b))
    return shorter > 0 and a[:shorter] == b[:shorter]


def type_of(number: str) -> str | None:
    """The document type that the number's abbreviation tells; None for a dispatch's office code."""
    for part in re.split(r"[-/]", tidy(number))[1:]:
        found = TYPE_BY_ABBREVIATION.get(part.upper())
        if found:
            return found
        if re.match(r"QH\d+$", part):
            return "Luật"
        if not part.isdigit():
            return None
    return None
