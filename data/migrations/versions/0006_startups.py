"""Startups with what was read of each, corrections of carriers and their history, keys of writes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.String(length=128)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "startups",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("stated", sa.JSON(), nullable=False),
        sa.Column("discoverable", sa.Boolean(), nullable=False),
        sa.Column("train_consent", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_startups"),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["accounts.id"], name="fk_startups_owner_id_accounts", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_startups_owner_id_id", "startups", ["owner_id", "id"])
    op.create_index("ix_startups_change", "startups", ["change"])
    op.create_table(
        "startup_profiles",
        sa.Column("startup_id", ID, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reader_id", sa.String(length=256), nullable=False),
        sa.Column("read_in", sa.String(length=7), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("dims", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("startup_id", name="pk_startup_profiles"),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["startups.id"], name="fk_startup_profiles_startup_id_startups", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "startup_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_startup_state"),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("account_id", ID, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "key", name="pk_idempotency_keys"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_idempotency_keys_account_id_accounts", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_idempotency_keys_kept_at", "idempotency_keys", ["kept_at"])
    op.add_column("carriers", sa.Column("places_left", sa.Integer(), nullable=True))
    op.add_column("carriers", sa.Column("places_left_as_of", sa.String(length=10), nullable=True))
    op.create_table(
        "carrier_corrections",
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("carrier_id", "field", name="pk_carrier_corrections"),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carriers.id"], name="fk_carrier_corrections_carrier_id_carriers", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "carrier_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carrier_id", ID, nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("old", sa.JSON(), nullable=True),
        sa.Column("new", sa.JSON(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_carrier_history"),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name="fk_carrier_history_made_by_accounts", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_carrier_history_carrier_id", "carrier_history", ["carrier_id"])


def downgrade() -> None:
    op.drop_table("carrier_history")
    op.drop_table("carrier_corrections")
    op.drop_column("carriers", "places_left_as_of")
    op.drop_column("carriers", "places_left")
    op.drop_table("idempotency_keys")
    op.drop_table("startup_state")
    op.drop_table("startup_profiles")
    op.drop_table("startups")
