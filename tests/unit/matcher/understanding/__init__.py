"""How texts are read by rule."""
