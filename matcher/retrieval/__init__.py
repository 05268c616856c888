"""From thousands of carriers to hundreds."""
