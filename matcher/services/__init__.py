"""Use cases, one public callable in each module."""
