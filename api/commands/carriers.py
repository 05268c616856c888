"""`matcher carriers`: the registry as a list, or one record with the source of each fact."""

from typing import Annotated, Literal

import typer

from api.commands.options import AsJson, Lang


def carriers(
    carrier_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="Show this one record in full.", show_default=False)
    ] = None,
    role: Annotated[Literal["carrier", "partner"] | None, typer.Option(help="Homes, or partners beside them.")] = None,
    city: Annotated[str | None, typer.Option(help="City, as the records name it.")] = None,
    district: Annotated[str | None, typer.Option(help="Any part of the district's name.")] = None,
    industry: Annotated[str | None, typer.Option(help="Id of an industry.")] = None,
    subfield: Annotated[str | None, typer.Option(help="Id of a sub-field.")] = None,
    kind: Annotated[str | None, typer.Option(help="Id of a kind, as kind.incubator or incubator.")] = None,
    level: Annotated[str | None, typer.Option(help="Id of a level, as level.national or national.")] = None,
    status: Annotated[
        Literal["operating", "planned", "under_construction", "unknown"] | None, typer.Option(help="State of life.")
    ] = None,
    service: Annotated[str | None, typer.Option(help="Id of a service, as service.site or site.")] = None,
    capability: Annotated[str | None, typer.Option(help="Id of a platform or capability.")] = None,
    name: Annotated[str | None, typer.Option(help="Any part of the name, in any language.")] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """List carriers and partners, or show one record with the source of each fact."""
    from api.commands.looking import list_carriers, show_carrier  # noqa: PLC0415 - the store stays off the start path

    filters = {
        "role": role,
        "city": city,
        "district": district,
        "industry": industry,
        "subfield": subfield,
        "kind": _prefixed("kind", kind),
        "level": _prefixed("level", level),
        "status": status,
        "service": _prefixed("service", service),
        "capability": capability,
        "name": name,
    }
    wanted = {field: value for field, value in filters.items() if value is not None}
    if carrier_id is None:
        list_carriers(wanted, lang, as_json=as_json)
    elif wanted:
        raise typer.BadParameter("give either an ID or filters")
    else:
        show_carrier(carrier_id, lang, as_json=as_json)


def _prefixed(facet: str, value: str | None) -> str | None:
    return value if value is None or "." in value else f"{facet}.{value}"
