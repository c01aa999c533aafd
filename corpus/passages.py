"""Passages: runs of whole sentences under one heading path, sized to be indexed and read."""

from collections.abc import Iterator, Sequence

from corpus.markers import PLAIN
from corpus.model import Block, BlockKind, Passage, Span
from corpus.sentences import sentences

LONGEST = 900
"""Characters; some 200 syllables, well inside the 512 tokens of the bundled model."""
SHORTEST = 350
"""A passage this long is closed where a new section begins."""
_HEADING_AT_MOST = 150
"""A heading is not left alone in front of a long sentence."""

_FRAME = (BlockKind.HEADER, BlockKind.TITLE)
_TAIL = (BlockKind.RECIPIENTS, BlockKind.SIGNATURE)
_TOP, _BODY, _END = range(3)


def cut(text: str, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """Cut a document into passages. No sentence is cut; one longer than LONGEST stays whole."""
    found: list[Passage] = []
    open_group: list[Block] = []
    paths = _heading_paths(text, blocks)
    for i, block in enumerate(blocks):
        if open_group and _closes(open_group, block):
            found.extend(_passages(text, open_group, paths[i - len(open_group) : i]))
            open_group = []
        open_group.append(block)
    if open_group:
        found.extend(_passages(text, open_group, paths[-len(open_group) :]))
    return tuple(found)


def headings(text: str, blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """The headings above a block, outermost first."""
    return _heading_paths(text, blocks[: index + 1])[index]


def _heading_paths(text: str, blocks: Sequence[Block]) -> list[tuple[str, ...]]:
    """For each block the headings above it; what stands before a signature is above nothing."""
    found: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    for block in blocks:
        if _zone(block) != _BODY:
            above = []
        while above and above[-1][0] >= block.rank:
            above.pop()
        found.append(tuple(name for _, name in above if name) if block.section else ())
        if block.rank < PLAIN:
            above.append((block.rank, block.heading.of(text)))
    return found


def _closes(group: list[Block], block: Block) -> bool:
    """Whether a passage ends before `block`."""
    if _zone(group[-1]) != _zone(block):
        return any(part.kind is not BlockKind.TITLE for part in group)
    size = group[-1].span.end - group[0].span.start
    if size + (block.span.end - block.span.start) > LONGEST:
        return group[-1].kind is not BlockKind.HEADING
    return block.rank < PLAIN and size >= SHORTEST and group[-1].kind is not BlockKind.HEADING


def _zone(block: Block) -> int:
    return _TOP if block.kind in _FRAME else _END if block.kind in _TAIL else _BODY


def _passages(text: str, group: list[Block], paths: Sequence[tuple[str, ...]]) -> Iterator[Passage]:
    index = 0
    for span in _split(text, Span(group[0].span.start, group[-1].span.end)):
        while group[index].span.end <= span.start:
            index += 1
        yield Passage(span, group[index].section, paths[index])


def _split(text: str, span: Span) -> Iterator[Span]:
    if span.end - span.start <= LONGEST:
        yield span
        return
    start, end = span.start, span.start
    for sentence in sentences(text, span):
        if end - start > _HEADING_AT_MOST and sentence.end - start > LONGEST:
            yield Span(start, end)
            start = sentence.start
        end = sentence.end
    yield Span(start, end)
