"""The history of the tables, one step per file in `versions/`."""

HEAD = "0012"  # the last step; kept here so that a start without work to do need not load Alembic
