"""What a call wants a record to be, as an Edit: values in the canonical form of their fields, lines with or without id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.fields.lines import LinesField
from engine.model import Configuration, Entity
from engine.problems import Problem, Refused, Unfit, problem
from engine.records import Clash, Edit, LineEdit, Record
from engine.rights import Rights
from runtime_web.api.answers import Shape
from runtime_web.api.loading import load

VERSION = "_version"
BASE = "_base"
DELETED = "_deleted"
MOST_LINES = 2000
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A record as somebody wants it, and which version of it they have read."""

    values: Mapping[str, Any]
    lines: Mapping[str, tuple[LineEdit, ...]]
    base: Mapping[str, Any] | None = None
    version: str = ""

    def against(self, current: Record) -> Edit:
        """The edit of somebody who says what they have seen, or that it does not matter."""
        lines = {name: _known(edits, current.lines.get(name, ())) for name, edits in self.lines.items()}
        return Edit(self.values, self.base, lines)

    def upon(self, current: Record) -> Edit:
        """The edit of somebody who has seen the record as it is now."""
        lines = {name: _upon(edits, current.lines.get(name, ())) for name, edits in self.lines.items()}
        return Edit(self.values, {name: current.values.get(name) for name in self.values}, lines)

    def differing(self, current: Record) -> tuple[Clash, ...]:
        """Where it differs from the record as it is now, which is not the one that was read."""
        found = list(_differing(self.values, current.values, ()))
        for name, edits in self.lines.items():
            known = {line.id: line.values for line in current.lines.get(name, ())}
            for edit in edits:
                if edit.id in known:
                    found += _differing(edit.values, known[edit.id], (name, edit.key))
        return tuple(found)


def read_change(configuration: Configuration, rights: Rights, entity: str, body: Shape) -> Change:
    """What a body wants a record of an entity to be.

    Raises:
        Refused: with a Problem for each value that does not fit and each key that cannot be sent.
    """
    return _Reader(configuration, rights).change(entity, body)


@dataclass
class _Reader:
    configuration: Configuration
    rights: Rights
    problems: list[Problem] = field(default_factory=list)

    def change(self, entity: str, body: Shape) -> Change:
        described = self.configuration.entities[entity]
        base = self._base(entity, body, ())
        version = self._version(body)
        lines: dict[str, tuple[LineEdit, ...]] = {}
        plain: Shape = {}
        for name, value in body.items():
            found = described.fields.get(name)
            if isinstance(found, LinesField) and self.rights.may_read(entity, name):
                lines[name] = self._lines(name, found.of, value)
            elif name not in (VERSION, BASE):
                plain[name] = value
        values = self._values(entity, plain, ())
        if self.problems:
            raise Refused(self.problems)
        return Change(values, lines, base, version)

    def _version(self, body: Shape) -> str:
        version = body.get(VERSION, "")
        if isinstance(version, str):
            return version
        self.problems.append(problem("value-wrong-kind", path=(VERSION,)))
        return ""

    def _base(self, entity: str, body: Shape, at: Path) -> Mapping[str, Any] | None:
        said = body.get(BASE)
        if said is None:
            return None
        if isinstance(said, dict):
            return self._values(entity, said, (*at, BASE))
        self.problems.append(problem("value-wrong-kind", path=(*at, BASE)))
        return None

    def _values(self, entity: str, body: Shape, at: Path) -> dict[str, Any]:
        described = self.configuration.entities[entity]
        values: dict[str, Any] = {}
        for name, value in body.items():
            if not self._is_entered(entity, described, name):
                # Unknown, unreadable, computed, of the program: the caller is told the same.
                self.problems.append(problem("field-not-editable", path=(*at, name), field=name))
                continue
            try:
                values[name] = load(described.fields[name], value)
            except Unfit as unfit:
                self.problems.append(unfit.at(*at, name))
        return values

    def _is_entered(self, entity: str, described: Entity, name: str) -> bool:
        return self.rights.may_read(entity, name) and described.fields[name].editable

    def _lines(self, name: str, child: str, value: Any) -> tuple[LineEdit, ...]:
        if not isinstance(value, list) or not all(isinstance(line, dict) for line in value):
            self.problems.append(problem("value-wrong-kind", path=(name,)))
            return ()
        if len(value) > MOST_LINES:
            self.problems.append(problem("too-many-items", path=(name,), count=len(value), maximum=MOST_LINES))
            return ()
        return tuple(self._line(child, line, (name, str(number))) for number, line in enumerate(value))

    def _line(self, child: str, body: Shape, at: Path) -> LineEdit:
        said = {name: value for name, value in body.items() if name not in ("id", BASE, DELETED)}
        key, deleted = body.get("id"), body.get(DELETED, False)
        if key is not None and (isinstance(key, bool) or not isinstance(key, int) or not 0 < key < 2**63):
            self.problems.append(problem("value-wrong-kind", path=(*at, "id")))
        if not isinstance(deleted, bool) or (deleted and key is None):
            self.problems.append(problem("value-wrong-kind", path=(*at, DELETED)))
        return LineEdit(key, self._values(child, said, at), self._base(child, body, at), deleted is True, at[-1])


def _known(edits: tuple[LineEdit, ...], current: tuple[Record, ...]) -> tuple[LineEdit, ...]:
    """Lines as they were sent; one that is gone has been something else once, so that its change is not lost unsaid."""
    there = {None, *(line.id for line in current)}
    return tuple(edit if edit.id in there or edit.base is not None else replace(edit, base={}) for edit in edits)


def _upon(edits: tuple[LineEdit, ...], current: tuple[Record, ...]) -> tuple[LineEdit, ...]:
    seen = {line.id: line.values for line in current}
    return tuple(replace(edit, base={name: seen.get(edit.id, {}).get(name) for name in edit.values}) for edit in edits)


def _differing(mine: Mapping[str, Any], theirs: Mapping[str, Any], at: Path) -> Iterator[Clash]:
    for name, value in mine.items():
        if value != theirs.get(name):
            yield Clash((*at, name), None, theirs.get(name), value)
