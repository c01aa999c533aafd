"""What a question asks for, and what must hold of its answer. Pure; works on folded words.

Cues are written folded (no diacritics, small letters), so that hasty typing reads the same.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.document_number import numbers_in, tidy
from corpus.text import LOWER, UPPER, fold
from retrieval.query import Query, composed, is_plain, told, understand
from retrieval.terms import folded


class Asks(StrEnum):
    """The kind of answer that is wanted."""

    QUANTITY = "quantity"
    SIGNER = "signer"
    PERSON = "person"
    NUMBER = "number"
    DATE = "date"
    DOCUMENT = "document"
    SUBJECT = "subject"
    AGENCY = "agency"
    TASKS = "tasks"
    LIST = "list"
    OPEN = "open"


_DOCUMENT = (
    r"(?:ke hoach|nghi quyet|quyet dinh|cong van|van ban|chuong trinh(?: phoi hop)?|chi thi"
    r"|thong tu|nghi dinh|bao cao|luat|ket luan|quy che|quy dinh|huong dan|de an|thong bao"
    r"|to trinh)"
)
_ROLE = (
    r"(?:pho )?(?:chu tich|giam doc|bi thu|truong (?:ban|phong)|chanh van phong|bo truong"
    r"|cuc truong)"
)
_CUES: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (Asks.SIGNER, re.compile(r"\b(ai|nguoi nao|dong chi nao)( da)? ky\b|nguoi ky|ky (boi|ten) ai")),
    (Asks.NUMBER, re.compile(r"\b(co|mang|la)? ?so (bao nhieu|may|van ban|hieu)\b|so ky hieu")),
    (
        Asks.PERSON,
        re.compile(
            rf"\b{_ROLE}\b.*\b(la ai|ten (la )?gi)\b|\bai (la|lam|giu chuc) {_ROLE}\b"
            r"|\b(ong|ba) nao\b"
        ),
    ),
    (
        Asks.QUANTITY,
        re.compile(r"\bbao nhieu\b|\bmay (nguoi|buoi|lan|vu|lop|cuoc|don vi|xa|thon|ngay)\b"),
    ),
    (Asks.DOCUMENT, re.compile(rf"\b{_DOCUMENT} (nao|so may|gi)\b|o dau quy dinh")),
    (
        Asks.SUBJECT,
        re.compile(
            r"\bve (viec|noi dung|van de|cai)? ?(gi|nao)\b|\bnoi dung (gi|la gi|nao)\b|la gi\b"
        ),
    ),
    (
        Asks.AGENCY,
        re.compile(r"\bai\b|\b(don vi|co quan|so|nganh|to chuc|dia phuong|xa|huyen) nao\b"),
    ),
    (
        Asks.TASKS,
        re.compile(
            r"\b(duoc giao|giao|trach nhiem|nhiem vu|phai|can) .*\b(gi|nao)\b|\blam gi\b|thi sao"
        ),
    ),
    (
        Asks.DATE,
        re.compile(
            r"\b(ngay|thang|nam|quy) nao\b|\bkhi nao\b|\bbao gio\b|\bhan (cuoi|chot)\b|thoi han"
        ),
    ),
    (
        Asks.LIST,
        re.compile(r"\b(nhung|cac) .*\b(nao|gi)\b|\bliet ke\b|\bgom (nhung )?(gi|nao)\b"),
    ),
)
_WANTED_TYPE = re.compile(rf"\b({_DOCUMENT}) (?:nao|so may|gi)\b")
_SEVERAL = re.compile(r"\b(nhung|cac)\b")
_COUNTED = "nguoi|buoi|lan|vu|lop|cuoc|don vi|xa|thon|ngay"
_FOCUS = re.compile(rf"\b(?:bao nhieu|may(?= (?:{_COUNTED}))) ([a-z]+)(?: ([a-z]+))?")
_NOT_COUNTED = frozenset("duoc la co trong cua cho ve nao gi va tai do".split())
_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/])")
_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)\b")
_LONG_DATE = re.compile(
    r"ng[aà]y (\d{1,2}) th[aá]ng (\d{1,2}) n[aă]m ((?:19|20)\d\d)", re.IGNORECASE
)
_SHORT_NUMBER = re.compile(rf"\b({_DOCUMENT})(?: so)? (\d{{1,4}})(?![\d/.-])(?! thang)")
_LEVEL = re.compile(r"\b(?:tinh|thanh pho|huyen|xa|phuong|thi xa|thi tran) ([a-z]+ [a-z]+)\b")
_NAME = re.compile(rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+")
_AGENCY_ENDS = (
    "được|phải|có|là|giao|làm|trong|theo|thì|chủ|phối|bố trí|tổ chức|nhiệm vụ|báo cáo|trước|căn cứ"
)
_AGENCY = re.compile(
    rf"\bSở [{UPPER}][{LOWER}]+(?:(?:, | và | )[{UPPER}]?[{LOWER}]+(?= |,|\?|$)){{0,6}}?"
    rf"(?= (?:{_AGENCY_ENDS})\b|[?,.]|$)"
)
"""A department named in full; offices of other names are looked for as proper names."""
_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_OPENING = re.compile(r"^(?:Theo|Trong|Tại|Ở|Từ|Đến|Cho|Các|Những|Sau|Trước|Hiện|Năm|Do|Khi) ")
_NOT_NAMES = frozenset(
    "uy doan de den cac nhung nao co da la cua trong duoc nam ve thi giao ky neu dat va voi theo "
    "tai bao so gom chua phai".split()
)
_NOT_NAMED = frozenset(
    ("ban hanh", "thuc hien", "to chuc", "quy dinh", "trien khai", "phat sinh", "hien nay")
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question made whole, and its constraints.

    `content` are its telling syllables; `focus` what is counted; `numbers` cited document numbers
    and `short_numbers` like («ke hoach», «57»); `names` folded proper names; `years`, `dates`;
    `shares` the percentages it gives; `wanted_types` the folded document types asked for
    («quyet dinh» of «quyết định nào»).
    """

    text: str
    query: Query
    asks: frozenset[Asks]
    content: tuple[str, ...]
    focus: tuple[str, ...]
    numbers: tuple[str, ...]
    short_numbers: tuple[tuple[str, str], ...]
    years: frozenset[str]
    dates: frozenset[str]
    names: frozenset[str]
    agencies: frozenset[str]
    shares: frozenset[str]
    wanted_types: tuple[str, ...]
    several: bool

    @property
    def numbered(self) -> bool:
        """Whether it names a document by its number."""
        return bool(self.numbers or self.short_numbers)

    def wants(self, *kinds: Asks) -> bool:
        """Whether any of these kinds of answer is asked for."""
        return any(kind in self.asks for kind in kinds)


