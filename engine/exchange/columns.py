"""Which column of a sheet is which field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.exchange.letters import letters_of
from engine.fields import Field
from engine.fields.column import FILES, USERS
from engine.model import Configuration
from engine.problems import Problem, nearest, problem
from engine.storage.fold import fold


@dataclass(frozen=True, slots=True)
class Target:
    """What one column of a sheet fills.

    `field` is None for the implicit reference of a line to its parent. `entity` is set for references, `key` where
    their records are named by another field than their title, `several` where a cell may name several.
    """

    position: int
    name: str
    heading: str
    field: Field | None
    entity: str = ""
    key: str = ""
    several: bool = False


class Headings:
    """What the headings of a sheet may be for one entity: names of fields, and labels in any language."""

    def __init__(self, configuration: Configuration, entity: str) -> None:
        self.configuration = configuration
        self.entity = configuration.entities[entity]
        self.parent = configuration.parent_of(entity) or ""
        self._meanings: dict[str, set[str]] = {}
        self._shown: dict[str, None] = {}
        for name, text in self._labels():
            self._meanings.setdefault(fold(text), set()).add(name)
            self._shown[text] = None
        # A name is always clear, whatever the labels of other fields are.
        names = [*self.entity.fields, *([self.parent] if self.parent else [])]
        self._meanings |= {fold(name): {name} for name in names}

    def meant(self, heading: str) -> set[str]:
        """The names of the fields that a heading may mean."""
        return self._meanings.get(fold(heading), set())

    def nearest(self, heading: str) -> str | None:
        """The known heading that somebody who wrote this one most probably meant."""
        return nearest(heading, [*self._shown, *self.entity.fields])

    def _labels(self) -> Iterator[tuple[str, str]]:
        for name, field in self.entity.fields.items():
            yield from ((name, text) for text in _texts(field.label, name))
        if self.parent:
            label = self.configuration.entities[self.parent].label
            yield from ((self.parent, text) for text in _texts(label, self.parent))


def match_columns(
    configuration: Configuration, entity: str, header: Sequence[str]
) -> tuple[tuple[Target, ...], tuple[Problem, ...]]:
    """The targets of a header: field names or labels in any language; `client.tax_id` names a reference by a key.

    A heading that means nothing is a Problem; a blank one is passed over, and so are computed columns of an export.
    """
    headings = Headings(configuration, entity)
    targets: list[Target] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for position, heading in enumerate(header):
        if not heading:
            continue
        found = _target(headings, position, heading)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.name in seen:
            problems.append(problem("column-twice", column=heading, first=seen[found.name]))
        else:
            seen[found.name] = heading
            if not (found.field and found.field.formula):
                targets.append(found)
    return tuple(targets), tuple(problems)


def unnamed(header: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[Problem]:
    """A Problem for each column that holds something below a blank heading."""
    width = max(map(len, rows), default=0)
    for position in range(width):
        if position < len(header) and header[position]:
            continue
        below = (row[position] for row in rows if position < len(row))
        filled = next((cell for cell in below if not (isinstance(cell, str) and not cell.strip())), "")
        if filled != "":
            yield problem("column-unnamed", letters=letters_of(position), value=str(filled)[:50])


def _target(headings: Headings, position: int, heading: str) -> Target | Problem:
    names, key = headings.meant(heading), ""
    if not names and "." in heading:
        base, _, key = (part.strip() for part in heading.partition("."))
        names = headings.meant(base)
    if not names:
        return problem("column-unknown", column=heading, nearest=headings.nearest(heading))
    if len(names) > 1:
        return problem("column-ambiguous", column=heading, names=", ".join(sorted(names)), name=min(names))
    (name,) = names
    field = headings.entity.fields.get(name)
    if field and (not (field.column() or field.links()) or _pointed(field)[0] == FILES):
        return problem("column-unsuitable", column=heading, type=field.kind)
    pointed, several = _pointed(field) if field else (name, False)
    if not key:
        return Target(position, name, heading, field, pointed, "", several)
    return _keyed(headings.configuration, Target(position, name, heading, field, pointed, key, several))


def _keyed(configuration: Configuration, target: Target) -> Target | Problem:
    """The target with the name of its key field, which may be written as its label."""
    if not target.entity or target.entity == USERS:
        return problem("column-unknown", column=target.heading, nearest=None)
    keys = Headings(configuration, target.entity)
    names = keys.meant(target.key)
    found = next(iter(names)) if len(names) == 1 else ""
    field = keys.entity.fields.get(found)
    if field is None:
        near = keys.nearest(target.key)
        hint = f"{target.name}.{near}" if near else None
        return problem("column-unknown", column=target.heading, nearest=hint)
    if not field.column() or _pointed(field)[0]:
        return problem("column-unsuitable", column=target.heading, type=field.kind)
    return Target(target.position, target.name, target.heading, target.field, target.entity, found, target.several)


def _pointed(field: Field) -> tuple[str, bool]:
    """The entity that a field points at, and whether at several of its records."""
    stored, links = field.column(), field.links()
    if links:
        return links.target, True
    return (stored.target, False) if stored and stored.kind == "reference" else ("", False)


def _texts(label: object, name: str) -> Iterator[str]:
    if isinstance(label, dict):
        yield from (str(text) for text in label.values())
    elif label:
        yield str(label)
    else:
        yield name.replace("_", " ")
