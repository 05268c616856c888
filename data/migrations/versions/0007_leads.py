"""Consents of startups, leads of carriers with their steps, and who has seen what."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.String(length=128)
MOMENT = sa.DateTime(timezone=True)


def _link(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("wording", sa.String(length=16), nullable=False),
        sa.Column("given_by", ID, nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        _link("consents", "startup_id", "startups", "CASCADE"),
        _link("consents", "given_by", "accounts", "SET NULL"),
    )
    op.create_index("ix_consents_startup_id_carrier_id", "consents", ["startup_id", "carrier_id"])
    op.create_index("ix_consents_carrier_id", "consents", ["carrier_id"])
    op.create_table(
        "leads",
        sa.Column("id", ID, nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("next_action", sa.String(length=200), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
        sa.UniqueConstraint("carrier_id", "startup_id", name="uq_leads_carrier_id"),
        _link("leads", "startup_id", "startups", "CASCADE"),
        _link("leads", "owner_id", "accounts", "SET NULL"),
    )
    op.create_index("ix_leads_startup_id", "leads", ["startup_id"])
    op.create_table(
        "lead_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", ID, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lead_steps"),
        _link("lead_steps", "lead_id", "leads", "CASCADE"),
        _link("lead_steps", "made_by", "accounts", "SET NULL"),
    )
    op.create_index("ix_lead_steps_lead_id", "lead_steps", ["lead_id"])
    op.create_index("ix_lead_steps_made_at", "lead_steps", ["made_at"])
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("startup_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("carrier_id", ID, nullable=True),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.String(length=64), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
        _link("audit_entries", "startup_id", "startups", "SET NULL"),
        _link("audit_entries", "account_id", "accounts", "SET NULL"),
    )
    op.create_index("ix_audit_entries_startup_id_id", "audit_entries", ["startup_id", "id"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])


def downgrade() -> None:
    op.drop_table("audit_entries")
    op.drop_table("lead_steps")
    op.drop_table("leads")
    op.drop_table("consents")
