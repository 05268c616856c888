"""The heart: reads a startup, measures pairs, ranks, explains; plain Python and numpy, no web, no database."""
