"""What pydantic says about the shape of a configuration, as Problems of ours with places.

pydantic names a place by steps through its own types; `_locate` finds the node. One function per kind of error says
which Problem it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from engine.config.grammar import FIELD_CLASSES, spot
from engine.config.nodes import MappingNode, Node, Path, Scalar, SequenceNode, at, child, place_of_key, place_of_value
from engine.fields import Field
from engine.fields.country import nearest_country
from engine.problems import Param, Problem, Unfit, nearest, problem


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of the model: where it is in the tree, and what is wrong."""

    path: Path
    kind: str
    context: dict[str, Any]
    value: Any
    branch: str = ""  # Which alternative of a union it is about.

    @property
    def text(self) -> str:
        """The value as a message shows it."""
        shown = "" if self.value is None else str(self.value)
        return shown if len(shown) <= 60 else f"{shown[:59]}…"


def faults(error: ValidationError, tree: Node) -> tuple[Fault, ...]:
    """The errors of the model, one for each thing that is wrong."""
    found = [_locate(tree, each) for each in error.errors(include_url=False)]
    kept = list(_one_branch(found, tree))
    return tuple(fault for fault in kept if not (fault.kind == "too_short" and _holds_another(fault, kept)))


def explain(fault: Fault, tree: Node, data: Any) -> Problem:
    """The Problem that a fault is."""
    code, params = _SAY.get(fault.kind, _other)(fault, data)
    if fault.kind == "extra_forbidden":
        place = place_of_key(tree, fault.path)
    elif fault.kind == "union_tag_invalid":
        place = place_of_value(tree, (*fault.path, "type"))
    else:
        place = place_of_value(tree, fault.path[:-1] if fault.kind == "missing" else fault.path)
    return problem(code, place=place, path=map(str, fault.path), **params)


def _locate(tree: Node, error: Any) -> Fault:
    steps = list(error["loc"])
    if len(steps) > 4 and steps[0] == "entities" and steps[2] == "fields":
        del steps[4]  # The field type, by which pydantic chose the class.
    path: list[str | int] = []
    node: Node | None = tree
    branch = ""
    for position, step in enumerate(steps):
        below = child(node, step) if node else None
        is_key = position == len(steps) - 1 and error["type"] in {"missing", "extra_forbidden"}
        if below is not None or is_key:
            path.append(step)
            node = below
        elif isinstance(step, str):
            branch = branch or f"{len(path)} {step}"
    return Fault(tuple(path), error["type"], error.get("ctx", {}), error["input"], branch)


def _one_branch(found: Iterable[Fault], tree: Node) -> Iterator[Fault]:
    """Of a value that fits none of several types, keep what is wrong with the type that was most likely meant."""
    seen: dict[Path, str] = {}
    for fault in sorted(found, key=lambda fault: bool(fault.branch) and not _is_meant(fault, tree)):
        if fault.branch:
            depth, _, name = fault.branch.partition(" ")
            union = fault.path[: int(depth)]
            if seen.setdefault(union, name) != name:
                continue
        yield fault


def _is_meant(fault: Fault, tree: Node) -> bool:
    depth, _, name = fault.branch.partition(" ")
    node = at(tree, fault.path[: int(depth)])
    if isinstance(node, MappingNode):
        return name.startswith("dict")
    if isinstance(node, SequenceNode):
        return name.startswith(("tuple", "list"))
    return isinstance(node, Scalar) and name.endswith("str")


def _holds_another(fault: Fault, kept: list[Fault]) -> bool:
    length = len(fault.path)
    return any(len(other.path) > length and other.path[:length] == fault.path for other in kept)


Said = tuple[str, dict[str, Param]]


def _missing(fault: Fault, data: Any) -> Said:
    return "key-missing", {"key": str(fault.path[-1]), "where": spot(fault.path[:-1], data).noun}


def _extra(fault: Fault, data: Any) -> Said:
    key, here = str(fault.path[-1]), spot(fault.path[:-1], data)
    if key in here.later:
        return "not-yet-supported", {"key": key}
    return "key-unknown", {"key": key, "where": here.noun, "nearest": nearest(key, here.keys)}


def _type_missing(fault: Fault, data: Any) -> Said:
    written = nearest("type", [key for key in fault.value if key not in Field.model_fields])
    if written:
        return "key-unknown", {"key": written, "where": "a field", "nearest": "type"}
    return "key-missing", {"key": "type", "where": "a field"}


