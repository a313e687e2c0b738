"""Labels in several languages."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.checks.codes import unknown_language
from engine.config.draft import Draft
from engine.config.nodes import MappingNode, Path, walk
from engine.fields.locale import LANGUAGES
from engine.problems import Problem

_KEYS = frozenset({"label", "plural", "help", "unit", "tab"})


def languages(draft: Draft) -> Iterator[Problem]:
    """The languages of a label are the program's, and the configuration's own is among them."""
    own = draft.configuration.language
    for path, node in walk(draft.tree):
        if not isinstance(node, MappingNode) or not _is_label(path):
            continue
        for code in node.entries:
            if code not in LANGUAGES:
                yield unknown_language(draft, (*path, code), code)
        if node.entries and own in LANGUAGES and own not in node.entries:
            yield draft.found("label-incomplete", path, language=own)


def _is_label(path: Path) -> bool:
    """Whether this key holds a text for people; an entity, a field or a view may have its name."""
    if not path or path[-1] not in _KEYS:
        return False
    return not (path[0] == "entities" and (len(path) == 2 or (len(path) == 4 and path[2] in {"fields", "views"})))
