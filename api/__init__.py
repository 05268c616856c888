"""The ways in: HTTP, command line and settings; the one place where implementations are chosen."""
