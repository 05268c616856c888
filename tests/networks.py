"""An invented network whose startups go where their place and their theme send them, for tests of learning."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CITIES = ("Alphaville", "Betatown", "Gammaport", "Deltafield", "Epsiburg")
THEMES = {
    "robots": "robot arm gripper welding cell motion control for workshops",
    "food": "protein snack drink kitchen fermented recipe for canteens",
    "health": "patient ward sensor implant diagnosis therapy for clinics",
    "money": "payment invoice wallet bank account credit for shops",
}
YEARS = range(2014, 2022)


@dataclass(frozen=True)
class Files:
    startups: Path
    carriers: Path
    interactions: Path

    @property
    def options(self) -> list[str]:
        pairs = {"startups": self.startups, "carriers": self.carriers, "interactions": self.interactions}
        return [word for name, path in pairs.items() for word in (f"--{name}", str(path))]


def write_network(folder: Path, *, n_startups: int = 200, n_carriers: int = 30, declined: bool = False) -> Files:
    """Half the carriers take startups of their city, half of their theme; the date is a year."""
    rng = np.random.default_rng(3)
    themes = list(THEMES)
    carriers = [
        {"id": f"c{n:02}", "name": f"{CITIES[n // 2 % 5]} Hub {n}", "city": CITIES[n // 2 % 5], "country": "Nowhere"}
        if n % 2
        else {"id": f"c{n:02}", "name": f"House {n} for {themes[n // 2 % 4]}"}
        for n in range(n_carriers)
    ]
    startups, happened = [], []
    for n in range(n_startups):
        theme, city = themes[rng.integers(4)], CITIES[rng.integers(5)]
        words = rng.permutation(THEMES[theme].split())[:6]
        startups.append(
            {
                "id": f"s{n:03}",
                "description": f"We make {' '.join(words)}.",
                "categories": [theme.title()] if n % 3 else [],
                "city": city,
                "country": "Nowhere",
                "founders": int(rng.integers(1, 5)),  # a key that nobody knows
            }
        )
        fits = [one for one in carriers if one.get("city") == city or theme in one["name"]]
        chosen = fits[rng.integers(len(fits))]["id"]
        year = YEARS[n * len(YEARS) // n_startups]
        happened.append((f"s{n:03}", chosen, str(year), "admission"))
        if declined:
            others = [one["id"] for one in carriers if one not in fits]
            happened += [(f"s{n:03}", others[rng.integers(len(others))], str(year), "declined") for _ in range(3)]
    folder.mkdir(parents=True, exist_ok=True)
    files = Files(folder / "startups.jsonl", folder / "carriers.jsonl", folder / "links.csv")
    for path, rows in ((files.startups, startups), (files.carriers, carriers)):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with files.interactions.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("startup_id", "carrier_id", "date", "kind"), *happened])
    return files
