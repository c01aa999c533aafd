"""Between documents and rows of the database, both ways."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from corpus import tables as t
from corpus.document import READING
from corpus.model import Block, BlockKind, Definition, Document, Header, Passage, PassageKey, Span
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


def definition_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of the short names that it gives."""
    return [
        {"ordinal": i, "short": d.short, "start": d.long.start, "end": d.long.end}
        for i, d in enumerate(document.definitions)
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


def read_passages(
    connection: Connection, documents: Mapping[int, tuple[str, Header]], wanted: Any
) -> Iterator[StoredPassage]:
    """The `wanted` passages of some documents, in order, cut from their texts.

    The database would read a text from its start for every passage.
    """
    order = (t.passage.c.document_id, t.passage.c.ordinal)
    for row in connection.execute(select(t.passage).where(wanted).order_by(*order)):
        if row.document_id in documents:  # or it came between the two queries
            text, header = documents[row.document_id]
            key, span = PassageKey(row.document_id, row.ordinal), Span(row.start, row.end)
            headings = tuple(row.headings)
            yield StoredPassage(key, span, span.of(text), row.section, headings, header)


def read_document(connection: Connection, row: Row[Any]) -> StoredDocument:
    """A whole document out of a row of `select_documents`."""
    blocks = connection.execute(
        select(t.block).where(t.block.c.document_id == row.id).order_by(t.block.c.ordinal)
    )
    passages = connection.execute(
        select(t.passage).where(t.passage.c.document_id == row.id).order_by(t.passage.c.ordinal)
    )
    definitions = connection.execute(
        select(t.definition)
        .where(t.definition.c.document_id == row.id)
        .order_by(t.definition.c.ordinal)
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
        definitions=tuple(Definition(d.short, Span(d.start, d.end)) for d in definitions),
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