def _type_unknown(fault: Fault, data: Any) -> Said:
    written = fault.value["type"]
    if not isinstance(written, str):
        return ("value-missing", {"key": "type"}) if written is None else ("not-text", {})
    tag = str(fault.context["tag"])
    return "type-unknown", {"value": tag, "nearest": nearest(tag, FIELD_CLASSES)}


def _literal(fault: Fault, data: Any) -> Said:
    if fault.value is None:
        return _without_value(fault)
    allowed = re.findall(r"'([^']*)'", str(fault.context["expected"]))
    return "value-unknown", {
        "value": fault.text,
        "allowed": ", ".join(allowed),
        "nearest": nearest(fault.text, allowed),
    }


def _expected(code: str) -> Callable[[Fault, Any], Said]:
    def say(fault: Fault, data: Any) -> Said:
        return _without_value(fault) if fault.value is None else (code, {})

    return say


def _mapping(fault: Fault, data: Any) -> Said:
    if fault.value is not None and len(fault.path) == 4 and fault.path[2] == "fields":
        kind = nearest(fault.value, FIELD_CLASSES) if isinstance(fault.value, str) else None
        return "field-not-a-mapping", {"name": str(fault.path[3]), "type": kind}
    return _expected("not-a-mapping")(fault, data)


def _number(code: str) -> Callable[[Fault, Any], Said]:
    def say(fault: Fault, data: Any) -> Said:
        return _without_value(fault) if fault.value is None else (code, {"value": fault.text})

    return say


def _without_value(fault: Fault) -> Said:
    key = fault.path[-1] if fault.path else ""
    return ("value-missing", {"key": key}) if isinstance(key, str) else ("not-text", {})


def _bound(code: str, param: str, *names: str) -> Callable[[Fault, Any], Said]:
    def say(fault: Fault, data: Any) -> Said:
        limit = next(fault.context[name] for name in names if name in fault.context)
        return code, {"value": fault.text, param: str(limit)}

    return say


def _too_short(fault: Fault, data: Any) -> Said:
    if len(fault.path) == 3 and fault.path[2] == "fields":
        return "entity-empty", {"entity": str(fault.path[1])}
    return "list-empty", {}


def _too_long(fault: Fault, data: Any) -> Said:
    return "text-too-long", {"maximum": int(fault.context["max_length"])}


def _pattern(fault: Fault, data: Any) -> Said:
    key = fault.path[-1]
    if key == "accent":
        return "accent-invalid", {"value": fault.text}
    if key == "country":
        return "country-unknown", {"value": fault.text, "nearest": nearest_country(fault.text.upper())}
    if "options" in fault.path:
        return "option-invalid", {"value": fault.text}
    return "value-invalid", {"value": fault.text, "reason": f"it does not match {fault.context.get('pattern')}"}


def _value_error(fault: Fault, data: Any) -> Said:
    error = fault.context.get("error")
    if isinstance(error, Unfit):
        return error.code, dict(error.params)
    if fault.value is None:
        return _without_value(fault)
    if str(error) == "true or false":
        return "not-true-or-false", {"value": fault.text}
    return "value-invalid", {"value": fault.text, "reason": str(error)}


def _other(fault: Fault, data: Any) -> Said:
    return "value-invalid", {"value": fault.text, "reason": fault.kind.replace("_", " ")}


_SAY: dict[str, Callable[[Fault, Any], Said]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "union_tag_not_found": _type_missing,
    "union_tag_invalid": _type_unknown,
    "literal_error": _literal,
    "value_error": _value_error,
    "too_short": _too_short,
    "string_too_short": _expected("text-empty"),
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    **dict.fromkeys(("string_type", "string_sub_type"), _expected("not-text")),
    **dict.fromkeys(("tuple_type", "list_type"), _expected("not-a-list")),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _mapping),
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), _number("not-a-whole-number")),
    **dict.fromkeys(
        ("decimal_parsing", "decimal_type", "finite_number", "decimal_max_digits"), _number("not-a-decimal")
    ),
    **dict.fromkeys(("bool_parsing", "bool_type"), _number("not-true-or-false")),
    **dict.fromkeys(("greater_than_equal", "greater_than"), _bound("number-too-small", "minimum", "ge", "gt")),
    **dict.fromkeys(("less_than_equal", "less_than"), _bound("number-too-large", "maximum", "le", "lt")),
}
