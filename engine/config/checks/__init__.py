"""What a configuration means must also be right: a flat list of plain functions, each looking at the whole draft.

A check takes a Draft and yields Problems with places. It assumes nothing about what other checks found.
"""

from collections.abc import Callable, Iterable

from engine.config.checks import (
    cards,
    children,
    codes,
    currencies,
    dashboards,
    entities,
    formulas,
    labels,
    names,
    options,
    own,
    references,
    renames,
    reports,
    roles,
    titles,
    views,
)
from engine.config.draft import Draft
from engine.problems import Problem

Check = Callable[[Draft], Iterable[Problem]]

CHECKS: tuple[Check, ...] = (
    names.valid,
    names.free,
    renames.former_names,
    codes.language,
    codes.country,
    codes.currency,
    codes.timezone,
    labels.languages,
    entities.one_settings,
    entities.icons,
    own.faults,
    own.suitable_keys,
    options.labels,
    currencies.named_fields,
    references.targets,
    references.cleared,
    references.other_side,
    references.circles,
    children.of_child,
    children.parents,
    children.parent_names,
    titles.fit,
    cards.contents,
    cards.sections,
    cards.widths,
    cards.shared,
    cards.twice,
    cards.required,
    cards.required_in_lines,
    formulas.placed,
    formulas.hidden,
    formulas.compiled,
    formulas.conditions,
    formulas.defaults,
    formulas.wheres,
    formulas.masks,
    reports.meant,
    reports.shared,
    dashboards.tiles,
    dashboards.shared,
    views.columns,
    views.sorts,
    views.laid_out,
    views.grouped,
    roles.links,
    roles.entities,
    roles.fields,
    roles.conditions,
    roles.vanishing,
)

__all__ = ["CHECKS", "Check"]
