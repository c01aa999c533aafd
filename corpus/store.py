"""The corpus in the database: the only truth. Indexes and caches are made from it.

All access goes through `Store`; each public method is one transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    tuple_,
    update,
)

from corpus import tables as t
from corpus.document import READING
from corpus.model import Block, BlockKind, Document, Header, Passage, PassageKey, Span


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that was read: where it is, and what it looked like then.

    `stamp` changes when the file system says that the file changed; `sha` when its bytes did.
    """

    path: str
    root: str
    relative: str
    stamp: str
    sha: str


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it is kept: its id, the name of its (first) file, its content."""

    id: int
    file: str
    document: Document

    @property
    def header(self) -> Header:
        """What the document says of itself."""
        return self.document.header

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what is indexed beside its words."""

    key: PassageKey
    span: Span
    text: str
    section: str
    headings: tuple[str, ...]
    header: Header


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since a revision: documents that an index must forget, and must hold."""

    revision: int
    gone: tuple[int, ...]
    there: tuple[int, ...]


class Store:
    """Documents, their files, and the vectors of their passages."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    def migrate(self) -> None:
        """Bring the tables to today's form; quick when they are."""
        from corpus.migrations.upgrade import upgrade

        upgrade(self._engine)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    # --- files -----------------------------------------------------------------------------

    def files_below(self, path: Path) -> dict[str, FileRecord]:
        """The read files at or below `path`, by absolute path, if read as they would be today."""
        prefix = f"{str(path).rstrip('/')}/"
        query = select(t.file, t.document.c.reading).join(t.document)
        query = query.where(
            (t.file.c.path == str(path)) | t.file.c.path.startswith(prefix, autoescape=True)
        )
        with self._engine.connect() as connection:
            return {
                row.path: FileRecord(
                    row.path, row.root, row.relative, row.stamp if row.reading == READING else "",
                    row.sha if row.reading == READING else "",
                )
                for row in connection.execute(query)
            }  # fmt: skip

    def put(self, record: FileRecord, document: Document, content_sha: str) -> None:
        """Keep what a file holds now, in place of what it held before."""
        with self._engine.begin() as connection:
            found = connection.execute(
                select(t.document.c.id, t.document.c.reading).where(
                    t.document.c.content_sha == content_sha
                )
            ).one_or_none()
            if found and found.reading == READING:
                document_id = int(found.id)
            else:
                document_id = _add(connection, document, content_sha, found.id if found else None)
            before = _forget_file(connection, record.path, keep=document_id)
            connection.execute(
                insert(t.file).values(
                    path=record.path, root=record.root, relative=record.relative,
                    label=record.relative, stamp=record.stamp, sha=record.sha,
                    document_id=document_id,
                )
            )  # fmt: skip
            _relabel(connection, before, record.relative)

    def restamp(self, record: FileRecord) -> None:
        """Note that a file was touched, or named below another folder, and still holds the same."""
        with self._engine.begin() as connection:
            this = t.file.c.path == record.path
            before = connection.scalar(select(t.file.c.relative).where(this))
            connection.execute(
                update(t.file).where(this)
                .values(stamp=record.stamp, root=record.root, relative=record.relative)
            )  # fmt: skip
            _relabel(connection, before, record.relative)

    def remove(self, paths: Iterable[str]) -> list[str]:
        """Forget files, and documents that no other file holds; the names of the files."""
        names: list[str] = []
        with self._engine.begin() as connection:
            for path in paths:
                found = select(t.file.c.label, t.file.c.relative).where(t.file.c.path == path)
                row = connection.execute(found).one_or_none()
                if row is not None:
                    names.append(row.label)
                    _forget_file(connection, path)
                    _relabel(connection, row.relative)
        return names

    # --- documents -------------------------------------------------------------------------

    def document(self, document_id: int) -> StoredDocument | None:
        """One document whole, or None if it is gone."""
        with self._engine.connect() as connection:
            row = connection.execute(_documents().where(t.document.c.id == document_id)).first()
            return _stored(connection, row) if row else None

    def documents(self) -> Iterator[StoredDocument]:
        """All documents by the name of their file, one at a time."""
        with self._engine.connect() as connection:
            rows = connection.execute(_documents().order_by("label")).all()
            for row in rows:
                yield _stored(connection, row)

    def headers(self) -> dict[int, tuple[str, Header]]:
        """File and header of every document, without their texts."""
        wanted = [c for c in t.document.c if c.name not in ("text", "origins", "omissions")]
        with self._engine.connect() as connection:
            rows = connection.execute(_documents(wanted)).all()
        return {row.id: (row.label, _header(row)) for row in rows}

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        with self._engine.connect() as connection:
            documents = connection.scalar(select(func.count()).select_from(t.document)) or 0
            passages = connection.scalar(select(func.count()).select_from(t.passage)) or 0
        return documents, passages

    # --- passages --------------------------------------------------------------------------

    def passages(self, keys: Sequence[PassageKey]) -> dict[PassageKey, StoredPassage]:
        """Those of `keys` that are still there."""
        wanted = tuple_(t.passage.c.document_id, t.passage.c.ordinal).in_([tuple(k) for k in keys])
        with self._engine.connect() as connection:
            rows = connection.execute(_passages().where(wanted)) if keys else ()
            return {passage.key: passage for passage in map(_passage, rows)}

    def passages_of(self, document_ids: Sequence[int]) -> Iterator[StoredPassage]:
        """All passages of some documents, in order."""
        for start in range(0, len(document_ids), 100):
            part = document_ids[start : start + 100]
            query = _passages().where(t.document.c.id.in_(part))
            with self._engine.connect() as connection:
                rows = connection.execute(
                    query.order_by(t.document.c.id, t.passage.c.ordinal)
                ).all()
            yield from map(_passage, rows)

    def changes_since(self, revision: int) -> Changes:
        """Which documents came or went after `revision`."""
        with self._engine.connect() as connection:
            touched = select(t.change.c.document_id).where(t.change.c.revision > revision)
            ids = set(connection.scalars(touched))
            there = set(
                connection.scalars(select(t.document.c.id).where(t.document.c.id.in_(touched)))
            )
            latest = connection.scalar(select(func.max(t.change.c.revision))) or 0
        return Changes(latest, tuple(sorted(ids - there)), tuple(sorted(there)))

    # --- vectors ---------------------------------------------------------------------------

    def vectors(self, model: str, shas: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored vectors of these texts by this model."""
        found: dict[bytes, bytes] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(shas), 500):
                part = shas[start : start + 500]
                query = select(t.embedding.c.text_sha, t.embedding.c.vector).where(
                    t.embedding.c.model == model, t.embedding.c.text_sha.in_(part)
                )
                found.update({row.text_sha: row.vector for row in connection.execute(query)})
        return found

    def keep_vectors(self, model: str, vectors: dict[bytes, bytes]) -> None:
        """Store vectors; ones already there stay."""
        with self._engine.begin() as connection:
            there = select(t.embedding.c.text_sha).where(
                t.embedding.c.model == model, t.embedding.c.text_sha.in_(list(vectors))
            )
            known = set(connection.scalars(there))
            rows = [
                {"model": model, "text_sha": sha, "vector": vector}
                for sha, vector in vectors.items()
                if sha not in known
            ]
            if rows:
                connection.execute(insert(t.embedding), rows)


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _record: Any) -> None:
            # WAL: readers see the last committed state while an indexing run writes.
            for pragma in (
                "journal_mode=WAL",
                "synchronous=NORMAL",
                "foreign_keys=ON",
                "busy_timeout=15000",
            ):
                connection.execute(f"PRAGMA {pragma}")

    return engine


def _add(connection: Connection, document: Document, sha: str, outdated: int | None) -> int:
    if outdated is not None:
        connection.execute(
            update(t.document)
            .where(t.document.c.id == outdated)
            .values(content_sha=f"old-{outdated}")
        )
    header = document.header
    result = connection.execute(
        insert(t.document).values(
            content_sha=sha, reading=READING, text=document.text, origins=document.origins,
            omissions=document.omissions,
            type=header.type, number=header.number, number_blank=header.number_blank,
            date=header.date, issuer=header.issuer, title=header.title, signer=header.signer,
            recipients=header.recipients, addressees=header.addressees,
            header_spans=header.spans, quality=document.quality,
        )
    )  # fmt: skip
    document_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    for table, rows in ((t.block, _block_rows(document)), (t.passage, _passage_rows(document))):
        if rows:
            connection.execute(insert(table), [{"document_id": document_id, **row} for row in rows])
    connection.execute(insert(t.change).values(document_id=document_id))
    if outdated is not None:
        connection.execute(
            update(t.file).where(t.file.c.document_id == outdated).values(document_id=document_id)
        )
        _drop_orphan(connection, outdated)
    return document_id


def _block_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "ordinal": i, "start": b.span.start, "end": b.span.end, "kind": b.kind.value,
            "rank": b.rank, "section": b.section,
            "heading_start": b.heading.start, "heading_end": b.heading.end,
        }
        for i, b in enumerate(document.blocks)
    ]  # fmt: skip


def _passage_rows(document: Document) -> list[dict[str, Any]]:
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


def _forget_file(connection: Connection, path: str, keep: int | None = None) -> str | None:
    """Forget a file, and its document unless that is to be kept; its path below its folder."""
    this = t.file.c.path == path
    held = connection.execute(select(t.file.c.document_id, t.file.c.relative).where(this)).first()
    if held is None:
        return None
    connection.execute(delete(t.file).where(this))
    if held.document_id != keep:
        _drop_orphan(connection, held.document_id)
    return str(held.relative)


def _drop_orphan(connection: Connection, document_id: int) -> None:
    """Drop a document that no file holds any more."""
    others = select(func.count()).select_from(t.file).where(t.file.c.document_id == document_id)
    if connection.scalar(others):
        return
    for table in (t.block, t.passage):
        connection.execute(delete(table).where(table.c.document_id == document_id))
    connection.execute(delete(t.document).where(t.document.c.id == document_id))
    connection.execute(insert(t.change).values(document_id=document_id))


def _relabel(connection: Connection, *relatives: str | None) -> None:
    """Name files by their path below the folder given, with the folder where two would collide."""
    for relative in {*relatives} - {None}:
        alike = select(t.file.c.path, t.file.c.root).where(t.file.c.relative == relative)
        roots = {row.path: Path(row.root).parts[1:] for row in connection.execute(alike)}
        for path, root in roots.items():
            label = "/".join((*_telling(root, list(roots.values())), str(relative)))
            connection.execute(update(t.file).where(t.file.c.path == path).values(label=label))


def _telling(root: tuple[str, ...], roots: list[tuple[str, ...]]) -> tuple[str, ...]:
    """As many of the last names of `root` as tell it from the other `roots`."""
    lengths = range(len(root) + 1)
    alone = (n for n in lengths if sum(_last(other, n) == _last(root, n) for other in roots) == 1)
    return _last(root, next(alone, len(root)))


def _last(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    return names[len(names) - min(count, len(names)) :]


def _documents(columns: Any = None) -> Any:
    label = func.min(t.file.c.label).label("label")
    wanted = list(t.document.c) if columns is None else columns
    return (
        select(*wanted, label)
        .join(t.file, t.file.c.document_id == t.document.c.id)
        .group_by(t.document.c.id)
    )


def _passages() -> Any:
    """Passages with their own words only, not the whole text, and their document's header."""
    words = func.substr(
        t.document.c.text, t.passage.c.start + 1, t.passage.c.end - t.passage.c.start
    )
    header = [c for c in t.document.c if c.name not in ("text", "origins", "omissions")]
    placed = (t.passage.c.ordinal, t.passage.c.start, t.passage.c.end, t.passage.c.section)
    columns = (*placed, t.passage.c.headings, words.label("words"))
    return select(*header, *columns).join(t.passage, t.passage.c.document_id == t.document.c.id)


def _passage(row: Row[Any]) -> StoredPassage:
    key = PassageKey(row.id, row.ordinal)
    span = Span(row.start, row.end)
    return StoredPassage(key, span, row.words, row.section, tuple(row.headings), _header(row))


def _stored(connection: Connection, row: Row[Any]) -> StoredDocument:
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
        header=_header(row),
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


def _header(row: Row[Any]) -> Header:
    return Header(
        type=row.type, number=row.number, date=row.date, issuer=row.issuer, title=row.title,
        signer=row.signer, recipients=tuple(row.recipients), addressees=tuple(row.addressees),
        number_blank=row.number_blank,
        spans={name: Span(*span) for name, span in row.header_spans.items()},
    )  # fmt: skip
