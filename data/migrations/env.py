"""Runs the steps on the connection that `data.migrating` hands over."""

from alembic import context

from data.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,  # on every database we use, a step that fails half-way leaves nothing behind
)
with context.begin_transaction():
    context.run_migrations()
