"""From a report to what is asked of the records."""

from __future__ import annotations

from designer.pivot.levels import level_of, needed
from designer.pivot.measures import amounts, sources_of
from engine.grouping import Grouping, Key
from engine.model import Configuration
from engine.model.report import Dimension, Report


def question(report: Report, configuration: Configuration) -> Grouping:
    """All that the finished table is made of. Whoever asks adds the conditions of filters."""
    report = report.expanded
    return Grouping(
        entity=report.of,
        keys=tuple(_key(dimension) for dimension in (*report.rows, *report.columns)),
        amounts=amounts(report, sources_of(report), configuration),
        levels=tuple(level_of(report, depths) for depths in needed(report)),
        where=report.where or "",
    )


def _key(dimension: Dimension) -> Key:
    return Key(dimension.field, dimension.by, dimension.ranges)
