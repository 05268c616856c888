"""Runs of the batch with their lists, the carriers they saw and hand-overs; where startups say that they are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.String(length=128)
HASH = sa.String(length=64)
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON(none_as_null=True)


def _of_run(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=f"fk_{table}_run_id_runs", ondelete="CASCADE")


def _of_startup(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_startup_id_startups"
    return sa.ForeignKeyConstraint(["startup_id"], ["startups.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("cancel_asked_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("program", sa.String(length=64), nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("inputs", JSON, nullable=True),
        sa.Column("timings", JSON, nullable=True),
        sa.Column("figures", JSON, nullable=True),
        sa.Column("failure", JSON, nullable=True),
        sa.Column("previous_id", ID, nullable=True),
        sa.Column("promoted_at", MOMENT, nullable=True),
        sa.Column("serves", sa.String(length=16), nullable=True),
        sa.Column("folder", sa.String(length=256), nullable=True),
        sa.Column("lists_kept", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("serves", name="uq_runs_serves"),
        sa.ForeignKeyConstraint(["asked_by"], ["accounts.id"], name="fk_runs_asked_by_accounts", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["previous_id"], ["runs.id"], name="fk_runs_previous_id_runs", ondelete="SET NULL"),
    )
    op.create_index("ix_runs_state", "runs", ["state"])
    op.create_index("ix_runs_asked_at", "runs", ["asked_at"])
    op.create_table(
        "run_lists",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("content_hash", HASH, nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "startup_id", name="pk_run_lists"),
        _of_run("run_lists"),
        _of_startup("run_lists"),
    )
    op.create_index("ix_run_lists_startup_id", "run_lists", ["startup_id"])
    op.create_table(
        "run_carriers",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("record_hash", HASH, nullable=False),
        sa.Column("places_left", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("run_id", "carrier_id", name="pk_run_carriers"),
        _of_run("run_carriers"),
    )
    op.create_table(
        "handovers",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "startup_id", "carrier_id", name="pk_handovers"),
        _of_run("handovers"),
        _of_startup("handovers"),
    )
    op.create_index("ix_handovers_startup_id", "handovers", ["startup_id"])
    op.create_index("ix_handovers_carrier_id", "handovers", ["carrier_id"])
    op.create_table(
        "stays",
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("stated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("startup_id", "carrier_id", name="pk_stays"),
        _of_startup("stays"),
    )


def downgrade() -> None:
    for table in ("stays", "handovers", "run_carriers", "run_lists", "runs"):
        op.drop_table(table)
