"""What a document says of itself: type, number, date, issuer, title, signer, recipients.

Read from where Nghị định 30/2020/NĐ-CP, Phụ lục I puts them, and where that part is lost, from what
the body tells. What is not there stays None.
"""

import re
from dataclasses import dataclass

from corpus.agency import issuer_from_body, issuer_from_header
from corpus.canonical import CanonicalText
from corpus.document_number import NUMBER, TYPES, tidy, type_of
from corpus.markers import ANNEX, ARTICLE, CHAPTER, ROMAN, marker_of
from corpus.model import Header, Span
from corpus.text import LOWER, UPPER

_NATION = re.compile(
    r"CỘNG H(?:ÒA|OÀ|ÓA) XÃ HỘI CHỦ NGH[ĨÍ]A VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"(?:^|[|\s])(?:Luật |Nghị quyết |Pháp lệnh |Bộ luật )?[Ss]ố\s*:?\s*")
_BLANK_NUMBER = re.compile(r"[.…_\s]*[-/]")
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\d,:;|]{1,35}), ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*"
    r"(?P<month>\d{0,2})[\s.…]*năm\s*(?P<year>\d{4})?"
)
_PASSED = re.compile(
    r"thông qua ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm (?P<year>\d{4})"
)
_TYPE_LINE = re.compile(
    rf"({'|'.join(sorted((t.upper() for t in TYPES), key=len, reverse=True))})\b"
)
_SUBJECT = re.compile(r"\(?(V/v|Về việc)\b")
_BODY_OPENER = re.compile(
    r"Căn cứ|Thực hiện (?!chính)|Thi hành"
    r"|Triển khai (?:thực hiện )?(?:Quyết|Nghị|Chỉ|Kế|Công|Thông|Kết)"
    r"|Theo |Xét |Để |Nhằm |Ngày \d|Thời gian qua|Trong |Trên cơ sở|.{0,60}nhận được |Kính gửi"
)
_AUTHORITY = re.compile(
    r"(QUỐC HỘI|CHÍNH PHỦ|BỘ TRƯỞNG|THỐNG ĐỐC|CHỦ TỊCH|GIÁM ĐỐC|HỘI ĐỒNG NHÂN DÂN|[UỦ][YỶ] BAN)\b"
)
_TAIL = re.compile(r"\|?\s*Nơi nhận")
_SIGNING = re.compile(
    rf"(?:(?:KT|TM|TL|TUQ|Q)\.|[TK]/[MTL])\s*[{UPPER}]"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|CHÁNH|TRƯỞNG|BỘ TRƯỞNG|THỦ TƯỚNG|THỨ TRƯỞNG|TỔNG"
    r"|THỐNG ĐỐC)"
)
_WORD = rf"[{UPPER}][{LOWER}]+"
_PERSON = re.compile(rf"{_WORD}(?: {_WORD}){{1,5}}$")
_LONGEST_BARE_TITLE = 200
_OPEN_ENDS = (".", ";", ":", ",", "!", "?", "…")
_ATTACHED = re.compile(r"(QUY CHẾ|QUY ĐỊNH|PHỤ LỤC|ĐỀ ÁN|DANH MỤC|KẾ HOẠCH|CHƯƠNG TRÌNH)\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """The header read, and which paragraphs it took: `[0, body)` and `[tail, attachment)`.

    `titles` are the indexes of the paragraphs that make the title.
    """

    header: Header
    body: int
    tail: int
    attachment: int
    titles: range


def read_frame(canonical: CanonicalText) -> Frame:
    """Everything around the body. Never fails: what cannot be read stays None."""
    return _Reading(canonical).frame()


class _Reading:
    def __init__(self, canonical: CanonicalText) -> None:
        self.text = canonical.text
        self.spans = [p.span for p in canonical.paragraphs]
        self.lines = [span.of(self.text) for span in self.spans]
        self.found: dict[str, Span] = {}

    def frame(self) -> Frame:
        top = self._top()
        kind, titles = self._type_and_title(top)
        body = self._after_addressees(max(top, titles.stop))
        tail, attachment = self._tail(body)
        number, blank = self._number(body)
        place, date = self._date(body, tail, attachment)
        header = Header(
            type=kind or (type_of(number) if number else None) or self._dispatch(body),
            number=number,
            date=date,
            issuer=self._issuer(top, body, place),
            title=self._title(titles),
            signer=self._signer(tail, attachment),
            recipients=self._recipients(tail, attachment),
            addressees=self._addressees(body),
            number_blank=blank,
            spans=self.found,
        )
        return Frame(header, body, tail, attachment, titles)

    def _top(self) -> int:
        """How many paragraphs stand before type, subject, addressee or body."""
        for i, line in enumerate(self.lines[:25]):
            if _TYPE_LINE.match(line) and line.isupper():
                return i
            if _SUBJECT.match(line) or line.startswith("Kính gửi"):
                return i
            if marker_of(line) or _BODY_OPENER.match(line):
                return i
        return 0

    def _type_and_title(self, top: int) -> tuple[str | None, range]:
        line = self.lines[top] if top < len(self.lines) else ""
        match = _TYPE_LINE.match(line)
        if match and line.isupper():
            kind = next(t for t in TYPES if t.upper() == match.group(1))
            self.found["type"] = Span(self.spans[top].start, self.spans[top].start + match.end())
            start = top if len(line) > match.end() + 3 else top + 1
            return kind, range(start, self._title_end(start + (start == top)))
        if _SUBJECT.match(line):
            return None, range(top, self._title_end(top + 1))
        if top <= 1 and self._bare_title():
            return None, range(1)
        return None, range(top, top)

    def _bare_title(self) -> bool:
        """Whether a text without any header opens with a short line that names it."""
        line = self.lines[0] if len(self.lines) > 1 else ""
        if not line or len(line) > _LONGEST_BARE_TITLE or line.endswith(_OPEN_ENDS) or "|" in line:
            return False
        framed = (_NATION, _NUMBER_LINE, _PLACE_DATE, _TAIL)
        return not marker_of(line) and not any(part.search(line) for part in framed)

    def _title_end(self, start: int) -> int:
        for i in range(start, min(start + 4, len(self.lines))):
            line = self.lines[i]
            marker = marker_of(line)
            opens = _BODY_OPENER.match(line) or (i > start and _AUTHORITY.match(line))
            if opens or (marker and marker.rank <= ROMAN) or _PLACE_DATE.search(line):
                return i
            if i > start and (line.endswith((".", ";")) or len(line) > 400):
                return i
        return min(start + 1, len(self.lines))

    def _title(self, titles: range) -> str | None:
        if not titles:
            return None
        span = Span(self.spans[titles.start].start, self.spans[titles.stop - 1].end)
        text = re.sub(r"\s+", " ", span.of(self.text))
        kind = self.found.get("type")
        if kind and kind.start == span.start:
            text = text[kind.end - kind.start :]
        self.found["title"] = span
        return text.strip().removeprefix("(").rstrip(" .;,:/") or None

    def _after_addressees(self, start: int) -> int:
        i = start
        while i < len(self.lines) and i < start + 6:
            if self.lines[i].startswith("Kính gửi"):
                i += 1
                while i < len(self.lines) and self.lines[i].startswith(("-", "–", "+")):
                    i += 1
                return i
            if _BODY_OPENER.match(self.lines[i]) or marker_of(self.lines[i]):
                break
            i += 1
        return start

    def _addressees(self, body: int) -> tuple[str, ...]:
        start = next((i for i in range(body) if self.lines[i].startswith("Kính gửi")), None)
        if start is None:
            return ()
        inline = self.lines[start].partition(":")[2]
        listed = [inline, *self.lines[start + 1 : body]]
        self.found["addressees"] = Span(self.spans[start].start, self.spans[body - 1].end)
        parts = [part for line in listed for part in line.split(";")]
        return tuple(_plain(part) for part in parts if _plain(part))

    def _number(self, body: int) -> tuple[str | None, bool]:
        for i, line in enumerate(self.lines[:body]):
            match = _NUMBER_LINE.search(line)
            if not match or _SUBJECT.match(line):
                continue
            rest = line[match.end() :]
            number = NUMBER.match(rest)
            start = self.spans[i].start
            if number:
                self.found["number"] = Span(
                    start + match.start(), start + match.end() + number.end()
                )
                return tidy(number.group()), False
            if _BLANK_NUMBER.match(rest):
                self.found["number"] = self.spans[i]
                return None, True
        return None, False

    def _date(self, body: int, tail: int, end: int) -> tuple[str | None, str | None]:
        for i, line in enumerate(self.lines[:body]):
            match = _PLACE_DATE.search(line)
            if match:
                place = re.split(r"\s{2,}|\||\d\S*\s+|UBND-\w+\s+", match["place"])[-1].strip()
                name = _clean_place(place)
                start, length = self.spans[i].start, len(name or match["place"])
                self.found["date"] = Span(start + match.end("place") - length, start + match.end())
                return name, _iso(match)
        for i in range(max(body, tail - 3), min(tail + 12, end)):
            line = self.lines[i]
            match = _PASSED.search(line) or (_PLACE_DATE.match(line) if len(line) < 70 else None)
            if match:
                self.found["date"] = self.spans[i]
                return None, _iso(match)
        return None, None

    def _issuer(self, top: int, body: int, place: str | None) -> str | None:
        rest = self.text[self.spans[body].start :] if body < len(self.spans) else ""
        lines = [_NATION.split(line)[0].split("|")[0] for line in self.lines[:top]]
        capitals = []
        for line in lines:
            words = _NUMBER_LINE.split(line)[0].rstrip("-_*. \t").strip()
            if words and words.isupper() and not NUMBER.search(words):
                capitals.append(words)
        return issuer_from_header(capitals, rest) or issuer_from_body(rest, place)

    def _dispatch(self, body: int) -> str | None:
        subject = any(_SUBJECT.match(line) for line in self.lines[:body])
        addressed = any(line.startswith("Kính gửi") for line in self.lines[:body])
        return "Công văn" if subject or addressed else None

    def _tail(self, body: int) -> tuple[int, int]:
        """Where recipients and signature stand, and where an attachment begins after them."""
        count = len(self.lines)
        start = next((i for i in range(body, count) if _TAIL.match(self.lines[i])), None)
        if start is None:
            signed = (i for i in range(body, count) if _is_signing(self.lines[i]))
            start = next(signed, count)
        while start > body and _is_signing(self.lines[start - 1]):
            start -= 1
        for i in range(start + 1, count):
            marker = marker_of(self.lines[i])
            opens = marker and marker.rank in (ANNEX, CHAPTER, ARTICLE, ROMAN)
            if opens or (self.lines[i].isupper() and _ATTACHED.match(self.lines[i])):
                return start, i
        return start, count

    def _recipients(self, tail: int, end: int) -> tuple[str, ...]:
        listed: list[str] = []
        for line in self.lines[tail:end]:
            left = line.split("|")[0] if "Nơi nhận" in line else line
            items = re.split(r"(?:^|[:;]\s*)[-–]\s*", left)[1:]
            listed += [_plain(item) for item in items]
        return tuple(item for item in listed if item and not item.startswith("Lưu"))

    def _signer(self, tail: int, end: int) -> str | None:
        signing = False
        for i in range(tail, end):
            line = re.sub(r"\|?\s*\(\s*[Đđ]ã ký\s*\)", " ", self.lines[i])
            signing = signing or bool(_SIGNING.search(line.rpartition("|")[2]))
            match = _PERSON.search(line.strip()) if signing else None
            if match and not line.startswith("-"):
                self.found["signer"] = Span(self.spans[i].start, self.spans[i].end)
                return match.group()
        return None


def _is_signing(line: str) -> bool:
    text = line.rpartition("|")[2].strip()
    return bool(_SIGNING.match(text)) and (text.isupper() or "|" in line)


def _plain(item: str) -> str:
    return item.lstrip("-–+ ").rstrip(" .;,")


def _clean_place(place: str) -> str | None:
    words = re.findall(rf"{_WORD}(?: {_WORD}){{0,3}}$", place)
    return words[0] if words else None


def _iso(match: re.Match[str]) -> str | None:
    if not match["year"]:
        return None
    parts = [match["year"]]
    if match["month"]:
        parts.append(f"{int(match['month']):02d}")
        if match["day"]:
            parts.append(f"{int(match['day']):02d}")
    return "-".join(parts)
