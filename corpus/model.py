"""The nouns of the corpus, all frozen: spans of one canonical text, and what they mean."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of character offsets `[start, end)` in a canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: "Span") -> int:
        """How many characters both share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


class BlockKind(StrEnum):
    """What part a paragraph plays in its document."""

    HEADER = "header"
    TITLE = "title"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE_ROW = "table_row"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph with its place in the structure.

    `rank` orders nesting (smaller is higher); `section` is the place as the document numbers it
    (`II.3.a`, `Điều 4.2`); `heading` is the part of `span` that names the section, empty for plain
    text.
    """

    span: Span
    kind: BlockKind
    rank: int
    section: str
    heading: Span


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; None or empty where it does not say.

    `date` is ISO as far as it stands there (`2025-12-29`, `2025-12`, `2025`).
    `number_blank` is true where a place for the number is printed and left empty (a draft).
    """

    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    number_blank: bool = False
    spans: dict[str, Span] = field(default_factory=dict, hash=False)


class PassageKey(NamedTuple):
    """Names a passage: document id and position within it. Ids are never used twice."""

    document: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences under one heading path: the unit that is indexed and found."""

    span: Span
    section: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name that a document gives: `short` stands for the words of `long`."""

    short: str
    long: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A read document: one canonical text, and spans of it.

    `origins` maps canonical offsets to offsets in the source (see `corpus.text.TracedText`).
    `omissions` are the offsets before which reading left words out, such as a page number between
    two lines: a quote across one does not stand in the source as it is.
    """

    text: str
    origins: tuple[tuple[int, int], ...]
    omissions: tuple[int, ...]
    header: Header
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]
    quality: float
    definitions: tuple[Definition, ...] = ()
