"""Places and carriers, with their terms, evidence, money and sources."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("delta", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
    )
    op.create_table(
        "carriers",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=128), nullable=True),
        sa.Column("specialised", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(length=128), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("status_as_of", sa.String(length=10), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("landing_in", sa.String(), nullable=True),
        sa.Column("operator", sa.String(), nullable=True),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.Column("founded", sa.Integer(), nullable=True),
        sa.Column("tenants", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.String(length=16), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind"], ["terms.id"], name="fk_carriers_kind_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["level"], ["terms.id"], name="fk_carriers_level_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_carriers"),
    )
    op.create_index("ix_carriers_city", "carriers", ["city"])
    op.create_table(
        "carrier_evidence",
        sa.Column("carrier_id", sa.String(length=128), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carriers.id"], name="fk_carrier_evidence_carrier_id_carriers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("carrier_id", "field", name="pk_carrier_evidence"),
    )
    op.create_table(
        "carrier_finance",
        sa.Column("carrier_id", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=128), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carriers.id"], name="fk_carrier_finance_carrier_id_carriers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["terms.id"], name="fk_carrier_finance_product_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("carrier_id", "position", name="pk_carrier_finance"),
    )
    op.create_table(
        "carrier_sources",
        sa.Column("carrier_id", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carriers.id"], name="fk_carrier_sources_carrier_id_carriers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_carrier_sources_source_id_sources",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("carrier_id", "position", name="pk_carrier_sources"),
    )
    op.create_index("ix_carrier_sources_source_id", "carrier_sources", ["source_id"])
    op.create_table(
        "carrier_terms",
        sa.Column("carrier_id", sa.String(length=128), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("term_id", sa.String(length=128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carriers.id"], name="fk_carrier_terms_carrier_id_carriers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["terms.id"], name="fk_carrier_terms_term_id_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("carrier_id", "field", "term_id", name="pk_carrier_terms"),
    )
    op.create_index("ix_carrier_terms_term_id", "carrier_terms", ["term_id"])


def downgrade() -> None:
    op.drop_table("carrier_terms")
    op.drop_table("carrier_sources")
    op.drop_table("carrier_finance")
    op.drop_table("carrier_evidence")
    op.drop_table("carriers")
    op.drop_table("places")
