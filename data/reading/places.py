"""Places from their YAML file."""

from data.reading.carriers import read_country
from data.reading.rows import Row
from matcher.domain.messages import Texts
from matcher.domain.registry import Place

FIELDS = ("id", "zh", "en", "de", "country", "province", "delta", "latitude", "longitude")


def read_place(row: Row) -> Place:
    row.known_fields(FIELDS)
    return Place(
        id=row.text("id"),
        name=Texts(row.text("zh"), row.text("en"), row.text("de")),
        country=read_country(row),
        province=row.optional_text("province"),
        delta=row.flag("delta"),
        latitude=row.number("latitude", -90, 90),
        longitude=row.number("longitude", -180, 180),
    )
