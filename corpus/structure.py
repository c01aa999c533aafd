"""The parts of a document: each paragraph with its kind, its rank and its section."""

import re
from collections.abc import Sequence

from corpus.canonical import CanonicalParagraph, CanonicalText
from corpus.header import Frame
from corpus.markers import ARTICLE, DASH, PLAIN, ROMAN, Marker, marker_of, section_name
from corpus.model import Block, BlockKind, Span

_LONGEST_HEADING = 220
_ENDING = re.compile(r"Trên đây là\b")
_COLON = re.compile(r":(?=\s|$)")


def read_blocks(canonical: CanonicalText, frame: Frame) -> tuple[Block, ...]:
    """Every paragraph as a block, in order; nothing is left out."""
    path: list[Marker] = []
    blocks: list[Block] = []
    for i, paragraph in enumerate(canonical.paragraphs):
        framed = _framed(canonical.text, i, paragraph, frame)
        if framed:
            path = []
        blocks.append(framed or _body_block(canonical, i, path))
    return tuple(blocks)


def children(blocks: Sequence[Block], index: int) -> range:
    """The indexes of the blocks that belong to the one at `index`: its list or its section."""
    lead = blocks[index]
    limit = lead.rank
    if lead.rank == PLAIN:
        before = (blocks[i].rank for i in range(index - 1, -1, -1))
        above = (rank for rank in before if rank < PLAIN)
        limit = max(ROMAN, next(above, ROMAN)) if _opens_list(blocks, index) else PLAIN
    stop = index + 1
    while stop < len(blocks) and blocks[stop].rank > limit and _below(blocks[stop], lead):
        stop += 1
    return range(index + 1, stop)


def _opens_list(blocks: Sequence[Block], index: int) -> bool:
    following = blocks[index + 1].rank if index + 1 < len(blocks) else PLAIN
    return following != PLAIN


def _below(block: Block, lead: Block) -> bool:
    framed = block.kind in (BlockKind.RECIPIENTS, BlockKind.SIGNATURE, BlockKind.HEADER)
    return block.section.startswith(lead.section) and not framed


def _framed(text: str, i: int, paragraph: CanonicalParagraph, frame: Frame) -> Block | None:
    if i in frame.titles:
        kind = BlockKind.TITLE
    elif i < frame.body:
        kind = BlockKind.HEADER
    elif frame.tail <= i < frame.attachment:
        line = paragraph.span.of(text)
        listed = "Nơi nhận" in line or line.startswith(("-", "–", "+"))
        kind = BlockKind.RECIPIENTS if listed else BlockKind.SIGNATURE
    else:
        return None
    return Block(paragraph.span, kind, PLAIN, "", Span(paragraph.span.start, paragraph.span.start))


def _body_block(canonical: CanonicalText, i: int, path: list[Marker]) -> Block:
    paragraph = canonical.paragraphs[i]
    line = paragraph.span.of(canonical.text)
    marker = None if paragraph.row else marker_of(line)
    rank = marker.rank if marker else PLAIN
    while path and (path[-1].rank >= rank or _ENDING.match(line)):
        path.pop()
    if marker and rank < PLAIN:
        path.append(marker)
    heading = _heading(canonical, i, marker)
    return Block(
        paragraph.span, _kind(paragraph, marker, heading), rank, section_name(path), heading
    )


def _kind(paragraph: CanonicalParagraph, marker: Marker | None, heading: Span) -> BlockKind:
    if paragraph.row:
        return BlockKind.TABLE_ROW
    if heading == paragraph.span:
        return BlockKind.HEADING
    return BlockKind.ITEM if marker else BlockKind.PARAGRAPH


def _heading(canonical: CanonicalText, i: int, marker: Marker | None) -> Span:
    """The part of a paragraph that names what follows: all of it, or up to its colon."""
    paragraph = canonical.paragraphs[i]
    span, line = paragraph.span, paragraph.span.of(canonical.text)
    nothing = Span(span.start, span.start)
    if marker is None or marker.rank >= DASH:
        whole = paragraph.heading and len(line) <= _LONGEST_HEADING and not paragraph.row
        return span if whole else nothing
    if marker.rank <= ARTICLE or len(line) <= _LONGEST_HEADING:
        open_ended = not line.endswith((".", ";", "!", "?", "…", ","))
        if paragraph.heading or marker.rank <= ARTICLE or open_ended:
            return span if len(line) <= 2 * _LONGEST_HEADING else nothing
    colon = _COLON.search(line, marker.length)
    if (
        colon
        and colon.start() <= _LONGEST_HEADING
        and "." not in line[marker.length : colon.start()]
    ):
        return Span(span.start, span.start + colon.end())
    return nothing
