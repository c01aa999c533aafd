"""The database tables. Everything else that is stored can be made again from these."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("content_sha", String(64), nullable=False, unique=True),
    Column("reading", Integer, nullable=False),
    Column("type", Text),
    Column("number", Text),
    Column("number_blank", Boolean, nullable=False),
    Column("date", String(10)),
    Column("issuer", Text),
    Column("title", Text),
    Column("signer", Text),
    Column("recipients", JSON, nullable=False),
    Column("addressees", JSON, nullable=False),
    Column("header_spans", JSON, nullable=False),
    Column("quality", Float, nullable=False),
    # Last: SQLite passes over all of a long text to reach what stands behind it in the row.
    Column("text", Text, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("omissions", JSON, nullable=False),
    sqlite_autoincrement=True,
)

block = Table(
    "block",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("heading_start", Integer, nullable=False),
    Column("heading_end", Integer, nullable=False),
)

passage = Table(
    "passage",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("headings", JSON, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("document_id", ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("short", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("path", Text, primary_key=True),
    Column("root", Text, nullable=False),
    Column("relative", Text, nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("stamp", String(80), nullable=False),
    Column("sha", String(64), nullable=False),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
)

change = Table(
    "change",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=True),
    Column("document_id", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""One row whenever a document comes or goes: the indexes read on from where they are."""

corpus = Table(
    "corpus",
    metadata,
    Column("id", String(32), primary_key=True),
)
"""One row that names this corpus, so that indexes of another are never taken for its own."""

embedding = Table(
    "embedding",
    metadata,
    Column("model", String(120), primary_key=True),
    Column("text_sha", LargeBinary(20), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    Column("runtime", String(80), nullable=False, server_default=""),
)
"""Vectors by what was embedded, so that nothing is embedded twice. Half-precision floats.

`runtime` names what computed the vector; it is empty for those made before this was noted.
"""
