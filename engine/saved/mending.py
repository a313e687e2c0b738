"""A report that names what is no longer there: what that is, and what is left of the report without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.expressions.reports import Fault, Place, faults, problem_of
from engine.fields.label import Frozen
from engine.model import Configuration, Report
from engine.problems import Problem, Problems, problem
from engine.saved.report import Described

LISTS = ("rows", "columns")
NAMED = ("values", "filters")
GONE = frozenset(
    {"entity-unknown", "field-unknown", *(f"formula-unknown-{what}" for what in ("name", "member", "label"))}
)
COUNTED = frozenset({"field", "expression", "formula", "aggregate"})
"""What says what a part counts, or by what: without it, it would be another one."""
ROUNDS = 200
"""One part is taken out at a time; no report has so many."""


def wrong_with(configuration: Configuration, report: Report) -> Iterator[Problem]:
    """What is wrong with a report that was right once: first, in one sentence, all that it names and that is gone."""
    found = tuple(faults(configuration, report))
    gone = dict.fromkeys(_written(report, fault) for fault in found if _is_gone(fault))
    if gone:
        yield problem("report-parts-gone", parts=", ".join(gone))
    yield from (problem_of(fault) for fault in found if not _is_gone(fault))


def unreadable(described: Described) -> Problems:
    """What is wrong with a report that is none for this version of the program."""
    return (problem("report-unreadable", name=described.name),)


def _is_gone(fault: Fault) -> bool:
    return (fault.formula.code if fault.formula else fault.code) in GONE


def mended(configuration: Configuration, report: Report) -> Report | None:
    """The report without its parts that are wrong; None where nothing would be left to count."""
    for _ in range(ROUNDS):
        fault = next(faults(configuration, report), None)
        if fault is None:
            return report
        if fault.place == ("of",):
            return None
        report = _without(report, fault.place)
    return None


def _written(report: Report, fault: Fault) -> str:
    """The text at the place of a fault: a path, a name or an expression."""
    found: Any = report
    for step in fault.place:
        found = getattr(found, str(step)) if isinstance(found, Frozen) else found[step]
    return str(found)


def _without(report: Report, place: Place) -> Report:
    """The report without a part, or with one of its settings as usual where that alone is wrong."""
    key, *rest = place
    if key in LISTS and rest:
        return report.model_copy(update={key: _without_item(getattr(report, key), int(rest[0]), rest[1:])})
    if key in NAMED and rest:
        return report.model_copy(update={key: _without_named(getattr(report, key), str(rest[0]), rest[1:])})
    return report.model_copy(
        update={str(key): type(report).model_fields[str(key)].get_default(call_default_factory=True)}
    )


def _without_item(items: tuple[Any, ...], at: int, rest: list[str | int]) -> tuple[Any, ...]:
    left = () if not rest or rest[0] in COUNTED else (_reset(items[at], str(rest[0])),)
    return (*items[:at], *left, *items[at + 1 :])


def _without_named(items: Mapping[str, Any], name: str, rest: list[str | int]) -> dict[str, Any]:
    if rest and rest[0] not in COUNTED:
        return {**items, name: _reset(items[name], str(rest[0]))}
    return {key: one for key, one in items.items() if key != name}


def _reset(part: Any, setting: str) -> Any:
    """A part of a report with one of its settings as if nobody had said anything."""
    return part.model_copy(update={setting: type(part).model_fields[setting].get_default(call_default_factory=True)})
