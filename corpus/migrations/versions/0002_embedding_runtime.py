"""Which runtime made a vector."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A constant default: SQLite then adds the column without writing a million rows again.
    op.add_column(
        "embedding", sa.Column("runtime", sa.String(80), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("embedding", "runtime")
