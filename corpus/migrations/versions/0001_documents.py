"""Documents, their parts, their files, the change log, and vectors."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("content_sha", sa.String(64), nullable=False, unique=True),
        sa.Column("reading", sa.Integer, nullable=False),
        sa.Column("type", sa.Text),
        sa.Column("number", sa.Text),
        sa.Column("number_blank", sa.Boolean, nullable=False),
        sa.Column("date", sa.String(10)),
        sa.Column("issuer", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("signer", sa.Text),
        sa.Column("recipients", sa.JSON, nullable=False),
        sa.Column("addressees", sa.JSON, nullable=False),
        sa.Column("header_spans", sa.JSON, nullable=False),
        sa.Column("quality", sa.Float, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("origins", sa.JSON, nullable=False),
        sa.Column("omissions", sa.JSON, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "block",
        sa.Column(
            "document_id",
            sa.Integer,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("heading_start", sa.Integer, nullable=False),
        sa.Column("heading_end", sa.Integer, nullable=False),
    )
    op.create_table(
        "passage",
        sa.Column(
            "document_id",
            sa.Integer,
            sa.ForeignKey("document.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
    )
    op.create_table(
        "file",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("relative", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("stamp", sa.String(80), nullable=False),
        sa.Column("sha", sa.String(64), nullable=False),
        sa.Column("document_id", sa.Integer, sa.ForeignKey("document.id"), nullable=False),
    )
    op.create_index("ix_file_relative", "file", ["relative"])
    op.create_index("ix_file_document_id", "file", ["document_id"])
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document_id", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    corpus = op.create_table("corpus", sa.Column("id", sa.String(32), primary_key=True))
    op.bulk_insert(corpus, [{"id": uuid4().hex}])
    op.create_table(
        "embedding",
        sa.Column("model", sa.String(120), primary_key=True),
        sa.Column("text_sha", sa.LargeBinary(20), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for name in ("embedding", "corpus", "change", "file", "passage", "block", "document"):
        op.drop_table(name)
