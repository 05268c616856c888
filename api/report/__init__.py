"""The evaluation as one page that needs nothing else: plots, the tables beside them, and how it was made."""
