"""Changes what a role grants with the records of an entity: in the text of the configuration, which keeps its comments.

Nothing is written here. A Revision is what the file would hold, and what would be wrong with the configuration then.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.config.items import add_item, remove_item
from engine.config.load import load
from engine.config.nodes import Path as Way
from engine.config.write import Held, edit, held_by, overwrite
from engine.model import Configuration, Grant
from engine.problems import Problem, Problems

Described = Mapping[str, Any]
"""A grant as it stands in a file."""
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Revision:
    """A file with another text, tried before it is written.

    Attributes:
        configuration: what would be in force; None where something is wrong.
        problems: what is wrong, with paths that begin at the root of the configuration.
        numbers: where each of the grants that were wanted stands in the list of the role then.
    """

    file: Path
    before: str
    after: str
    configuration: Configuration | None
    problems: Problems
    numbers: tuple[int, ...]

    def write(self) -> None:
        """Write the file, in one step.

        Raises:
            ChangedMeanwhile: somebody has changed it since.
        """
        if _text(self.file) != self.before:
            raise ChangedMeanwhile(self.file.name)
        overwrite(self.file, self.after)

    def take_back(self) -> None:
        """Write the text from before again."""
        overwrite(self.file, self.before)


class ChangedMeanwhile(Exception):
    """A file is not any more as it was when its change was made up."""


def grants_for(configuration: Configuration, role: str, entity: str) -> tuple[tuple[int, Grant], ...]:
    """The grants of a role that name an entity, each with its number among all of the role."""
    listed = enumerate(configuration.roles[role].grants)
    return tuple((number, grant) for number, grant in listed if grant.entity == entity)


def described(grant: Grant) -> dict[str, Any]:
    """A grant as one writes it: only what it says."""
    found: dict[str, Any] = {"entity": grant.entity, "can": list(grant.can)}
    if grant.where:
        found["where"] = grant.where
    if grant.fields:
        found["fields"] = {
            name: right if isinstance(right, str) else right.model_dump(exclude_none=True)
            for name, right in grant.fields.items()
        }
    if grant.publish:
        found["publish"] = list(grant.publish)
    return found


def revise(
    folder: Path, configuration: Configuration, role: str, entity: str, wanted: Sequence[tuple[int | None, Described]]
) -> Revision:
    """The file of a role with other grants for an entity.

    Args:
        folder: where the configuration is.
        configuration: what its files say now.
        role: whose grants they are.
        entity: what they are about; a grant that is not wanted any more goes.
        wanted: the grants, each with the number of the one whose place it takes, or none for a new one.

    Raises:
        LookupError: the file cannot be changed without losing something else in it.
    """
    before = {number: described(grant) for number, grant in grants_for(configuration, role, entity)}
    held = held_by(folder, ("roles", role, "grants"))
    whole = _text(held.file)
    text = _revised(whole.removeprefix(_MARK), held, before, wanted)
    found, problems = load(folder, {held.file.resolve(): text})
    gone = before.keys() - {number for number, _ in wanted}
    left = len(configuration.roles[role].grants) - len(gone)
    return Revision(
        held.file,
        whole,
        whole[: len(whole) - len(whole.removeprefix(_MARK))] + text,
        found,
        problems,
        tuple(_numbers(wanted, gone, left)),
    )


def _revised(
    text: str, held: Held, before: Mapping[int, Described], wanted: Sequence[tuple[int | None, Described]]
) -> str:
    name = held.file.name
    for number, grant in wanted:
        if number is not None:
            for at, value in _differences((*held.path, number), before[number], grant):
                text = edit(text, at, value, name).apply(text)
    for number in sorted(before.keys() - {number for number, _ in wanted}, reverse=True):
        text = remove_item(text, (*held.path, number), name)
    for number, grant in wanted:
        if number is None:
            text = add_item(text, held.path, dict(grant), name)
    return text


def _numbers(wanted: Sequence[tuple[int | None, Described]], gone: Collection[int], left: int) -> Iterator[int]:
    added = itertools.count(left)
    for number, _ in wanted:
        yield next(added) if number is None else number - sum(1 for one in gone if one < number)


def _differences(path: Way, old: Described, new: Described) -> Iterator[tuple[Way, Any]]:
    """The smallest values to write anew, so that what stands around them stays."""
    if old.keys() - new.keys():
        yield path, dict(new)
        return
    for key, value in new.items():
        if key in old and isinstance(value, Mapping) and isinstance(old[key], Mapping) and value and old[key]:
            yield from _differences((*path, key), old[key], value)
        elif old.get(key) != value:
            yield (*path, key), value


def of_grants(problems: Sequence[Problem], role: str) -> Iterator[tuple[int, tuple[str, ...], Problem]]:
    """The errors in grants of a role: the number of the grant, where in it, and the problem itself."""
    for found in problems:
        if found.severity == "error" and found.path[:3] == ("roles", role, "grants") and len(found.path) > 3:
            yield int(found.path[3]), tuple(found.path[4:]), found


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")
