"""The filter of a list as a tree that people put together: conditions, of which one or all hold, in groups of any depth.

What stands in the form comes back with every step of it, so that nothing is kept anywhere. A node has a place, such as
"1.0" for the first part of the second one; its inputs begin with it. Finished, it is the filter of the list's address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from engine.expressions.reached import MOST_STEPS, Reached, far_of, reached
from engine.fields.column import USERS
from engine.fields.locale import Locale
from engine.model import Configuration
from engine.query import Compound, Criterion
from engine.records import Records
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.lists.choosing import compared_fields
from runtime_web.lists.filters import Typed, comparing, typed_in, typed_of, understood
from runtime_web.lists.state import DEEPEST_COMPOUND, MAX_CONDITIONS, Arguments, ListState
from runtime_web.lists.words import path_label
from runtime_web.views.listing import BuilderForm, BuilderNode, FieldGroup

OFFERED_STEPS = 2
"""So many references one after the other are offered; an address may follow more."""
PLACE = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2}){0,5}", re.ASCII)
How = Literal["any", "all"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition as it is being entered."""

    field: str
    typed: Typed


@dataclass(frozen=True, slots=True)
class Branch:
    """Several of them, of which any or all hold."""

    how: How
    parts: tuple[Node, ...]


Node = Leaf | Branch


def branch_of(configuration: Configuration, state: ListState, locale: Locale) -> Branch:
    """The filter that a list has."""

    def node(one: Criterion) -> Node:
        if isinstance(one, Compound):
            return Branch(one.how, tuple(map(node, one.parts)))
        found = reached(configuration, state.entity, one.field)
        assert found is not None, "an unknown field is not in the state"
        return Leaf(one.field, typed_of(one, found.field, locale))

    parts = tuple(map(node, state.conditions))
    if len(parts) == 1 and isinstance(parts[0], Branch):
        return parts[0]
    return Branch("all", parts)


def read_branch(arguments: Arguments) -> Branch:
    """What the form sent: the places of its nodes in their order, those that hold others among them."""
    places = [place for place in arguments.getlist("node")[: 2 * MAX_CONDITIONS] if PLACE.fullmatch(place)]
    held = set(arguments.getlist("held"))

    def inside(place: str) -> Branch:
        start = f"{place}." if place else ""
        own = [one for one in places if one.startswith(start) and "." not in one.removeprefix(start)]
        how: How = "any" if arguments.get(f"{start}how") == "any" else "all"
        return Branch(how, tuple(inside(one) if one in held else _leaf(arguments, f"{one}.") for one in own))

    return inside("")


def _leaf(arguments: Arguments, prefix: str) -> Leaf:
    """A condition; what was entered for another field than it has now is gone."""
    field = arguments.get(f"{prefix}field", "")
    return Leaf(field, typed_in(arguments, prefix) if arguments.get(f"{prefix}was") == field else Typed("", ()))


def acted(branch: Branch, act: str, first: str) -> Branch:
    """The tree after a step: `add:`, `group:` or `remove:` with a place, "" for the tree itself.

    A new condition is on the field that comes `first`.
    """
    what, _, place = act.partition(":")
    path = [int(step) for step in place.split(".")] if PLACE.fullmatch(place) else []
    new: dict[str, Node] = {
        "add": Leaf(first, Typed("", ())),
        "group": Branch(_other(branch, path), (Leaf(first, Typed("", ())),)),
    }
    if what in new:
        return _changed(branch, path, lambda one: replace(one, parts=(*one.parts, new[what])))
    if what == "remove" and path:
        return _changed(branch, path[:-1], lambda one: replace(one, parts=_without(one.parts, path[-1])))
    return branch


def _other(branch: Branch, path: list[int]) -> How:
    """A group within one that all hold of is mostly one that any holds of."""
    for step in path:
        inner = branch.parts[step] if step < len(branch.parts) else branch
        branch = inner if isinstance(inner, Branch) else branch
    return "all" if branch.how == "any" else "any"


def _changed(branch: Branch, path: list[int], change: Callable[[Branch], Branch]) -> Branch:
    if not path:
        return change(branch)
    inner = branch.parts[path[0]] if path[0] < len(branch.parts) else None
    if not isinstance(inner, Branch):
        return branch
    parts = (*branch.parts[: path[0]], _changed(inner, path[1:], change), *branch.parts[path[0] + 1 :])
    return replace(branch, parts=tuple(part for part in parts if not isinstance(part, Branch) or part.parts))


def _without(parts: tuple[Node, ...], number: int) -> tuple[Node, ...]:
    return parts[:number] + parts[number + 1 :]


