"""A source's text as the canonical text that all spans refer to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lines import Line, Paragraph, paragraphs
from corpus.markdown import strip_marks
from corpus.model import Span
from corpus.text import INVISIBLE, TracedText, join, squeeze

_UNSEEN = re.compile(rf"[\u0300-\u036f{INVISIBLE}]")
_RULE_LINE = re.compile(r"^[\s_\-=*.…]{4,}$")


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader got out of a file, before any repair."""

    text: str
    markdown: bool = False


@dataclass(frozen=True, slots=True)
class CanonicalParagraph:
    """A paragraph of the canonical text with what the layout told of it."""

    span: Span
    heading: bool
    row: bool


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """Paragraphs separated by one newline; `origins` leads back to the source.

    `omissions` are the offsets before which words of the source were left out.
    """

    text: str
    origins: tuple[tuple[int, int], ...]
    omissions: tuple[int, ...]
    paragraphs: tuple[CanonicalParagraph, ...]


def canonicalise(source: SourceText) -> CanonicalText:
    """NFC, lines joined, broken numbers closed, page breaks healed; nothing added."""
    found = [p for p in paragraphs(list(_lines(source)), markdown=source.markdown) if len(p.words)]
    whole = join((p.words for p in found), "\n")
    origins = whole.runs()
    left_out = _omissions(whole, origins, source.text)
    return CanonicalText(whole.text, origins, tuple(left_out), tuple(_placed(found)))


def _omissions(
    whole: TracedText, origins: tuple[tuple[int, int], ...], source: str
) -> Iterator[int]:
    for offset, there in origins[1:]:
        skipped = source[whole.at[offset - 1] + 1 : there]
        if len(skipped) > 1 and squeeze(_UNSEEN.sub("", skipped)):
            yield offset


def _lines(source: SourceText) -> Iterator[Line]:
    gap = 0
    for words in _physical_lines(TracedText.of(source.text)):
        line = strip_marks(words, gap) if source.markdown else _plain(words, gap)
        if line.text:
            yield line
            gap = 0
        else:
            gap += 1


def _physical_lines(whole: TracedText) -> Iterator[TracedText]:
    start = 0
    for match in re.finditer(r"\r\n|[\n\r\f\v\x85\u2028\u2029]|$", whole.text):
        yield whole[start : match.start()]
        start = match.end()


def _plain(words: TracedText, gap: int) -> Line:
    return Line(words[0:0] if _RULE_LINE.match(words.text) else words.strip(), gap)


def _placed(found: list[Paragraph]) -> Iterator[CanonicalParagraph]:
    start = 0
    for paragraph in found:
        end = start + len(paragraph.words)
        yield CanonicalParagraph(Span(start, end), paragraph.heading, paragraph.row)
        start = end + 1
