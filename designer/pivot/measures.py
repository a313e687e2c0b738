"""The values of a report, and what has to be asked of the records for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.expressions.reports import aggregate_of
from engine.grouping import Amount
from engine.model import Configuration
from engine.model.report import Aggregate, Dimension, Measure, Report

RECORDS = MappingProxyType({"records": Measure(aggregate="count")})
"""What a report counts that names no value to be shown."""
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


def completed(report: Report) -> Report:
    """The report as it is asked: hierarchies as their open levels, and the number of records where it shows no value."""
    return report.expanded.model_copy(update={"values": dict(measures_of(report))})


def measures_of(report: Report) -> Mapping[str, Measure]:
    """The values of a report by name: how many records there are too, where it names none to be shown."""
    shown = any(not measure.hidden for measure in report.values.values())
    return report.values if shown else {**report.values, **RECORDS}


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
    return tuple(_amount(configuration, report.of, source) for source in sources)


def _amount(configuration: Configuration, entity: str, source: Source) -> Amount:
    read = Measure(field=source.path or None, expression=source.expression or None, aggregate=source.aggregate)
    return Amount(aggregate_of(configuration, entity, read), source.path, source.expression)
