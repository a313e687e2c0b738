"""The options of choices."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import Path
from engine.fields.choice import Choosing
from engine.fields.locale import LANGUAGES
from engine.problems import Problem


def labels(draft: Draft) -> Iterator[Problem]:
    """Within one language, each option is called otherwise; what is typed or imported is found by label."""
    for path, _, field in draft.fields():
        if isinstance(field, Choosing):
            yield from _of(draft, field, (*path, "options"))


def _of(draft: Draft, field: Choosing, path: Path) -> Iterator[Problem]:
    reported: set[int] = set()
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for index, option in enumerate(field.options):
            shown = option.label_in(language)
            first = seen.setdefault(shown.casefold(), option.value)
            if first.casefold() != option.value.casefold() and index not in reported:
                reported.add(index)
                yield draft.found("option-label-twice", (*path, index), label=shown)