def criteria_of(branch: Branch) -> tuple[Criterion, ...]:
    """The filter that a tree means whose conditions were understood; what is left blank asks nothing."""
    found = _criterion(branch)
    if isinstance(found, Compound) and found.how == "all":
        return found.parts
    return (found,) if found else ()


def _criterion(node: Node) -> Criterion | None:
    if isinstance(node, Leaf):
        return node.typed.condition
    parts = tuple(part for part in map(_criterion, node.parts) if part is not None)
    return Compound(node.how, parts) if len(parts) > 1 else parts[0] if parts else None


@dataclass(frozen=True)
class Builder:
    """The form of one list for one reader."""

    records: Records
    locale: Locale
    state: ListState

    @property
    def first(self) -> str:
        """The field that a new condition is on."""
        return next(self._choices(self.state.entity, ""))[0]

    def checked(self, node: Branch) -> tuple[Branch, bool]:
        """The tree with what each condition means or what is wrong with it, and whether nothing is."""
        parts: list[Node] = []
        good = True
        for part in node.parts:
            if isinstance(part, Branch):
                inner, fine = self.checked(part)
                parts.append(inner)
            else:
                parts.append(leaf := self._understood(part))
                fine = not leaf.typed.error
            good = good and fine
        return replace(node, parts=tuple(parts)), good

    def _understood(self, leaf: Leaf) -> Leaf:
        found = self._reached(leaf.field)
        if found is None:
            return leaf
        typed, condition = understood(found, leaf.typed, self.locale)
        return replace(leaf, typed=replace(typed, condition=condition))

    def _reached(self, path: str) -> Reached | None:
        found = reached(self.records.configuration, self.state.entity, path)
        return found if found and found.comparisons else None

    def form(self, branch: Branch) -> BuilderForm:
        here = addresses.list_of(self.state.entity)
        rest = self.state.filtering(())
        return BuilderForm(
            action=f"{here}/conditions",
            kept=tuple(
                pair for pair in self.state.pairs(self.records.configuration) if pair[0] not in ("page", "exact")
            ),
            root=self._node(branch, ""),
            full=_size(branch) >= MAX_CONDITIONS,
            back_url=here + self.state.arguments(self.records.configuration),
            clear_url=here + rest.arguments(self.records.configuration) if self.state.conditions else "",
        )

    def _node(self, node: Node, place: str) -> BuilderNode:
        prefix = f"{place}." if place else ""
        if isinstance(node, Branch):
            parts = tuple(self._node(part, f"{prefix}{number}") for number, part in enumerate(node.parts))
            deepest = place.count(".") + bool(place) >= DEEPEST_COMPOUND - 1
            return BuilderNode(place, prefix, node.how, parts, (), None, deepest)
        found = self._reached(node.field) or self._reached(self.first)
        assert found is not None, "compared fields have comparisons"
        typed = node.typed if node.typed.operator else typed_of(None, found.field, self.locale)
        return BuilderNode(
            place,
            prefix,
            "",
            (),
            tuple(self.fields(found.path)),
            comparing(self.records, found, typed, self.locale),
            False,
        )

    def fields(self, chosen: str) -> Iterator[FieldGroup]:
        """All fields to compare, those behind references in groups of their own; the chosen one wherever it stands."""
        configuration, language = self.records.configuration, self.locale.language
        listed = [FieldGroup("", tuple(self._choices(self.state.entity, "")))]
        listed += list(self._behind(self.state.entity, "", ()))
        if not any(path == chosen for group in listed for path, _label in group.fields):
            found = reached(configuration, self.state.entity, chosen)
            assert found is not None, "it is compared already"
            listed.append(FieldGroup(_("Further"), ((chosen, path_label(configuration, found, language)),)))
        yield from (replace(group, chosen=chosen) for group in listed if group.fields)

    def _behind(self, entity: str, before: str, labels: tuple[str, ...]) -> Iterator[FieldGroup]:
        if len(labels) == min(OFFERED_STEPS, MOST_STEPS):
            return
        for one in compared_fields(self.records.configuration, entity, self.locale.language):
            far = far_of(self.records.configuration, entity, one.name) if one.leads else ""
            if far in ("", USERS):
                continue
            said, path = (*labels, one.label), f"{before}{one.name}."
            yield FieldGroup(" › ".join(said), tuple(self._choices(far, path)))
            yield from self._behind(far, path, said)

    def _choices(self, entity: str, before: str) -> Iterator[tuple[str, str]]:
        for one in compared_fields(self.records.configuration, entity, self.locale.language):
            yield before + one.name, one.label


def _size(node: Node) -> int:
    return sum(map(_size, node.parts)) if isinstance(node, Branch) else 1
