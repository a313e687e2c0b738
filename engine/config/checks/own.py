"""What is wrong with a field by itself: its type knows most of it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.config.draft import Draft
from engine.config.nodes import Node, Path, Scalar, SequenceNode, at, child
from engine.fields import Field
from engine.problems import Problem, Unfit

_INHERITED = frozenset({"currency", "country"})
"""Keys that may come from the configuration; what is wrong with them is said there."""


def faults(draft: Draft) -> Iterator[Problem]:
    """Bounds, masks, options, defaults: whatever the field type finds wrong with its own keys."""
    for path, _, field in draft.fields():
        # Without a scale, say, a default may look too long that is not.
        known = all(draft.is_whole((*path, key)) for key in type(field).model_fields)
        for key, unfit in field.faults() if known else ():
            is_own = key not in _INHERITED or draft.written((*path, key))
            if is_own and (key != "default" or field.takes_default):
                yield draft.found(unfit.code, _where(draft, (*path, key), unfit), **unfit.params)


def _where(draft: Draft, path: Path, unfit: Unfit) -> Path:
    """The item that is meant, where the value is a list."""
    node = at(draft.tree, path)
    if isinstance(node, SequenceNode):
        wanted = str(unfit.params.get("value"))
        for index in reversed(range(len(node.items))):
            if _text(node.items[index]) == wanted:
                return (*path, index)
    return path


def _text(item: Node) -> str | None:
    inner = item if isinstance(item, Scalar) else child(item, "value")
    return inner.text if isinstance(inner, Scalar) else None


def suitable_keys(draft: Draft) -> Iterator[Problem]:
    """Keys that all fields share still mean nothing on some types."""
    for path, _, field in draft.fields():
        for key in _unsuitable(field):
            yield draft.found_at_key("key-unsuitable", (*path, key), key=key, type=field.kind)


def _unsuitable(field: Field) -> Iterator[str]:
    column = field.column()
    is_kept = column is not None or field.links() is not None
    if field.default is not None and not field.takes_default:
        yield "default"
    # Nothing is required of a box that is never blank, nor of what the program fills in; lines may be required.
    if field.required and (field.kind == "boolean" or not (is_kept or field.kind == "lines")):
        yield "required"
    if field.unique and (column is None or column.kind in {"boolean", "codes"} or field.kind == "long_text"):
        yield "unique"
    if field.index and column is None:
        yield "index"
    if field.search is not None and column is None:
        yield "search"
