"""Short names that a document gives: «… (sau đây viết tắt là Quy chế 238)», «… (HĐND)»."""

import re
from collections.abc import Iterator

from corpus.model import Definition, Span
from corpus.text import UPPER, fold

_NAMED = re.compile(
    r"\(\s*(?:sau đây\s+)?(?:được\s+)?(?:gọi(?:\s+(?:tắt|chung))?|viết tắt)\s+là\s*:?\s*"
    r"[\"“”']?(?P<short>[^()\"“”';,.]{2,60}?)[\"“”']?\s*\)",
    re.IGNORECASE,
)
_INITIALS = re.compile(rf"\(\s*[\"“]?(?P<short>[{UPPER}]{{2,9}})[\"”]?\s*\)")
_WORD = re.compile(r"[^\W\d_]+")
_JOINING = frozenset("va cua ve cac trong cho".split())
_LONGEST = 200
"""Characters before the bracket that may be meant."""
_ENDS = re.compile(r"[.;:\n](?:\s|$)|[()]")
_KINDS = (
    "Quyết định|Kế hoạch|Quy chế|Quy định|Chương trình|Nghị quyết|Nghị định|Thông tư|Chỉ thị"
    "|Kết luận|Đề án|Luật|Bộ luật|Hướng dẫn|Công văn|Báo cáo"
)
_CITED = re.compile(rf"(?:{_KINDS})(?=\s+(?:phối hợp\s+)?(?:số|[{UPPER}\d]))")
_ALIAS = re.compile(rf"(?:{_KINDS})\b.*\d", re.IGNORECASE)


def definitions(text: str) -> Iterator[Definition]:
    """The short names that a text defines, in order."""
    for match in _NAMED.finditer(text):
        short = " ".join(match["short"].split())
        before = _clause_before(text, match.start())
        alias = _ALIAS.match(short)
        long = _cited(text, before) if alias else _by_initials(text, before, short)
        if long:
            yield Definition(short, long)
    for match in _INITIALS.finditer(text):
        found = _by_initials(text, _clause_before(text, match.start()), match["short"])
        if found:
            yield Definition(match["short"], found)


def _clause_before(text: str, end: int) -> Span:
    start = max(0, end - _LONGEST)
    for boundary in _ENDS.finditer(text, start, end):
        start = boundary.end()
    return Span(start, end)


def _by_initials(text: str, before: Span, short: str) -> Span | None:
    """The words just before whose initials are `short`; joining words may be left out of it."""
    words = list(_WORD.finditer(text, before.start, before.end))
    wanted = [fold(letter) for letter in short if letter.isalpha()]
    end = words[-1].end() if words else 0
    if not words or text[end : before.end].strip():
        return None
    while wanted and words:
        word = words.pop()
        if fold(word.group())[0] == wanted[-1]:
            wanted.pop()
            start = word.start()
        elif fold(word.group()) not in _JOINING or len(wanted) == len(short):
            return None
    return Span(start, end) if not wanted else None


def _cited(text: str, before: Span) -> Span | None:
    """The document named last before the bracket."""
    found = [m.start() for m in _CITED.finditer(text, before.start, before.end)]
    return Span(found[-1], before.start + len(before.of(text).rstrip())) if found else None
