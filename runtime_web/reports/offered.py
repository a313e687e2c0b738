"""Which reports there are for a reader, and of what new ones may be made."""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.reports import Fault, faults
from engine.model import Entity
from engine.model.report import Report
from engine.problems import Problem, Problems, problem
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
    """Whether the reader may use all that a report names, with the records that it counts."""
    if not records.rights.may("report", report.of):
        return False
    if any(fault.formula or fault.code in ABSENT for fault in faults(records.configuration, report)):
        return False
    try:
        for path in _paths(report):
            end_of(records.configuration, report.of, path, "en")
    except NoPath:
        return False
    return True


def unfit(records: Records, report: Report) -> Problems:
    """What is wrong with a report all of whose fields are there: a sum of texts, months of a number."""
    return tuple(map(_problem, faults(records.configuration, report)))


def subjects(records: Records) -> Iterator[tuple[str, Entity]]:
    """The entities of which a new report may be made."""
    for name, entity in records.configuration.entities.items():
        if entity.kind != "settings" and records.rights.may("report", name):
            yield name, entity


def _problem(fault: Fault) -> Problem:
    return problem(fault.code, **{key: value for key, value in fault.params.items() if key != "among"})


def _paths(report: Report) -> Iterator[str]:
    yield from (dimension.field for dimension in (*report.rows, *report.columns))
    yield from (measure.field for measure in report.values.values() if measure.field)
    yield from (chosen.field for chosen in report.filters.values())
