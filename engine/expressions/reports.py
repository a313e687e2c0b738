"""Reports: what they name exists, and what they count can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.conditions import compiled_condition, safe
from engine.expressions.routes import hop_from
from engine.expressions.scope import asking, members_of, type_of
from engine.fields import Field
from engine.fields.column import USERS
from engine.model import Configuration, Dimension, Measure, Report
from engine.model.report import Aggregate
from formulas import Compiled, FormulaProblem, FormulaProblems, compile_formula
from formulas.scope import Member, Simple
from formulas.types import MONEY, NUMBER, Type

Place = tuple[str | int, ...]
ADDED = frozenset({"sum", "average", "median"})
COUNTED = frozenset({"count", "distinct"})
_NUMBERS = frozenset({"number", "money", "duration"})
_ORDERED = _NUMBERS | {"date", "datetime", "time"}
VALUES = "report"
"""What the scope of formulas over the values of a report is called."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a place of a report: a code of the catalogue with its params, or a problem of a formula."""

    place: Place
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    formula: FormulaProblem | None = None


@dataclass(frozen=True, slots=True)
class End:
    """What stands at the end of a path: a field of an entity, or a reference without one, such as a line's to its parent."""

    entity: str
    name: str
    described: Field | None
    kind: Type


def aggregate_of(configuration: Configuration, entity: str, measure: Measure) -> Aggregate:
    """How many values become one: as it is said, else numbers are added up, and all else is counted."""
    if measure.aggregate:
        return measure.aggregate
    found = type_of_counted(configuration, entity, measure)
    return "sum" if found and found.kind in _NUMBERS else "count"


def type_of_counted(configuration: Configuration, entity: str, measure: Measure) -> Type | None:
    """The type of the field or the expression that a value is read from; None where there is none, or none that is right."""
    if measure.expression:
        compiled = compile_formula(measure.expression, asking(members_of(configuration), entity))
        return compiled.type if isinstance(compiled, Compiled) else None
    end = end_of(configuration, entity, measure.field) if measure.field else None
    return end.kind if isinstance(end, End) else None


def end_of(configuration: Configuration, entity: str, path: str) -> End | Fault:
    """What a path of references leads to, or what is wrong with it; the place of that is that of the path."""
    name, _, rest = path.partition(".")
    if entity == USERS:
        fields: Mapping[str, Member] = members_of(configuration)[USERS]
    elif entity in configuration.entities:
        fields = members_of(configuration)[entity]
    else:
        return Fault((), "entity-unknown", {"name": entity, "among": tuple(configuration.entities)})
    if name not in fields:
        return Fault((), "field-unknown", {"name": name, "entity": entity, "among": tuple(fields)})
    hop = hop_from(configuration, entity, name)
    kind = fields[name].type
    if kind.kind == "list" or (hop is not None and hop.kind != "to"):
        return Fault((), "report-path-many", {"name": name})
    if not rest:
        described = configuration.entities[entity].fields.get(name) if entity != USERS else None
        return End(entity, name, described, type_of(described) or kind if described else kind)
    if hop is None:
        return Fault((), "report-path-ends", {"name": name, "rest": rest})
    return end_of(configuration, hop.far, rest)


def compiled_formula(configuration: Configuration, report: Report, text: str) -> Compiled | FormulaProblems:
    """A formula over the values of a report; it may not name other formulas."""
    members = {
        name: Member(_value_type(configuration, report, measure))
        for name, measure in report.values.items()
        if not measure.formula
    }
    return compile_formula(text, Simple(VALUES, {VALUES: members}))


def _value_type(configuration: Configuration, report: Report, measure: Measure) -> Type:
    if aggregate_of(configuration, report.of, measure) in COUNTED:
        return NUMBER
    found = type_of_counted(configuration, report.of, measure)
    return found if found and found.kind != "record" else NUMBER


