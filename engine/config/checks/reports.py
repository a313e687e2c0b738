"""Reports: what they name exists, and what they count can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.formulas import located
from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.expressions.reports import Fault, faults
from engine.problems import Problem, nearest


def meant(draft: Draft) -> Iterator[Problem]:
    """Everything that is wrong with what reports say."""
    if draft.cut or not draft.complete:
        # What a report names may be what was cut out; the other problems come first.
        return
    for name, report in draft.configuration.reports.items():
        for fault in faults(draft.configuration, report):
            yield told(draft, ("reports", name, *fault.place), fault)


def told(draft: Draft, path: Path, fault: Fault) -> Problem:
    """What is wrong with a report as a Problem at its path."""
    if fault.formula:
        return located(draft, path, fault.formula)
    params = {key: value for key, value in fault.params.items() if key != "among"}
    if "among" in fault.params:
        params["nearest"] = nearest(str(params["name"]), fault.params["among"])
    return draft.found(fault.code, path, **params)


def shared(draft: Draft) -> Iterator[Problem]:
    """Reports are for roles that there are."""
    for name, report in draft.configuration.reports.items():
        for number, role in enumerate(report.roles):
            if role not in draft.configuration.roles:
                names = tuple(draft.configuration.roles)
                yield draft.found(
                    "report-role-unknown", ("reports", name, "roles", number), name=role, nearest=nearest(role, names)
                )
