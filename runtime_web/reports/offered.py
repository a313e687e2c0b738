"""Which reports there are for a reader, and of what new ones may be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.expressions.reports import faults, problem_of
from engine.model import Entity
from engine.model.report import Report
from engine.problems import Problem, Problems
from engine.records import Records
from runtime_web.reports.paths import NoPath, end_of

ABSENT = frozenset({"entity-unknown", "field-unknown"})
"""What is wrong with a report that names what is not there for its reader, or for nobody."""


def offered(records: Records) -> Iterator[tuple[str, Report]]:
    """The reports of the configuration that this reader may see, by name."""
    for name, report in records.configuration.reports.items():
        if is_there(records, report):
            yield name, report


def found(records: Records, name: str) -> Report | None:
    """The report of a name, None where there is none for this reader."""
    report = records.configuration.reports.get(name)
    return report if report is not None and is_there(records, report) else None


def is_there(records: Records, report: Report) -> bool:
    """Whether the reader may use all that a report of the configuration names, with the records that it counts."""
    return may_be_made(records, report) and not any(fault.formula for fault in faults(records.configuration, report))


def may_be_made(records: Records, report: Report) -> bool:
    """Whether there are the records and all fields that a report names; what it computes may yet be wrong."""
    if not records.rights.may("report", report.of):
        return False
    if any(fault.code in ABSENT for fault in faults(records.configuration, report)):
        return False
    try:
        for path in _paths(report):
            end_of(records.configuration, report.of, path, "en")
    except NoPath:
        return False
    return True


def unfit(records: Records, report: Report) -> Problems:
    """What is wrong with a report all of whose fields are there: a sum of texts, months of a number."""
    return tuple(map(problem_of, faults(records.configuration, report)))


def subjects(records: Records) -> Iterator[tuple[str, Entity]]:
    """The entities of which a new report may be made."""
    for name, entity in records.configuration.entities.items():
        if entity.kind != "settings" and records.rights.may("report", name):
            yield name, entity


def wrong_chips(records: Records, report: Report) -> Mapping[tuple[str, str], Problem]:
    """What is wrong, by the well and the place in it where that stands."""
    found = (problem_of(fault) for fault in faults(records.configuration, report))
    return {(one.path[0], one.path[1]): one for one in found if len(one.path) > 1}


def _paths(report: Report) -> Iterator[str]:
    yield from (level.field for dimension in (*report.rows, *report.columns) for level in dimension.levels)
    yield from (measure.field for measure in report.values.values() if measure.field)
    yield from (chosen.field for chosen in report.filters.values())
