"""Dated entry rules and finance products."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finance_products",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("product", sa.String(length=128), nullable=True),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("eligibility", sa.JSON(), nullable=True),
        sa.Column("amount", sa.JSON(), nullable=True),
        sa.Column("as_of", sa.String(length=10), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("terms_known", sa.Boolean(), nullable=False),
        sa.Column("source_id", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["product"], ["terms.id"], name="fk_finance_products_product_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_finance_products_source_id_sources",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finance_products"),
    )
    op.create_table(
        "entry_rules",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("carrier_kinds", sa.JSON(), nullable=False),
        sa.Column("carrier_id", sa.String(length=128), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("op", sa.String(length=16), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("treatment", sa.String(length=16), nullable=False),
        sa.Column("exceptions", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(length=128), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["carriers.id"],
            name="fk_entry_rules_carrier_id_carriers",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_entry_rules_source_id_sources",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry_rules"),
    )
    op.create_index("ix_entry_rules_carrier_id", "entry_rules", ["carrier_id"])


def downgrade() -> None:
    op.drop_table("entry_rules")
    op.drop_table("finance_products")
