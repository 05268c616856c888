"""Numbers from a pair of startup and carrier, by name."""
