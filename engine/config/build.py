"""Nodes -> Configuration, or everything that is wrong with them.

First the shape: the model validates, and what it refuses is cut out until the rest stands. Then the meaning: each check
looks at that rest. A Configuration comes out only where neither found an error.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from engine.config import shape
from engine.config.checks import CHECKS
from engine.config.draft import Draft, without
from engine.config.grammar import OUTSIDE
from engine.config.nodes import MappingNode, Node, Path, place_of_value, plain
from engine.fields.defaults import Defaults
from engine.model import Configuration
from engine.problems import Problem, Problems, nearest, problem

_ROUNDS = 12
"""How often the model is asked again; each round cuts at least one thing, and cuts lead at most to the root."""


def build(tree: Node, *, complete: bool = True) -> tuple[Configuration | None, Problems]:
    """Make a Configuration of a tree; with only warnings among the Problems, both are given.

    `complete` is False where a file of the configuration could not be read.
    """
    if not isinstance(tree, MappingNode):
        return None, (problem("not-a-mapping", place=tree.place),)
    draft, problems = _shaped(tree, complete=complete)
    if draft:
        problems = [*problems, *(found for check in CHECKS for found in check(draft))]
    each_once = {(found.code, found.place, found.path): found for found in problems}
    in_order = sorted(each_once.values(), key=position)
    whole = draft and not any(found.severity == "error" for found in in_order)
    return (draft.configuration if draft and whole else None), tuple(in_order)


def position(found: Problem) -> tuple[str, int, int]:
    """What Problems are sorted by: file, line, column."""
    place = found.place
    return (place.file, place.line, place.column) if place else ("", 0, 0)


def _shaped(tree: MappingNode, *, complete: bool) -> tuple[Draft | None, list[Problem]]:
    read = plain(tree)
    data = {key: value for key, value in read.data.items() if key not in OUTSIDE}
    problems = _version(tree, data)
    cut = {_unit(path) for path in read.broken}
    for path in cut:
        without(data, path)
    for _ in range(_ROUNDS):
        try:
            configuration = Configuration.model_validate(data)
        except ValidationError as error:
            before = set(cut)
            found = shape.faults(error, tree)
            if not complete and any(fault.path == ("entities",) for fault in found):
                break  # They are in the file that could not be read.
            problems += _cut_out(found, tree, data, cut)
            if cut == before or ("entities",) in cut:
                break
        else:
            return Draft(_completed(configuration), tree, frozenset(cut), complete), problems
    return None, problems


def _version(tree: MappingNode, data: dict[str, Any]) -> list[Problem]:
    """The version is looked at first and by itself: a later one may change the meaning of everything else."""
    written = data.get("kartoteka")
    if "kartoteka" not in data:
        return [problem("key-missing", place=tree.place, key="kartoteka", where="the configuration")]
    data["kartoteka"] = 1
    if written == "1":
        return []
    place = place_of_value(tree, ("kartoteka",))
    return [problem("version-unknown", place=place, path=("kartoteka",), value=str(written))]


def _completed(configuration: Configuration) -> Configuration:
    """Give each field what the configuration says for all of its kind: it decides how they are stored."""
    defaults = Defaults(configuration.currency, configuration.country)
    entities = {
        name: entity.model_copy(
            update={"fields": {key: field.completed(defaults) for key, field in entity.fields.items()}}
        )
        for name, entity in configuration.entities.items()
    }
    return configuration.model_copy(update={"entities": entities})


def _cut_out(faults: tuple[shape.Fault, ...], tree: MappingNode, data: Any, cut: set[Path]) -> list[Problem]:
    """Report what is wrong for the first time, and cut it out."""
    wrong_keys = [fault for fault in faults if fault.kind == "extra_forbidden"]
    problems = [
        shape.explain(fault, tree, data)
        for fault in faults
        if not _follows(fault, cut) and not _is_misspelt(fault, wrong_keys)
    ]
    for fault in faults:
        path = fault.path if fault.kind == "extra_forbidden" else _unit(fault.path)
        while path in cut and len(path) > 1:
            path = path[:-1] if len(path) != 4 else path[:2]
        cut.add(path)
        without(data, path)
    if "name" not in data:
        data["name"] = "unnamed"  # So that the rest can be checked; the Problem is reported.
    return problems


def _follows(fault: shape.Fault, cut: set[Path]) -> bool:
    """Whether something is only missing because it was cut out."""
    return any(path[: len(fault.path)] == fault.path for path in cut)


def _is_misspelt(fault: shape.Fault, wrong_keys: list[shape.Fault]) -> bool:
    """Whether a key is missing whose misspelling is reported beside it."""
    if fault.kind not in {"missing", "union_tag_not_found"}:
        return False
    spot = fault.path[:-1] if fault.kind == "missing" else fault.path
    key = str(fault.path[-1]) if fault.kind == "missing" else "type"
    return any(wrong.path[:-1] == spot and nearest(str(wrong.path[-1]), [key]) for wrong in wrong_keys)


def _unit(path: Path) -> Path:
    """The smallest part that can be left out with the rest still making sense: a key of the root, an entity or a field.

    Where such a key must not be missing, the next round leaves out what it belongs to.
    """
    if path[:1] != ("entities",):
        return path[:1]
    return path[: {"fields": 5, "views": 4}.get(str(path[2]), 3)] if len(path) > 2 else path
