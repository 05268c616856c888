"""An evaluation as plain JSON and back, its sentences still messages: what is kept can be said in every language."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from math import isnan, nan
from typing import Any

from matcher.domain.ids import CarrierId
from matcher.domain.matches import ModelIds
from matcher.domain.messages import Message, Texts
from matcher.domain.registry import RegistryVersion
from matcher.evaluation.calibration import Bin
from matcher.evaluation.intervals import Estimate
from matcher.evaluation.report import N_DIGITS, Comparison, Curve, EvaluationReport, Figure, Grid, Seen

Json = Mapping[str, Any]


def written(report: EvaluationReport) -> dict[str, Any]:
    """Numbers rounded as in the report's own JSON; NaN is null."""
    content: dict[str, Any] = _plain(report)
    return content


def report_of(content: Json) -> EvaluationReport:
    """What was written.

    Raises:
        KeyError, TypeError, ValueError: it was written by another version of this program, or by hand.
    """
    return EvaluationReport(
        models=ModelIds(**content["models"]),
        registry=RegistryVersion(**content["registry"]),
        on=date.fromisoformat(content["on"]),
        n_texts=content["n_texts"],
        n_graded=content["n_graded"],
        n_carriers=content["n_carriers"],
        figures=tuple(_figure(one) for one in content["figures"]),
        comparisons=tuple(_comparison(one) for one in content["comparisons"]),
        notes=tuple(_message(one) for one in content["notes"]),
        curves=tuple(_curve(one) for one in content["curves"]),
        grids=tuple(_grid(one) for one in content["grids"]),
        exposure=tuple(
            Seen(carrier=CarrierId(one["carrier"]), name=Texts(**one["name"]), n=one["n"])
            for one in content["exposure"]
        ),
    )


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Message):
        return {"say": value.text, "gaps": {name: _plain(one) for name, one in value.params.items()}}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return None if isnan(value) else round(value, N_DIGITS)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value


def _figure(content: Json) -> Figure:
    return Figure(**{**content, "label": _message(content["label"]), "estimate": _estimate(content["estimate"])})


def _comparison(content: Json) -> Comparison:
    difference = _estimate(content["difference"])
    p = _number(content["p"])
    return Comparison(**{**content, "label": _message(content["label"]), "difference": difference, "p": p})


def _curve(content: Json) -> Curve:
    bins = tuple(
        Bin(probability=_number(one["probability"]), share=_number(one["share"]), n=one["n"]) for one in content["bins"]
    )
    return Curve(name=content["name"], label=_message(content["label"]), bins=bins)


def _grid(content: Json) -> Grid:
    return Grid(
        name=content["name"],
        label=_message(content["label"]),
        rows=tuple(_label(one) for one in content["rows"]),
        columns=tuple(_label(one) for one in content["columns"]),
        values=tuple(tuple(map(_number, row)) for row in content["values"]),
        counts=tuple(map(tuple, content["counts"])),
    )


def _estimate(content: Json) -> Estimate:
    return Estimate(**{name: _number(value) for name, value in content.items()})


def _message(content: Json) -> Message:
    return Message(text=content["say"], params={name: _gap(value) for name, value in content["gaps"].items()})


def _label(content: Json) -> Message | Texts:
    return _message(content) if "say" in content else Texts(**content)


def _gap(value: object) -> object:
    if isinstance(value, Mapping):
        return _label(value)
    return tuple(map(_gap, value)) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _number(value: float | None) -> float:
    return nan if value is None else value
