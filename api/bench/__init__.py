"""How fast and how small: every figure beside the thing it is compared with, in one run."""
