"""Reports: what they name exists, and what they count can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.expressions.conditions import compiled_condition, safe
from engine.expressions.needs import needs_of, with_user
from engine.expressions.reached import reached
from engine.expressions.routes import currency_path, hop_from, inputs_of
from engine.expressions.scope import asking, members_of, type_of
from engine.fields import Field
from engine.fields.column import USERS
from engine.model import Configuration, Dimension, Measure, Report
from engine.model.report import Aggregate, Filter
from engine.problems import Problem
from formulas import Compiled, FormulaProblem, FormulaProblems, compile_formula
from formulas.scope import Member, Simple
from formulas.types import BOOLEAN, NUMBER, Type

Place = tuple[str | int, ...]
ADDED = frozenset({"sum", "average", "median"})
_ADD_UP = frozenset({"sum", "count"})
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


def problem_of(fault: Fault) -> Problem:
    """A fault as what people read, where no file has a place for it."""
    path = tuple(map(str, fault.place))
    if fault.formula:
        likely = " or ".join(fault.formula.candidates) or None
        named = "formula" in path or "colors" in path
        # A formula over values names values, not fields.
        code = "report-value-unknown" if named and fault.formula.code == "formula-unknown-name" else fault.formula.code
        return Problem(code, {**fault.formula.params, "likely": likely}, path=path)
    return Problem(fault.code, {key: value for key, value in fault.params.items() if key != "among"}, path=path)


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


def compiled_rule(configuration: Configuration, report: Report, text: str) -> Compiled | FormulaProblems:
    """A condition over the values of a report as they are shown."""
    members = {name: Member(_shown_type(configuration, report, measure)) for name, measure in report.values.items()}
    return compile_formula(text, Simple(VALUES, {VALUES: members}), result=BOOLEAN)


def _shown_type(configuration: Configuration, report: Report, measure: Measure) -> Type:
    if measure.show_as and measure.show_as not in ("running_total", "difference"):
        return NUMBER
    if not measure.formula:
        return _value_type(configuration, report, measure)
    found = compiled_formula(configuration, report, measure.formula)
    return found.type if isinstance(found, Compiled) else NUMBER


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
            for at, level in enumerate(dimension.levels[1:]):
                alone, inherits = level.model_copy(update={"sort": None}), dimension.below[at].field is None
                found = _dimension(configuration, report, alone, (key, number, "below", at))
                yield from (fault for fault in found if not (inherits and fault.place[-1] == "field"))
    for name, measure in report.values.items():
        yield from _measure(configuration, report, measure, ("values", name))
    for name, filtered in report.filters.items():
        yield from _filter(configuration, report, filtered, ("filters", name))
    if report.where:
        yield from _formula(compiled_condition(members_of(configuration), report.of, report.where), ("where",))


def _filter(configuration: Configuration, report: Report, filtered: Filter, place: Place) -> Iterator[Fault]:
    """What cannot be compared so: no condition at all would be made of it, and everything counted."""
    yield from _path(configuration, report, filtered.field, (*place, "field"))
    found = reached(configuration, report.of, filtered.field)
    known = found.comparisons if found else ("any_of",)
    if filtered.operator and filtered.operator not in known:
        params = {"name": filtered.field, "operator": filtered.operator, "known": ", ".join(known)}
        yield Fault((*place, "operator"), "report-operator-unsuitable", params)
    if filtered.during and not (found and found.field.kind in ("date", "datetime")):
        yield Fault((*place, "during"), "report-during-unsuitable", {"name": filtered.field})


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
    for number, tint in enumerate(measure.colors):
        rule = compiled_rule(configuration, report, tint.where)
        yield from _formula(rule, (*place, "colors", number, "where"))
    if len(said) > 1:
        yield Fault((*place, said[1]), "report-value-twofold", {"first": said[0], "second": said[1]})
    elif measure.formula:
        found = compiled_formula(configuration, report, measure.formula)
        yield from _formula(found, (*place, "formula"))
        yield from _running(configuration, report, measure, found, place)
    elif said:
        yield from _counted(configuration, report, measure, place)
        yield from _running(configuration, report, measure, None, place)
    elif measure.aggregate not in (None, "count"):
        yield Fault((*place, "aggregate"), "report-aggregate-alone", {"aggregate": measure.aggregate})


def runs_on(configuration: Configuration, report: Report, measure: Measure) -> bool:
    """Whether a running total of the value is right: what several groups come to follows from their sums."""
    if measure.formula:
        found = compiled_formula(configuration, report, measure.formula)
        return isinstance(found, Compiled) and not any(_standing(configuration, report, found))
    return not _stands(configuration, report, measure)


def _running(
    configuration: Configuration,
    report: Report,
    measure: Measure,
    made: Compiled | FormulaProblems | None,
    place: Place,
) -> Iterator[Fault]:
    """A running total of what does not add up; of a formula, of what it is made of."""
    if measure.show_as != "running_total":
        return
    inner = _standing(configuration, report, made) if isinstance(made, Compiled) else iter((measure,))
    for one in inner:
        if _stands(configuration, report, one):
            aggregate = aggregate_of(configuration, report.of, one)
            named = one.field or one.expression or ""
            yield Fault((*place, "show_as"), "report-running-unsuitable", {"aggregate": aggregate, "name": named})
            return


def _standing(configuration: Configuration, report: Report, made: Compiled) -> Iterator[Measure]:
    """What a formula names that does not add up."""
    for use in made.uses:
        measure = report.values.get(use.name)
        if measure and _stands(configuration, report, measure):
            yield measure


def _stands(configuration: Configuration, report: Report, measure: Measure) -> bool:
    """Whether the value of several groups does not follow from adding theirs: behind a reference records count once."""
    aggregate = aggregate_of(configuration, report.of, measure)
    return measure.formula is None and (aggregate not in _ADD_UP or "." in (measure.field or ""))


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
        yield from _currency(configuration, report, measure.field or "", place)


def _currency(configuration: Configuration, report: Report, path: str, place: Place) -> Iterator[Fault]:
    """The field with the currency of an amount has to be there, or nobody could tell amounts apart."""
    beside = currency_path(configuration, report.of, path)
    end = end_of(configuration, report.of, beside) if beside else None
    if isinstance(end, Fault):
        yield Fault((*place, "field"), end.code, end.params)


def _aggregate(measure: Measure, aggregate: Aggregate, kind: Type, place: Place) -> Iterator[Fault]:
    wanted = _NUMBERS if aggregate in ADDED else _ORDERED if aggregate in ("min", "max") else None
    if wanted is not None and kind.kind not in wanted:
        at = (*place, "aggregate") if measure.aggregate else place
        yield Fault(
            at, "report-aggregate-unsuitable", {"aggregate": aggregate, "name": measure.field or measure.expression}
        )


def entities_named(configuration: Configuration, report: Report) -> frozenset[str]:
    """Every entity of which a report that has no faults reads something, or names records."""
    paths = [level.field for one in (*report.rows, *report.columns) for level in one.levels]
    paths += [one.field for one in report.filters.values()]
    paths += [one.field for one in report.values.values() if one.field]
    found = {report.of}
    for path in paths:
        found.update(_passed(configuration, report.of, path))
    texts = [*(one.expression for one in report.values.values() if one.expression), *filter(None, [report.where])]
    for text in texts:
        compiled = compile_formula(text, asking(members_of(configuration), report.of))
        if isinstance(compiled, Compiled):
            needed = with_user(needs_of([compiled.tree]))
            found.update(one.key[0] for one in inputs_of(configuration, report.of, needed))
    return frozenset(found - {USERS})


def _passed(configuration: Configuration, entity: str, path: str) -> Iterator[str]:
    for step in path.split("."):
        hop = hop_from(configuration, entity, step)
        if hop is None:
            return
        entity = hop.far
        yield entity
