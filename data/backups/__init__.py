"""A copy of all that a store holds, in one file that any kind of database can be filled from."""