def read_question(text: str, understood: Callable[[str], Query] = understand) -> Question:
    """Read one question that stands on its own; `understood` is how a corpus understands it."""
    text = composed(text)
    query = understood(text)
    plain = fold(query.text)
    bare = _without_numbers(query.text)
    asks = frozenset(kind for kind, cue in _CUES if cue.search(plain)) or frozenset({Asks.OPEN})
    return Question(
        text=text,
        query=query,
        asks=asks,
        content=tuple(syllable for syllable, tells in told(query.text) if tells),
        focus=_focus(plain),
        numbers=tuple(tidy(s.of(query.text)) for s in numbers_in(query.text)),
        short_numbers=tuple((m[1], m[2].lstrip("0")) for m in _SHORT_NUMBER.finditer(fold(bare))),
        years=years_in(query.text),
        dates=dates_in(query.text),
        names=_names(bare, typed_plain=is_plain(text)),
        agencies=frozenset(" ".join(folded(m.group())) for m in _AGENCY.finditer(query.text)),
        shares=shares_in(query.text),
        wanted_types=tuple(m[1] for m in _WANTED_TYPE.finditer(plain)),
        several=bool(_SEVERAL.search(plain)),
    )


def dates_in(text: str) -> frozenset[str]:
    """Full dates as `d/m/yyyy`, however they are written."""
    found = [*_DATE.finditer(text), *_LONG_DATE.finditer(text)]
    return frozenset(f"{int(m[1])}/{int(m[2])}/{m[3]}" for m in found)


def shares_in(text: str) -> frozenset[str]:
    """Percentages, without white space: `78,4%`."""
    return frozenset(re.sub(r"\s", "", found) for found in _SHARE.findall(text))


def years_in(text: str) -> frozenset[str]:
    """Years that a text speaks of; those inside document numbers and full dates do not count."""
    bare = _LONG_DATE.sub(" ", _DATE.sub(" ", _without_numbers(text)))
    spans = re.findall(r"((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)", bare)
    return frozenset(_YEAR.findall(bare)) | {year for pair in spans for year in pair}


def _without_numbers(text: str) -> str:
    for span in reversed(list(numbers_in(text))):
        text = f"{text[: span.start]} {text[span.end :]}"
    return text


def _focus(plain: str) -> tuple[str, ...]:
    match = _FOCUS.search(plain)
    return tuple(s for s in match.groups() if s and s not in _NOT_COUNTED) if match else ()


def _names(text: str, *, typed_plain: bool) -> frozenset[str]:
    """Places and other proper names: capitalised together; typed small, after their level."""
    if not typed_plain or any(c.isupper() for c in text[1:]):
        found = (_OPENING.sub("", match.group()) for match in _NAME.finditer(text))
        return frozenset(fold(name) for name in found if " " in name)
    named = (match[1] for match in _LEVEL.finditer(" ".join(folded(text))))
    return frozenset(
        name for name in named if not _NOT_NAMES & set(name.split()) and name not in _NOT_NAMED
    )
