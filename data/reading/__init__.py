"""Files to checked domain objects, with file, line and reason for everything that is not."""
