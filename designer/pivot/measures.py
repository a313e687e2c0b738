"""The values of a report, and what has to be asked of the records for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.expressions.scope import Members, asking, members_of
from engine.grouping import Amount
from engine.model import Configuration
from engine.model.report import Aggregate, Dimension, Measure, Report
from formulas import Compiled, compile_formula
from formulas.types import Type

RECORDS = MappingProxyType({"records": Measure(aggregate="count")})
"""What a report counts that names no value."""
_ADDED_UP = frozenset({"number", "money", "duration"})
_FOLDED: frozenset[Aggregate | None] = frozenset({None, "sum", "count", "min", "max"})
"""Of these the amount of several groups follows from theirs. Where none is said, it is one of the first two."""
_EXTREMES: frozenset[Aggregate | None] = frozenset({"min", "max"})


@dataclass(frozen=True, slots=True)
class Source:
    """What a value is read from: an amount of records, whose aggregate may be left to the type of the field."""

    path: str
    expression: str
    aggregate: Aggregate | None

    @property
    def folds(self) -> bool:
        """Whether the amount of several groups follows from theirs."""
        return self.aggregate in _FOLDED and (not self._once or self.aggregate in _EXTREMES)

    @property
    def _once(self) -> bool:
        """Whether it belongs to records that several rows may lead to: such a record counts once in each group."""
        return "." in self.path

    @property
    def parts(self) -> tuple[Source, ...]:
        """What an average of several groups follows from."""
        kinds: tuple[Aggregate, ...] = ("sum", "count") if self.aggregate == "average" and not self._once else ()
        return tuple(Source(self.path, self.expression, kind) for kind in kinds)


def measures_of(report: Report) -> Mapping[str, Measure]:
    """The values of a report by name: how many records there are, where it names none."""
    return report.values or RECORDS


def shown_values(report: Report) -> tuple[str, ...]:
    """The names of the values that are not only there for formulas."""
    return tuple(name for name, measure in measures_of(report).items() if not measure.hidden)


def source_of(measure: Measure) -> Source:
    """What a value that is no formula is read from."""
    return Source(measure.field or "", measure.expression or "", measure.aggregate)


def sources_of(report: Report) -> tuple[Source, ...]:
    """All that is asked of each group, each once, in the order of the amounts."""
    asked = [source_of(measure) for measure in measures_of(report).values() if measure.formula is None]
    if any(with_others(dimension) for dimension in (*report.rows, *report.columns)):
        asked += [part for source in asked for part in source.parts]
    return tuple(dict.fromkeys(asked))


def unfolded(report: Report) -> tuple[Source, ...]:
    """What has to be asked again for others, because it does not follow from the groups that are left out."""
    return tuple(one for one in sources_of(report) if not one.folds and not one.parts)


def with_others(dimension: Dimension) -> bool:
    """Whether what is left out of a dimension is shown together."""
    return dimension.top is not None and dimension.top.others


def amounts(report: Report, sources: tuple[Source, ...], configuration: Configuration) -> tuple[Amount, ...]:
    """The sources as amounts of records of the report's entity."""
    members = members_of(configuration)
    return tuple(_amount(members, report.of, source) for source in sources)


def _amount(members: Members, entity: str, source: Source) -> Amount:
    kind = source.aggregate or usual_aggregate(members, entity, source)
    return Amount(kind, source.path, source.expression)


def usual_aggregate(members: Members, entity: str, source: Source) -> Aggregate:
    """What is done with a field or an expression where nothing is said: numbers are added up, all else is counted."""
    found = _type(members, entity, source)
    return "sum" if found and found.kind in _ADDED_UP else "count"


def _type(members: Members, entity: str, source: Source) -> Type | None:
    if source.expression:
        return expression_type(members, entity, source.expression)
    holder, name = end_of(members, entity, source.path)
    member = members.get(holder, {}).get(name)
    return member.type if member else None


def expression_type(members: Members, entity: str, text: str) -> Type | None:
    """The type of an expression of a record; None where it has problems."""
    compiled = compile_formula(text, asking(members, entity))
    return compiled.type if isinstance(compiled, Compiled) else None


def end_of(members: Members, entity: str, path: str) -> tuple[str, str]:
    """The entity at the end of the references of a path, and the name of its field there; "" where they lead nowhere."""
    *steps, name = path.split(".")
    for step in steps:
        member = members.get(entity, {}).get(step)
        entity = member.type.entity if member else ""
    return entity, name
