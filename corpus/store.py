"""The corpus in the database: the only truth. Indexes and caches are made from it.

All access goes through `Store`; each public method is one transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
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
from corpus.labels import relabel
from corpus.model import Document, Header, PassageKey
from corpus.recent import RecentDocuments
from corpus.rows import (
    block_rows,
    definition_rows,
    document_values,
    passage_rows,
    read_document,
    read_header,
    read_passages,
    select_documents,
)
from corpus.stored import Changes, FileRecord, StoredDocument, StoredPassage

_HELD = 16
"""Documents whose texts are in memory together while passages are read on and on."""


class Store:
    """Documents, their files, and the vectors of their passages."""

    def __init__(self, where: str | Path) -> None:
        """Open a database by its URL, or a SQLite file by its path."""
        url = URL.create("sqlite", database=str(where)) if isinstance(where, Path) else where
        self._engine = _engine(url)
        self._recent = RecentDocuments()

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
            # Not LIKE, which takes «Docs» and «docs» for one folder in SQLite.
            (t.file.c.path == str(path)) | (func.substr(t.file.c.path, 1, len(prefix)) == prefix)
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
            relabel(connection, before, record.relative)

    def restamp(self, record: FileRecord) -> None:
        """Note that a file was touched, or named below another folder, and still holds the same."""
        with self._engine.begin() as connection:
            this = t.file.c.path == record.path
            before = connection.scalar(select(t.file.c.relative).where(this))
            connection.execute(
                update(t.file).where(this)
                .values(stamp=record.stamp, root=record.root, relative=record.relative)
            )  # fmt: skip
            relabel(connection, before, record.relative)

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
                    relabel(connection, row.relative)
        return names

    # --- documents -------------------------------------------------------------------------

    def document(self, document_id: int) -> StoredDocument | None:
        """One document whole, or None if it is gone."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select_documents().where(t.document.c.id == document_id)
            ).first()
            return read_document(connection, row) if row else None

    def documents(self) -> Iterator[StoredDocument]:
        """All documents by the name of their file, one at a time."""
        with self._engine.connect() as connection:
            rows = connection.execute(select_documents().order_by("label")).all()
            for row in rows:
                yield read_document(connection, row)

    def headers(self) -> dict[int, tuple[str, Header]]:
        """File and header of every document, without their texts."""
        wanted = [c for c in t.document.c if c.name not in ("text", "origins", "omissions")]
        with self._engine.connect() as connection:
            rows = connection.execute(select_documents(wanted)).all()
        return {row.id: (row.label, read_header(row)) for row in rows}

    def identity(self) -> str:
        """The name of this corpus, unlike that of any other."""
        with self._engine.connect() as connection:
            return str(connection.scalar(select(t.corpus.c.id)))

    def counts(self) -> tuple[int, int]:
        """How many documents and passages there are."""
        with self._engine.connect() as connection:
            documents = connection.scalar(select(func.count()).select_from(t.document)) or 0
            passages = connection.scalar(select(func.count()).select_from(t.passage)) or 0
        return documents, passages

    # --- passages --------------------------------------------------------------------------

    def passages(self, keys: Sequence[PassageKey]) -> dict[PassageKey, StoredPassage]:
        """Those of `keys` that are still there."""
        place = (t.passage.c.document_id, t.passage.c.ordinal)
        documents, ordinals = {key.document for key in keys}, {key.ordinal for key in keys}
        # By pairs alone SQLite would look through all passages that there are.
        near = place[0].in_(documents) & place[1].in_(ordinals)
        wanted = near & tuple_(*place).in_([tuple(key) for key in keys])
        with self._engine.connect() as connection:
            found = read_passages(connection, self._recent.read(connection, documents), wanted)
            return {passage.key: passage for passage in found}

    def passages_of(self, document_ids: Sequence[int]) -> Iterator[StoredPassage]:
        """All passages of some documents, in order; few documents are held at a time."""
        for start in range(0, len(document_ids), _HELD):
            part = document_ids[start : start + _HELD]
            with self._engine.connect() as connection:
                wanted = t.passage.c.document_id.in_(part)
                documents = self._recent.read(connection, part)
                found = list(read_passages(connection, documents, wanted))
            yield from found

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

    def revision(self) -> int:
        """Rises whenever a document comes or goes."""
        with self._engine.connect() as connection:
            return connection.scalar(select(func.max(t.change.c.revision))) or 0

    def definitions(self) -> dict[str, str]:
        """What the short names that documents give stand for; where they differ, the commonest."""
        size = t.definition.c.end - t.definition.c.start
        long = func.substr(t.document.c.text, t.definition.c.start + 1, size).label("long")
        count = func.count().label("count")
        query = select(t.definition.c.short, long, count).join(t.document)
        query = query.group_by(t.definition.c.short, long).order_by(count, long)
        with self._engine.connect() as connection:
            return {row.short: row.long for row in connection.execute(query)}

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

    def keep_vectors(self, model: str, runtime: str, vectors: dict[bytes, bytes]) -> None:
        """Store vectors that `runtime` made; ones already there stay."""
        with self._engine.begin() as connection:
            there = select(t.embedding.c.text_sha).where(
                t.embedding.c.model == model, t.embedding.c.text_sha.in_(list(vectors))
            )
            known = set(connection.scalars(there))
            rows = [
                {"model": model, "text_sha": sha, "vector": vector, "runtime": runtime}
                for sha, vector in vectors.items()
                if sha not in known
            ]
            if rows:
                connection.execute(insert(t.embedding), rows)

    def vector_runtimes(self, model: str) -> dict[str, int]:
        """How many vectors of this model each runtime made; "" where that was not noted."""
        runtime = t.embedding.c.runtime
        query = select(runtime, func.count()).where(t.embedding.c.model == model)
        with self._engine.connect() as connection:
            rows = connection.execute(query.group_by(runtime).order_by(runtime))
            return {str(name): int(count) for name, count in rows}


def _engine(url: str | URL) -> Engine:
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
    result = connection.execute(
        insert(t.document).values(content_sha=sha, **document_values(document))
    )
    document_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    parts = (
        (t.block, block_rows(document)),
        (t.passage, passage_rows(document)),
        (t.definition, definition_rows(document)),
    )
    for table, rows in parts:
        if rows:
            connection.execute(insert(table), [{"document_id": document_id, **row} for row in rows])
    connection.execute(insert(t.change).values(document_id=document_id))
    if outdated is not None:
        connection.execute(
            update(t.file).where(t.file.c.document_id == outdated).values(document_id=document_id)
        )
        _drop_orphan(connection, outdated)
    return document_id


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
    for table in (t.block, t.passage, t.definition):
        connection.execute(delete(table).where(table.c.document_id == document_id))
    connection.execute(delete(t.document).where(t.document.c.id == document_id))
    connection.execute(insert(t.change).values(document_id=document_id))
