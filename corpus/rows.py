"""Between documents and rows of the database, both ways."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from corpus import tables as t
from corpus.document import READING
from corpus.model import Block, BlockKind, Document, Header, Passage, PassageKey, Span
from corpus.stored import StoredDocument, StoredPassage


def document_values(document: Document) -> dict[str, Any]:
    """A document's own columns."""
    header = document.header
    return {
        "reading": READING, "text": document.text, "origins": document.origins,
        "omissions": document.omissions, "type": header.type, "number": header.number,
        "number_blank": header.number_blank, "date": header.date, "issuer": header.issuer,
        "title": header.title, "signer": header.signer, "recipients": header.recipients,
        "addressees": header.addressees, "header_spans": header.spans,
        "quality": document.quality,
    }  # fmt: skip


def block_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of its blocks."""
    return [
        {
            "ordinal": i, "start": b.span.start, "end": b.span.end, "kind": b.kind.value,
            "rank": b.rank, "section": b.section,
            "heading_start": b.heading.start, "heading_end": b.heading.end,
        }
        for i, b in enumerate(document.blocks)
    ]  # fmt: skip


def passage_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of its passages."""
    return [
        {
            "ordinal": i,
            "start": p.span.start,
            "end": p.span.end,
            "section": p.section,
            "headings": p.headings,
        }
        for i, p in enumerate(document.passages)
    ]


def select_documents(columns: Any = None) -> Any:
    """Documents with the name of their first file; `columns` for fewer than all."""
    label = func.min(t.file.c.label).label("label")
    wanted = list(t.document.c) if columns is None else columns
    return (
        select(*wanted, label)
        .join(t.file, t.file.c.document_id == t.document.c.id)
        .group_by(t.document.c.id)
    )


def select_passages() -> Any:
    """Passages with their own words only, not the whole text, and their document's header."""
    words = func.substr(
        t.document.c.text, t.passage.c.start + 1, t.passage.c.end - t.passage.c.start
    )
    header = [c for c in t.document.c if c.name not in ("text", "origins", "omissions")]
    placed = (t.passage.c.ordinal, t.passage.c.start, t.passage.c.end, t.passage.c.section)
    columns = (*placed, t.passage.c.headings, words.label("words"))
    return select(*header, *columns).join(t.passage, t.passage.c.document_id == t.document.c.id)


def read_passage(row: Row[Any]) -> StoredPassage:
    """A passage out of a row of `select_passages`."""
    key = PassageKey(row.id, row.ordinal)
    span = Span(row.start, row.end)
    return StoredPassage(key, span, row.words, row.section, tuple(row.headings), read_header(row))


def read_document(connection: Connection, row: Row[Any]) -> StoredDocument:
    """A whole document out of a row of `select_documents`."""
    blocks = connection.execute(
        select(t.block).where(t.block.c.document_id == row.id).order_by(t.block.c.ordinal)
    )
    passages = connection.execute(
        select(t.passage).where(t.passage.c.document_id == row.id).order_by(t.passage.c.ordinal)
    )
    document = Document(
        text=row.text,
        origins=tuple((a, b) for a, b in row.origins),
        omissions=tuple(row.omissions),
        header=read_header(row),
        blocks=tuple(_block(b) for b in blocks),
        passages=tuple(
            Passage(Span(p.start, p.end), p.section, tuple(p.headings)) for p in passages
        ),
        quality=row.quality,
    )
    return StoredDocument(row.id, row.label, document)


def _block(row: Row[Any]) -> Block:
    heading = Span(row.heading_start, row.heading_end)
    return Block(Span(row.start, row.end), BlockKind(row.kind), row.rank, row.section, heading)


def read_header(row: Row[Any]) -> Header:
    """The header out of a row that has its columns."""
    return Header(
        type=row.type, number=row.number, date=row.date, issuer=row.issuer, title=row.title,
        signer=row.signer, recipients=tuple(row.recipients), addressees=tuple(row.addressees),
        number_blank=row.number_blank,
        spans={name: Span(*span) for name, span in row.header_spans.items()},
    )  # fmt: skip
