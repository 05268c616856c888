"""Which lists were shown, place by place, and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.String(length=128)
REQUEST = sa.String(length=64)
MODEL = sa.String(length=256)
MOMENT = sa.DateTime(timezone=True)


def _of_startup(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_startup_id_startups"
    return sa.ForeignKeyConstraint(["startup_id"], ["startups.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "shown_lists",
        sa.Column("request_id", REQUEST, nullable=False),
        sa.Column("startup_id", ID, nullable=True),
        sa.Column("carrier_id", ID, nullable=True),
        sa.Column("scope", sa.String(length=8), nullable=True),
        sa.Column("list_order", sa.String(length=8), nullable=False),
        sa.Column("encoder", MODEL, nullable=False),
        sa.Column("reader", MODEL, nullable=False),
        sa.Column("ranker", MODEL, nullable=False),
        sa.Column("registry_version", sa.String(length=64), nullable=False),
        sa.Column("shown_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_shown_lists"),
        _of_startup("shown_lists"),
    )
    op.create_index("ix_shown_lists_startup_id", "shown_lists", ["startup_id"])
    op.create_index("ix_shown_lists_shown_at", "shown_lists", ["shown_at"])
    op.create_table(
        "impressions",
        sa.Column("request_id", REQUEST, nullable=False),
        sa.Column("rank", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("startup_id", ID, nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("request_id", "rank", name="pk_impressions"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["shown_lists.request_id"], name="fk_impressions_request_id_shown_lists", ondelete="CASCADE"
        ),
        _of_startup("impressions"),
    )
    op.create_index("ix_impressions_startup_id", "impressions", ["startup_id"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", REQUEST, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("startup_id", ID, nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("reported_by", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("request_id", "carrier_id", "kind", name="uq_feedback_request_id"),
        _of_startup("feedback"),
    )
    op.create_index("ix_feedback_startup_id", "feedback", ["startup_id"])
    op.create_index("ix_feedback_recorded_at", "feedback", ["recorded_at"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_table("impressions")
    op.drop_table("shown_lists")
