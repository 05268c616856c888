"""What is kept: the SQL store, its migrations, and the files that fill it."""
