"""When startups were last used, and since when their owners are told that they will be erased."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "startup_activity",
        sa.Column("startup_id", sa.String(length=128), nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("noticed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("startup_id", name="pk_startup_activity"),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["startups.id"], name="fk_startup_activity_startup_id_startups", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("startup_activity")
