"""Sources, and the vocabulary that names them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ambiguous_terms",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("senses", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_ambiguous_terms"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("publisher", sa.String(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "vocabularies",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("handover_chain", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vocabularies"),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("facet", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("facet_order", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(length=128), nullable=True),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=128), nullable=True),
        sa.Column("extra", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent"], ["terms.id"], name="fk_terms_parent_terms", deferrable=True, initially="DEFERRED"
        ),
        sa.ForeignKeyConstraint(
            ["source"], ["sources.id"], name="fk_terms_source_sources", deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_terms"),
    )
    op.create_index("ix_terms_facet", "terms", ["facet"])
    op.create_table(
        "vocabulary_sources",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
            name="fk_vocabulary_sources_source_id_sources",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("position", name="pk_vocabulary_sources"),
    )
    op.create_index("ix_vocabulary_sources_source_id", "vocabulary_sources", ["source_id"])


def downgrade() -> None:
    op.drop_table("vocabulary_sources")
    op.drop_table("terms")
    op.drop_table("vocabularies")
    op.drop_table("sources")
    op.drop_table("ambiguous_terms")
