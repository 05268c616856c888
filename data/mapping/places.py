"""Places to rows and back."""

from data.fingerprints import fingerprint
from data.mapping.texts import texts_column, texts_from
from data.tables import PlaceRow
from matcher.domain.registry import Place


def place_from(row: PlaceRow) -> Place:
    return Place(
        id=row.id,
        name=texts_from(row.name),
        country=row.country,
        province=row.province,
        delta=row.delta,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def place_row(place: Place) -> PlaceRow:
    return PlaceRow(
        id=place.id,
        name=texts_column(place.name),
        country=place.country,
        province=place.province,
        delta=place.delta,
        latitude=place.latitude,
        longitude=place.longitude,
        fingerprint=fingerprint(place),
    )