def faults(configuration: Configuration, report: Report) -> Iterator[Fault]:
    """Everything that is wrong with a report of a configuration, which may be what somebody sees of it."""
    if report.of not in configuration.entities:
        yield Fault(("of",), "entity-unknown", {"name": report.of, "among": tuple(configuration.entities)})
        return
    for key, dimensions in (("rows", report.rows), ("columns", report.columns)):
        for number, dimension in enumerate(dimensions):
            yield from _dimension(configuration, report, dimension, (key, number))
    for name, measure in report.values.items():
        yield from _measure(configuration, report, measure, ("values", name))
    for name, filtered in report.filters.items():
        yield from _path(configuration, report, filtered.field, ("filters", name, "field"))
    if report.where:
        yield from _formula(compiled_condition(members_of(configuration), report.of, report.where), ("where",))


def _path(configuration: Configuration, report: Report, path: str, place: Place) -> Iterator[Fault]:
    end = end_of(configuration, report.of, path)
    if isinstance(end, Fault):
        yield Fault(place, end.code, end.params)


def _formula(found: Compiled | FormulaProblems, place: Place) -> Iterator[Fault]:
    if not isinstance(found, Compiled):
        for problem in found:
            yield Fault(place, formula=problem)


def _dimension(configuration: Configuration, report: Report, dimension: Dimension, place: Place) -> Iterator[Fault]:
    end = end_of(configuration, report.of, dimension.field)
    if isinstance(end, Fault):
        yield Fault((*place, "field"), end.code, end.params)
        return
    kind = end.kind.kind
    if dimension.by and (kind not in ("date", "datetime") or (dimension.by == "hour" and kind != "datetime")):
        yield Fault((*place, "by"), "report-part-unsuitable", {"part": dimension.by, "name": dimension.field})
    if dimension.ranges and kind not in _NUMBERS:
        yield Fault((*place, "ranges"), "report-ranges-unsuitable", {"name": dimension.field})
    if list(dimension.ranges) != sorted(set(dimension.ranges)):
        yield Fault((*place, "ranges"), "report-ranges-order")
    named = [] if dimension.sort is None else [(dimension.sort.removeprefix("-"), (*place, "sort"))]
    if dimension.top and dimension.top.by:
        named.append((dimension.top.by, (*place, "top", "by")))
    for name, where in named:
        if name not in report.values and not (name == "label" and where[-1] == "sort"):
            yield Fault(where, "report-value-unknown", {"name": name, "among": tuple(report.values)})


def _measure(configuration: Configuration, report: Report, measure: Measure, place: Place) -> Iterator[Fault]:
    said = [key for key in ("field", "expression", "formula", "aggregate") if getattr(measure, key)]
    if "aggregate" in said and "formula" not in said:
        said.remove("aggregate")
    if len(said) > 1:
        yield Fault((*place, said[1]), "report-value-twofold", {"first": said[0], "second": said[1]})
    elif measure.formula:
        yield from _formula(compiled_formula(configuration, report, measure.formula), (*place, "formula"))
    elif said:
        yield from _counted(configuration, report, measure, place)
    elif measure.aggregate not in (None, "count"):
        yield Fault((*place, "aggregate"), "report-aggregate-alone", {"aggregate": measure.aggregate})


def _counted(configuration: Configuration, report: Report, measure: Measure, place: Place) -> Iterator[Fault]:
    """What is wrong with a value of a field or of an expression."""
    aggregate = aggregate_of(configuration, report.of, measure)
    if measure.expression:
        found = safe(compile_formula(measure.expression, asking(members_of(configuration), report.of)))
        yield from _formula(found, (*place, "expression"))
        if isinstance(found, Compiled):
            yield from _aggregate(measure, aggregate, found.tree.type, place)
        return
    end = end_of(configuration, report.of, measure.field or "")
    if isinstance(end, Fault):
        yield Fault((*place, "field"), end.code, end.params)
    else:
        yield from _aggregate(measure, aggregate, end.kind, place)


def _aggregate(measure: Measure, aggregate: Aggregate, kind: Type, place: Place) -> Iterator[Fault]:
    wanted = _NUMBERS if aggregate in ADDED else _ORDERED if aggregate in ("min", "max") else None
    if wanted is not None and kind.kind not in wanted:
        at = (*place, "aggregate") if measure.aggregate else place
        yield Fault(
            at, "report-aggregate-unsuitable", {"aggregate": aggregate, "name": measure.field or measure.expression}
        )
    elif kind == MONEY and aggregate not in COUNTED:
        yield Fault(place, "report-currencies", {"name": measure.field or measure.expression})
