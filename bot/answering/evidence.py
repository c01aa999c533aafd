"""The places in found documents that may bear an answer: sentences, clauses, lists, titles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Block, BlockKind, Span
from corpus.passages import headings
from corpus.sentences import clauses, sentences
from corpus.stored import StoredDocument
from corpus.structure import children
from retrieval.abbreviations import expand
from retrieval.search import Hit
from retrieval.terms import folded, terms

LONG_SENTENCE = 320
"""A sentence longer than this is also offered in its clauses."""

_LONGEST_LIST = 15

_FRAME = (BlockKind.HEADER, BlockKind.RECIPIENTS, BlockKind.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it is compared: folded syllables, pairs, and the whole as one padded string."""

    singles: frozenset[str]
    pairs: frozenset[str]
    line: str

    def has(self, term: str) -> bool:
        """Whether a syllable or a pair (`hop_bao`) occurs."""
        return term in (self.pairs if "_" in term else self.singles)

    def says(self, phrase: str) -> bool:
        """Whether folded syllables occur one after another."""
        return f" {phrase} " in self.line


@lru_cache(maxsize=20_000)
def words(text: str) -> Words:
    """`text` with abbreviations written out, ready to be compared."""
    plain = expand(text)
    found = terms(plain)
    paired = frozenset(term for term in found if "_" in term)
    return Words(frozenset(found) - paired, paired, f" {' '.join(folded(plain))} ")


@dataclass(frozen=True, slots=True)
class Unit:
    """A place that may answer: the words, and the words around them that lend them sense.

    `items` is empty but for a list: the entries that follow `span`, which then is their lead.
    """

    document: StoredDocument
    index: int
    span: Span
    items: tuple[Span, ...]
    hit: float

    @property
    def block(self) -> Block:
        """The paragraph it stands in."""
        return self.document.document.blocks[self.index]

    @property
    def text(self) -> str:
        """Its own words, with the entries of a list."""
        whole = self.document.text
        return " ".join(span.of(whole) for span in (self.span, *self.items))

    @property
    def before(self) -> str:
        """What its paragraph says before it and in its heading."""
        return self.document.text[self.block.span.start : self.span.start]

    @property
    def paragraph(self) -> str:
        """The whole paragraph."""
        return self.block.span.of(self.document.text)

    @property
    def above(self) -> str:
        """The headings it stands under, the one before these, and the lead of its list."""
        blocks = self.document.document.blocks
        path = headings(self.document.text, blocks, self.index)
        return ". ".join((*path, _heading_before(self), _lead(self)))

    @property
    def about(self) -> str:
        """What its document is: type, number, title, issuer, date."""
        header = self.document.header
        parts = (header.type, header.number, header.title, header.issuer, header.date)
        return ". ".join(part for part in parts if part)


def units(document: StoredDocument, hits: Sequence[Hit]) -> Iterator[Unit]:
    """All units of the paragraphs that the hits touch, each once."""
    blocks = document.document.blocks
    touched: dict[int, float] = {}
    for hit in hits:
        for i, block in enumerate(blocks):
            if block.span.overlap(hit.passage.span):
                touched[i] = max(touched.get(i, 0.0), hit.score)
    for i, score in touched.items():
        yield from _units_of(document, i, score)
    leads = {lead: score for i, score in touched.items() for lead in _leads(document, i)}
    for i in leads.keys() - touched.keys():
        yield from _list_of(document, i, leads[i])


def _leads(document: StoredDocument, index: int) -> Iterator[int]:
    """The paragraphs just above whose list a touched paragraph belongs to."""
    blocks = document.document.blocks
    rank = blocks[index].rank
    for i in range(index - 1, -1, -1):
        if blocks[i].rank < rank and blocks[i].section:
            rank = blocks[i].rank
            yield i
            if blocks[i].kind is BlockKind.HEADING:
                return


def _list_of(document: StoredDocument, index: int, score: float) -> Iterator[Unit]:
    listed = _items(document, index)
    if listed:
        yield Unit(document, index, document.document.blocks[index].span, listed, score)


def _units_of(document: StoredDocument, index: int, score: float) -> Iterator[Unit]:
    block, text = document.document.blocks[index], document.text
    if block.kind in _FRAME:
        return
    yield from _list_of(document, index, score)
    if block.kind is BlockKind.TITLE:
        yield Unit(document, index, document.header.spans.get("title", block.span), (), score)
        return
    if block.kind is BlockKind.HEADING:
        return
    for sentence in sentences(text, block.span):
        yield Unit(document, index, sentence, (), score)
        if sentence.end - sentence.start > LONG_SENTENCE:
            for clause in clauses(text, sentence):
                if clause != sentence:
                    yield Unit(document, index, clause, (), score)


def _items(document: StoredDocument, index: int) -> tuple[Span, ...]:
    """The entries below a heading or a lead that ends in a colon; at its own level only."""
    blocks, text = document.document.blocks, document.text
    block = blocks[index]
    opens = block.kind is BlockKind.HEADING or block.span.of(text).rstrip().endswith(":")
    below = children(blocks, index) if opens else range(0)
    if not below:
        return ()
    level = min(blocks[i].rank for i in below)
    entries = [blocks[i] for i in below if blocks[i].rank == level]
    if len(entries) == 1 and len(below) > 1:
        return _items(document, below[0]) or (entries[0].span,)
    named = sum(entry.heading.end > entry.heading.start for entry in entries)
    rows = any(entry.kind is BlockKind.TABLE_ROW for entry in entries)
    if rows or len(entries) > _LONGEST_LIST or named * 2 > len(entries):
        return ()  # a table, or sections with names of their own: not the entries of a list
    return tuple(entry.span for entry in entries)


def _heading_before(unit: Unit) -> str:
    """The section before its own: «2. Hạn chế» tells what «3. Nguyên nhân» is the cause of."""
    blocks, text = unit.document.document.blocks, unit.document.text
    own = next((i for i in range(unit.index, -1, -1) if blocks[i].kind is BlockKind.HEADING), None)
    for i in range((own or 0) - 1, -1, -1):
        if own is not None and blocks[i].rank < blocks[own].rank:
            return ""
        if (
            own is not None
            and blocks[i].kind is BlockKind.HEADING
            and blocks[i].rank == blocks[own].rank
        ):
            return blocks[i].heading.of(text)
    return ""


def _lead(unit: Unit) -> str:
    """The sentence in front of a list («… như sau:») that an entry belongs to."""
    blocks, text = unit.document.document.blocks, unit.document.text
    for i in range(unit.index - 1, max(-1, unit.index - 30), -1):
        if blocks[i].rank < blocks[unit.index].rank:
            words_there = blocks[i].span.of(text)
            return words_there[-300:] if words_there.rstrip().endswith(":") else ""
    return ""
