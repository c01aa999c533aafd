"""Where sentences end in administrative Vietnamese, and where a long one may be quoted in part."""

import re
from collections.abc import Iterator

from corpus.model import Span
from corpus.text import UPPER

_ABBREVIATED = re.compile(
    r"(?:\b(?:TP|TX|TT|KT|TM|TL|TUQ|Q|Tr|St|ThS|TS|GS|PGS|BS|Dr|No|vs|tr|đ/c|NXB)"
    r"|(?:^|\s)\d{1,2}(?:\.\d{1,2})*|(?:^|\s)[IVX]+|(?:^|\s)[a-zđ])\.$"
)
_STOP = re.compile(rf"(?:\./\.|(?<![.!?…])[.!?…]+)[”\"')\]]*(?=\s+[\"“‘(\[-]*[{UPPER}\d]|\s*$)|\n")
_CLAUSE = re.compile(r";\s+|\)\s*(?:;|,)\s+|(?<=\))\s+(?=và\s)|\.\.\.\s+")


def sentences(text: str, within: Span) -> Iterator[Span]:
    """The sentences of `text` inside `within`, white space at their ends left out.

    A full stop after an abbreviation (TP., KT.) or a structural mark (1., a., II.) ends nothing.
    """
    start = within.start
    for match in _STOP.finditer(text, within.start, within.end):
        if match.group() == "." and _ABBREVIATED.search(
            text[max(start, match.end() - 8) : match.end()]
        ):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, within.end)


def clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The parts of a long sentence that stand on their own, cut at semicolons outside quotes."""
    start = counted = sentence.start
    quotes = brackets = 0
    for match in _CLAUSE.finditer(text, sentence.start, sentence.end):
        before = text[counted : match.start()]
        quotes += before.count("“") - before.count("”")
        brackets += before.count("(") - before.count(")")
        counted = match.start()
        if quotes > 0 or brackets > (match.group()[0] == ")"):
            continue
        cut = match.start() + len(match.group().rstrip())
        yield from _trimmed(text, start, cut)
        start = match.end()
    yield from _trimmed(text, start, sentence.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    if words.strip():
        yield Span(start + left, start + len(words.rstrip()))
