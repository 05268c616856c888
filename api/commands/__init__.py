"""The commands of `matcher`, one module each."""
