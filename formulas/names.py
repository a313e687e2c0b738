"""Names in a formula: each step of a path looked up in the scope, and what was probably meant where one is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formulas.atoms import USER, Atom, Part
from formulas.functions import ALIASES, BY_NAME, find
from formulas.problems import FormulaProblem, Unparsed, finding, nearest
from formulas.scope import Member, Scope
from formulas.types import Type, described

_CALLED = frozenset({*BY_NAME, "OLD", "USER"})


@dataclass(frozen=True, slots=True)
class Use:
    """One field that a formula names: what a rename rewrites, and what the result depends on."""

    entity: str
    name: str
    start: int
    end: int
    label: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where a path leads: `root` is the list it goes through ("" for none), `path` the rest, from the row or the record."""

    root: str
    path: str
    type: Type
    member: Member
    uses: tuple[Use, ...]
    volatile: bool


def follow(scope: Scope, parts: tuple[Part, ...]) -> Found:
    """Walk a path through references and lists; raises Unparsed where a step is unknown."""
    entity, root = scope.entity, ""
    steps: list[str] = []
    uses: list[Use] = []
    volatile = False
    for index, part in enumerate(parts):
        name, member = _step(scope, entity, part, first=index == 0)
        uses.append(Use(entity, name, part.start, part.end, part.label))
        volatile = volatile or member.volatile
        steps.append(name)
        reached = member.type
        if reached.item and parts[0].name == USER:
            raise Unparsed(finding("formula-list-of-user", part.start, part.end, name=part.name))
        if reached.item:
            root = ".".join([root, *steps] if root else steps)
            steps, reached = [], reached.item
        if index + 1 < len(parts):
            entity = _entity(reached, part)
    return Found(root, ".".join(steps), reached, member, tuple(uses), volatile)


def _entity(reached: Type, part: Part) -> str:
    if reached.kind != "record":
        raise Unparsed(finding("formula-not-a-record", part.start, part.end, name=part.name, type=described(reached)))
    return reached.entity


def _step(scope: Scope, entity: str, part: Part, *, first: bool) -> tuple[str, Member]:
    members = scope.members(entity)
    if part.label:
        return _labelled(members, part)
    if part.name not in members:
        raise Unparsed(_unknown(members, entity, part, first=first))
    return part.name, members[part.name]


def _labelled(members: Mapping[str, Member], part: Part) -> tuple[str, Member]:
    wanted = part.name.casefold()
    names = [name for name, member in members.items() if wanted in {label.casefold() for label in member.labels}]
    if len(names) > 1:
        raise Unparsed(
            finding("formula-label-twice", part.start, part.end, name=part.name, names=" or ".join(sorted(names)))
        )
    if not names and part.name in members:
        names = [part.name]
    if not names:
        known = (label for member in members.values() for label in member.labels)
        likely = [f"{{{label}}}" for label in nearest(part.name, known)]
        raise Unparsed(finding("formula-unknown-label", part.start, part.end, likely, name=part.name))
    return names[0], members[names[0]]


def _unknown(members: Mapping[str, Member], entity: str, part: Part, *, first: bool) -> FormulaProblem:
    if part.name == USER:
        return finding("formula-no-user", part.start, part.end)
    likely = nearest(part.name, (name for name in members if name != USER))
    if not first:
        return finding("formula-unknown-member", part.start, part.end, likely, name=part.name, entity=entity)
    function = part.name.upper() if part.name.upper() in _CALLED else ""
    if function and part.name.casefold() not in {one.casefold() for one in likely}:
        return finding("formula-function-bare", part.start, part.end, name=function)
    return finding("formula-unknown-name", part.start, part.end, likely, name=part.name)


def no_function(atom: Atom, scope: Scope) -> FormulaProblem:
    """An unknown function; where the last word of a path is one, it was written as other languages do: name.upper()."""
    if atom.name in scope.members(scope.entity):
        return finding("formula-field-called", atom.start, atom.end, name=atom.name)
    field, _, last = atom.name.rpartition(".")
    function = find(last) if field else None
    if function:
        return finding("formula-method", atom.start, atom.end, text=f"{atom.name}()", instead=function.name)
    likely = nearest(atom.name.upper(), (*_CALLED, *ALIASES))
    return finding("formula-unknown-function", atom.start, atom.end, likely, name=atom.name)
