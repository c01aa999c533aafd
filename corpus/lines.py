"""Printed lines back into paragraphs: what a PDF printer or a scanner broke is joined again.

Nothing is invented: a joined line keeps its words, a number broken at its hyphen closes up, and a
page number standing alone is left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.markers import ARABIC, DASH, PLUS, Marker, follows, marker_of
from corpus.text import TracedText, join

_TERMINAL = (".", ";", ":", "!", "?", "…", "/.")
_OPEN_END = re.compile(r"[^\W_][-/]$")
_STANDALONE = re.compile(
    r"(Kính gửi|Nơi nhận|V/v\b|Số\s*:|Số\s+\d+\s*[-/]|CỘNG H[ÒO]|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\b"
    r"|(KT|TM|TL|TUQ|Q)\.\s|[TK]/[MTL]\b|[^\W\d_][\w ]{2,30}, ngày\b)"
)
_PAGE_NUMBER = re.compile(r"[-–\s]*(\d{1,3})[-–\s]*$")
_CELLS = re.compile(r"\S(?: {3,}|\t+)\S|\S {2,}\S.*?\S {2,}\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line: its words, the empty lines before it, and if it was marked a heading."""

    words: TracedText
    gap: int
    heading: bool = False

    @property
    def text(self) -> str:
        """The words as a plain string."""
        return self.words.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined lines, and whether the source marked them as a heading or laid them out as a row."""

    words: TracedText
    heading: bool = False
    row: bool = False


def paragraphs(lines: Sequence[Line], *, markdown: bool) -> list[Paragraph]:
    """Join what belongs together. `markdown` sources keep a paragraph on one line."""
    kept = [line for line in _without_page_numbers(lines) if line.text]
    layout = _Layout.of(kept)
    groups: list[list[Line]] = []
    numbers: dict[int, str] = {}
    for line in kept:
        previous = groups[-1][-1] if groups else None
        marker = layout.marker(line, previous, numbers)
        if previous and not marker and layout.continues(previous, line, groups[-1][0], markdown):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of one file are laid out: the width of a full line, and whether they wrap."""

    width: int
    wrapped: bool
    gap: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "_Layout":
        lengths = sorted(len(line.text) for line in lines) or [0]
        pairs = list(pairwise(lines))
        runs_on = sum(b.text[:1].islower() and not marker_of(b.text) for a, b in pairs)
        gaps = sorted(line.gap for line in lines) or [0]
        width = lengths[int(len(lengths) * 0.9)]
        wrapped = bool(pairs) and width < 140 and runs_on / len(pairs) > 0.15
        return cls(width, wrapped, gaps[len(gaps) // 2])

    def marker(self, line: Line, previous: Line | None, numbers: dict[int, str]) -> Marker | None:
        """The structural mark of `line`, unless it is the chance start of a wrapped line."""
        marker = marker_of(line.text)
        if marker is None:
            return None
        midway = self.wrapped and previous is not None and self._midway(previous)
        if midway and marker.rank in (DASH, PLUS) and not line.text[marker.length :][:1].isupper():
            return None
        if midway and marker.rank == ARABIC and not follows(marker.value, numbers.get(ARABIC, "")):
            return None
        numbers[marker.rank] = marker.value
        return marker

    def continues(self, previous: Line, line: Line, first: Line, markdown: bool) -> bool:
        """Whether `line` goes on with the paragraph that `previous` belongs to."""
        if _is_row(previous) or _is_row(line) or _STANDALONE.match(line.text):
            return False
        if _OPEN_END.search(previous.text) and line.text[:1].isalnum():
            return True
        if line.text.isupper() or previous.text.isupper():
            both = line.text.isupper() and previous.text.isupper()
            return both and marker_of(first.text) is not None
        if markdown and line.gap == 0:
            return line.heading == previous.heading
        if previous.heading or line.heading or previous.text.endswith(_TERMINAL):
            share = 0.8 if previous.text.endswith(";") else 0.9
            return self.wrapped and self._full(previous, share) and line.gap <= self.gap
        if _STANDALONE.match(previous.text):
            return line.text[:1].islower()
        return self._runs_on(previous, line, markdown)

    def _runs_on(self, previous: Line, line: Line, markdown: bool) -> bool:
        if self.wrapped:
            share = 0.72 if line.gap <= self.gap else 0.95
            return line.text[:1].islower() or self._full(previous, share)
        if len(previous.text) < 40 or (marker_of(previous.text) is None and not markdown):
            return line.text[:1].islower() and line.gap > 0 and len(previous.text) >= 40
        return line.text[:1].islower() or (markdown and len(previous.text) >= 60)

    def _full(self, line: Line, share: float = 0.72) -> bool:
        return len(line.text) >= share * self.width

    def _midway(self, line: Line) -> bool:
        return self._full(line) and not line.text.endswith(_TERMINAL)


def _is_row(line: Line) -> bool:
    return "|" in line.text or bool(_CELLS.search(line.text))


def _without_page_numbers(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out numbers that stand alone and count up page by page."""
    page, since = 0, 0
    for line in lines:
        match = _PAGE_NUMBER.match(line.text)
        value = int(match.group(1)) if match else -1
        if match and value in (page + 1, page + 2) and since >= 8:
            page, since = value, 0
            continue
        since += bool(line.text)
        yield line


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    whole = join(_closed_up(lines), " ").collapsed()
    return Paragraph(whole, any(line.heading for line in lines), any(map(_is_row, lines)))


def _closed_up(lines: Sequence[Line]) -> Iterator[TracedText]:
    """The words of the lines, put together where a hyphen or slash at the end leads on."""
    run: list[TracedText] = []
    for line in lines:
        run.append(line.words)
        if not _OPEN_END.search(line.text):
            yield join(run, "")
            run = []
    yield join(run, "")
