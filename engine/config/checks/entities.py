"""Entities as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.config.draft import Draft
from engine.problems import Problem

_ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def one_settings(draft: Draft) -> Iterator[Problem]:
    """One entity of settings is enough: it has one record."""
    first, *others = [name for name, entity in draft.entities.items() if entity.kind == "settings"] or [""]
    for name in others:
        yield draft.found("settings-twice", ("entities", name, "kind"), first=first)


def icons(draft: Draft) -> Iterator[Problem]:
    """Icons are named as their makers name them; whether there is one of that name, the page finds out."""
    for name, entity in draft.entities.items():
        if entity.icon is not None and not _ICON.match(entity.icon):
            yield draft.found("icon-invalid", ("entities", name, "icon"), value=entity.icon)
