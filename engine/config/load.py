"""A file or a folder on disk -> Configuration.

The first file is `kartoteka.yaml` (or .yml, .json); what it includes holds entities by name. All of it becomes one tree,
in which every node still knows its own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from engine.config.build import build, position
from engine.config.grammar import Spot
from engine.config.include import included
from engine.config.nodes import Broken, Entry, MappingNode, Node, Scalar, child
from engine.config.read import read
from engine.config.source import Source, open_source
from engine.model import Configuration
from engine.problems import Problem, Problems, problem

PARTS = ("entities", "roles", "reports", "dashboards")
"""What files that are included hold."""
Texts = Mapping[Path, str]
"""Texts by the resolved path of a file."""
AS_THEY_ARE: Texts = MappingProxyType({})
ROOTS = ("kartoteka.yaml", "kartoteka.yml", "kartoteka.json")


@dataclass(frozen=True)
class Gathered:
    """The files of a configuration as one tree. `complete` is False where one of them could not be read."""

    tree: Node | None
    problems: Problems
    complete: bool


def load(path: Path, instead: Texts = AS_THEY_ARE) -> tuple[Configuration | None, Problems]:
    """Read a configuration. Places name files relative to `home(path)`.

    `instead` gives texts that files are to hold, to try them before they are written. The Configuration is None where a
    Problem is an error; warnings may stand beside one.
    """
    gathered = gather(path, instead)
    if gathered.tree is None:
        return None, gathered.problems
    configuration, problems = build(gathered.tree, complete=gathered.complete)
    every = tuple(sorted((*gathered.problems, *problems), key=position))
    return (None if any(found.severity == "error" for found in every) else configuration), every


def home(path: Path) -> Path:
    """The folder to which the places of a configuration's Problems are relative."""
    return path if path.is_dir() else path.parent


def first_file(path: Path) -> Path | None:
    """The file that a configuration begins with: the path itself, or one of the known names in it."""
    if path.is_file():
        return path
    return next((path / name for name in ROOTS if (path / name).is_file()), None)


def gather(path: Path, instead: Texts = AS_THEY_ARE) -> Gathered:
    """Read all files of a configuration, without asking what they mean."""
    root = first_file(path)
    if root is None:
        code = "folder-without-root" if path.is_dir() else "file-missing"
        return Gathered(None, (problem(code, file=path.name or str(path)),), complete=False)
    node, problems = _read(root, root.name, instead)
    if not isinstance(node, MappingNode):
        return Gathered(node, problems, complete=node is not None)
    include = child(node, "include")
    if include is None:
        return Gathered(node, problems, complete=True)
    merged = _Merged(node, list(problems))
    for file in included(include, root):
        if isinstance(file, Problem):
            merged.problems.append(file)
            merged.complete = False
        else:
            merged.add(*_read(*file, instead))
    return Gathered(merged.tree(), tuple(merged.problems), merged.complete)


def _read(path: Path, file: str, instead: Texts) -> tuple[Node | None, Problems]:
    if path.resolve() in instead:
        return read(instead[path.resolve()], file)
    source = open_source(path, file)
    return read(source.text, file) if isinstance(source, Source) else (None, (source,))


class _Merged:
    """Collects the entities and roles of several files."""

    def __init__(self, root: MappingNode, problems: list[Problem]) -> None:
        self.root = root
        self.problems = problems
        self.complete = True
        self.parts = {part: dict(_entries_of(root, part)) for part in PARTS}
        self.keys: dict[str, Entry] = {}
        """Where a part began that only included files have."""

    def add(self, node: Node | None, problems: Problems) -> None:
        """Take over the entities of an included file."""
        self.problems += problems
        if node is None or any(isinstance(each.node, Broken) for each in _entries(node)):
            self.complete = False
        if node and not isinstance(node, MappingNode):
            self.problems.append(problem("not-a-mapping", place=node.place))
        for entry in _entries(node):
            self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        name, place = str(entry.key.text), entry.key.place
        refusal = _refusal(name, entry.node)
        if name == "$schema":
            return
        if name in PARTS[1:] and isinstance(entry.node, MappingNode) and not child(entry.node, "fields"):
            self.keys.setdefault(name, entry)
            for own in _entries(entry.node):
                self._put(name, own)
        elif refusal:
            self.problems.append(problem(refusal, place=place, path=(name,), key=name))
        else:
            self._put("entities", entry)

    def _put(self, part: str, entry: Entry) -> None:
        name, place, known = str(entry.key.text), entry.key.place, self.parts[part]
        if name in known:
            first = str(known[name].key.place)
            self.problems.append(problem("name-twice", place=place, path=(part, name), name=name, first=first))
        else:
            known[name] = entry

    def tree(self) -> MappingNode:
        """The first file with all that the others hold under its part."""
        entries = {name: entry for name, entry in self.root.entries.items() if name != "include"}
        for part, known in self.parts.items():
            own = self.root.entries.get(part)
            if (own and not isinstance(own.node, MappingNode)) or (part != "entities" and not known):
                continue
            key = (own or self.keys.get(part) or self.root.entries["include"]).key
            node = MappingNode(known, key.place, key.start, key.end)
            entries[part] = Entry(Scalar(part, key.place, key.start, key.end), node)
        return MappingNode(entries, self.root.place, self.root.start, self.root.end, self.root.flow)


def _entries_of(root: MappingNode, part: str) -> Mapping[str, Entry]:
    own = root.entries.get(part)
    return own.node.entries if own and isinstance(own.node, MappingNode) else {}


def _entries(node: Node | None) -> tuple[Entry, ...]:
    return tuple(node.entries.values()) if isinstance(node, MappingNode) else ()


def _refusal(name: str, node: Node) -> str | None:
    """Why a key of an included file is no entity; an entity may well be called `country`, so its fields decide."""
    root = Spot("the configuration", Configuration)
    if child(node, "fields"):
        return None
    if name == "include":
        return "include-nested"
    if name in root.later:
        return "not-yet-supported"
    return "include-root" if name in Configuration.model_fields else None
