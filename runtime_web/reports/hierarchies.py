"""The levels of a report's hierarchies, one of which is the deepest that is shown."""

from __future__ import annotations

from collections.abc import Iterator

from engine.fields.label import text_in
from engine.model import Configuration
from engine.model.report import Dimension, Report
from runtime_web.reports.paths import end_of
from runtime_web.reports.periods import part_words
from runtime_web.reports.table import dimension_label
from runtime_web.views.report import Hierarchy


def hierarchies_of(configuration: Configuration, report: Report, language: str) -> tuple[Hierarchy, ...]:
    """The hierarchies of rows and columns, for whoever goes up or down in them."""
    found: list[Hierarchy] = []
    for well, dimensions in (("rows", report.rows), ("columns", report.columns)):
        for at, one in enumerate(dimensions):
            if one.below:
                levels = tuple(_levels(configuration, report, one, language))
                found.append(Hierarchy(called(configuration, report, one, language), well, at, levels))
    return tuple(found)


def called(configuration: Configuration, report: Report, one: Dimension, language: str) -> str:
    """What a hierarchy is called: what is said, else its levels."""
    if one.label:
        return text_in(one.label, language, "")
    field = end_of(configuration, report.of, one.field, language).labels[-1]
    same = all(level.field == one.field for level in one.levels)
    return (
        field if same else " › ".join(dimension_label(configuration, report, level, language) for level in one.levels)
    )


def _levels(configuration: Configuration, report: Report, one: Dimension, language: str) -> Iterator[tuple[str, bool]]:
    """What each level is called, and whether it is the deepest one that is shown."""
    for number, level in enumerate(one.levels, 1):
        text = part_words()[level.by] if level.by else dimension_label(configuration, report, level, language)
        yield text, number == len(one.shown)
