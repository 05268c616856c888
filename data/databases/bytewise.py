"""Texts of a PostgreSQL store are compared byte by byte, whatever the server's language."""

from collections import defaultdict

from sqlalchemy import Connection, text

# Every text column of our tables that is compared in another way than byte by byte.
OTHERWISE = text("""
    SELECT tables.oid::regclass::text, quote_ident(columns.attname), format_type(columns.atttypid, columns.atttypmod)
    FROM pg_attribute AS columns
    JOIN pg_class AS tables ON tables.oid = columns.attrelid
    JOIN pg_collation AS orders ON orders.oid = columns.attcollation
    WHERE tables.relkind = 'r' AND tables.relnamespace = current_schema()::regnamespace
      AND columns.attnum > 0 AND NOT columns.attisdropped AND orders.collname <> 'C'
      AND format_type(columns.atttypid, NULL) IN ('character varying', 'text')
    ORDER BY tables.oid, columns.attnum
""")


def order_bytewise(connection: Connection) -> None:
    """So the pages of a list are cut at the same places as with SQLite, and `lower` folds the same letters."""
    changes = defaultdict(list)
    for table, column, kind in connection.execute(OTHERWISE):
        changes[table].append(f'ALTER COLUMN {column} TYPE {kind} COLLATE "C"')
    for table, columns in changes.items():
        connection.exec_driver_sql(f"ALTER TABLE {table} {', '.join(columns)}")
