"""From hundreds of carriers to an ordered, explained list."""
