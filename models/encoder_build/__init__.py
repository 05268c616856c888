"""The steps that make the released encoder from published packages; only `models.build_encoder` needs them."""
