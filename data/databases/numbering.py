"""Rows that brought their numbers along: PostgreSQL must be told where to go on counting."""

from sqlalchemy import Connection, text

OWNED = text("""
    SELECT sequences.oid::regclass::text, tables.oid::regclass::text, quote_ident(columns.attname)
    FROM pg_class AS sequences
    JOIN pg_depend AS owned ON owned.objid = sequences.oid AND owned.deptype IN ('a', 'i')
    JOIN pg_class AS tables ON tables.oid = owned.refobjid
    JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum = owned.refobjsubid
    WHERE sequences.relkind = 'S' AND tables.relnamespace = current_schema()::regnamespace
    ORDER BY sequences.oid
""")


def continue_numbering(connection: Connection) -> None:
    """The next row that is given a number gets one more than the largest there is."""
    for sequence, table, column in connection.execute(OWNED).all():
        connection.exec_driver_sql(
            f"SELECT setval('{sequence}', coalesce((SELECT max({column}) FROM {table}), 0) + 1, false)"
        )
