"""What was tried to better the released encoder; `python -m models.encoder_tries` repeats it."""
