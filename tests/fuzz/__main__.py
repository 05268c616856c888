"""`make fuzz`: all callers, thousands of requests; prints what was found and ends with status 1 if that is anything."""

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from api.bootstrap import build_services
from api.settings import Settings
from tests.fuzz.program import CALLERS, Found, fuzz, target


def told(found: Found) -> list[str]:
    """What one caller has found; all of it where there is something to mend."""
    head = (
        f"{found.caller}: {found.n_cases} cases of {found.n_operations} operations, {len(found.done)} of them done at"
        f" least once, {len(found.failures)} failures"
    )
    return [head] if found.is_complete and not found.failures else [head, found.output, *found.failures]


def main() -> int:
    options = ArgumentParser(prog="make fuzz", description=__doc__)
    options.add_argument("--examples", type=int, default=40, help="of each operation, for each caller")
    options.add_argument("--seed", type=int, help="of the requests; random by default")
    options.add_argument("--caller", choices=CALLERS, action="append", help="one of them alone; may be repeated")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="matcher-fuzz-") as name:
        with build_services(Settings(data_dir=Path(name))) as services:
            services.recommend.warm()
        found = []
        with target(Path(name)) as server:
            for caller in wanted.caller or CALLERS:
                found.append(fuzz(server, caller, wanted.examples, wanted.seed))
                sys.stdout.writelines(line + "\n" for line in told(found[-1]))
                sys.stdout.flush()
    sys.stdout.write(f"{sum(one.n_cases for one in found)} cases in all\n")
    return int(any(one.failures or not one.is_complete for one in found))


if __name__ == "__main__":
    sys.exit(main())
