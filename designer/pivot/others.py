"""What is left out of the largest, together: folded from its groups where that is exact, else asked of the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from designer.pivot.arithmetic import plus, ratio
from designer.pivot.asking import question
from designer.pivot.axis import Axis
from designer.pivot.figures import Crossing, Tallies
from designer.pivot.levels import Depths, level_of, needed
from designer.pivot.measures import Source, amounts, sources_of, unfolded, with_others
from designer.pivot.ordering import comparable
from engine.grouping import OTHERS, Grouping, Groups, Keys, Merged, Tally
from engine.model import Configuration
from engine.model.report import Dimension, Report
from formulas import FormulaError

_UNASKED = Tally(FormulaError("#N/A", "What is left out was not asked for."))


def asked_of_others(report: Report, configuration: Configuration, rows: Axis, columns: Axis) -> Grouping | None:
    """What of others does not follow from the groups that are left out; None where nothing of that kind is shown."""
    depths = tuple(_with_others(report, rows, columns))
    sources = unfolded(report)
    if not depths or not sources:
        return None
    return replace(
        question(report, configuration),
        amounts=amounts(report, sources, configuration),
        levels=tuple(level_of(report, one) for one in depths),
        merged=(*_merged(report.rows, rows, 0), *_merged(report.columns, columns, len(report.rows))),
    )


def folded(report: Report, groups: Groups, rest: Groups | None, rows: Axis, columns: Axis) -> Tallies:
    """The amounts of all others, wherever they cross something that is shown."""
    parts: dict[Crossing, list[tuple[Tally, ...]]] = {}
    for depths in _with_others(report, rows, columns):
        for keys, tallies in groups.get(level_of(report, depths), {}).items():
            row, column = (
                _counted(report.rows, rows, keys[: depths[0]]),
                _counted(report.columns, columns, keys[depths[0] :]),
            )
            if row is not None and column is not None and OTHERS in (*row[-1:], *column[-1:]):
                parts.setdefault((row, column), []).append(tallies)
    return {at: _together(report, several, _asked(report, rest, at)) for at, several in parts.items()}


def _with_others(report: Report, rows: Axis, columns: Axis) -> Iterator[Depths]:
    """The depths at which a line or a column may be of what is left out."""
    lines, across = _depths(report.rows, rows), _depths(report.columns, columns)
    return (depths for depths in needed(report) if depths[0] in lines or depths[1] in across)


def _depths(dimensions: tuple[Dimension, ...], axis: Axis) -> frozenset[int]:
    """The depths of an axis at which something is left out and shown together."""
    pairs = enumerate(zip(dimensions, axis.kept, strict=True), 1)
    return frozenset(depth for depth, (dimension, kept) in pairs if kept is not None and with_others(dimension))


def _merged(dimensions: tuple[Dimension, ...], axis: Axis, first: int) -> Iterator[Merged]:
    for depth in sorted(_depths(dimensions, axis)):
        position = first + depth - 1
        yield Merged(position, tuple(range(first, position)), axis.kept[depth - 1] or frozenset())


def _counted(dimensions: tuple[Dimension, ...], axis: Axis, keys: Keys) -> Keys | None:
    """Under which item of an axis a group counts; None where it is in none, being left out further outside."""
    for depth, kept in enumerate(axis.kept[: len(keys)], 1):
        if kept is not None and keys[:depth] not in kept:
            innermost = depth == len(keys) and with_others(dimensions[depth - 1])
            return (*keys[:-1], OTHERS) if innermost else None
    return keys


def _asked(report: Report, rest: Groups | None, at: Crossing) -> Mapping[Source, Tally]:
    """What the records themselves said of others at a crossing."""
    row, column = at
    level = (rest or {}).get(level_of(report, (len(row), len(column))), {})
    return dict(zip(unfolded(report), level.get((*row, *column), ()), strict=False))


def _together(report: Report, several: Sequence[tuple[Tally, ...]], asked: Mapping[Source, Tally]) -> tuple[Tally, ...]:
    """The amounts of several groups as one."""
    columns = dict(zip(sources_of(report), zip(*several, strict=True), strict=True))
    return tuple(_amount(source, columns, asked) for source in columns)


def _amount(source: Source, columns: Mapping[Source, Sequence[Tally]], asked: Mapping[Source, Tally]) -> Tally:
    if source.folds:
        return _folded(source, columns[source])
    if source.parts:
        total, count = (_folded(part, columns[part]) for part in source.parts)
        return replace(total, value=ratio(total.value, count.value) if count.value else None)
    return asked.get(source, _UNASKED)


def _folded(source: Source, tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    values = [tally.value for tally in found if tally.value is not None]
    fold = _extreme if source.aggregate in ("min", "max") else _sum
    value = fold(values, source) if values else None
    return Tally(value, sum(tally.blanks for tally in found), sum(tally.errors for tally in found))


def _sum(values: Sequence[Any], source: Source) -> Any:
    return reduce(plus, values)


def _extreme(values: Sequence[Any], source: Source) -> Any:
    errors = [value for value in values if isinstance(value, FormulaError)]
    choose = min if source.aggregate == "min" else max
    return errors[0] if errors else choose(values, key=comparable)
