"""Dashboards: their tiles show reports that there are, for roles that there are."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.reports import told
from engine.config.draft import Draft
from engine.expressions.dashboards import tile_faults
from engine.problems import Problem, nearest


def tiles(draft: Draft) -> Iterator[Problem]:
    """Everything that is wrong with what dashboards show."""
    if draft.cut or not draft.complete:
        # What a tile names may be what was cut out; the other problems come first.
        return
    for name, dashboard in draft.configuration.dashboards.items():
        for key, tile in dashboard.tiles.items():
            for fault in tile_faults(draft.configuration, tile):
                yield told(draft, ("dashboards", name, "tiles", key, *fault.place), fault)


def shared(draft: Draft) -> Iterator[Problem]:
    """Dashboards are for roles that there are."""
    names = tuple(draft.configuration.roles)
    for name, dashboard in draft.configuration.dashboards.items():
        for number, role in enumerate(dashboard.roles):
            if role not in names:
                path = ("dashboards", name, "roles", number)
                yield draft.found("report-role-unknown", path, name=role, nearest=nearest(role, names))
