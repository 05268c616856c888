"""How much a run over all pairs keeps where nothing else is asked for, and at most."""

DEFAULT_LIST = 10  # carriers of a startup
DEFAULT_LEADS = 20  # startups of a carrier
MOST_KEPT = 1_000  # pairs of one startup, or of one carrier
DEFAULT_BLOCK = 4_096  # startups, about a second of work with 15,000 carriers
MOST_IN_BLOCK = 2**20
