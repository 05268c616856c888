"""Records as files that people fill in: CSV, Excel and JSON lines, in and out."""
