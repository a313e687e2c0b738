"""Which files an `include` means: those inside the configuration's folder that match, in the order of their names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from engine.config.nodes import Broken, Node, Scalar, SequenceNode
from engine.problems import Problem, problem

SUFFIXES = frozenset({".yaml", ".yml", ".json"})


def included(node: Node, root: Path) -> Iterator[tuple[Path, str] | Problem]:
    """Each file that the value of `include` names, with its name relative to the folder, or what is wrong.

    Patterns are written with `/` on every system. A file that two patterns match is read once.
    """
    if isinstance(node, Scalar):
        patterns: tuple[Node, ...] = (node,)  # One pattern needs no list.
    elif isinstance(node, SequenceNode):
        patterns = node.items
    else:
        patterns = ()
        if not isinstance(node, Broken):
            yield problem("not-a-list", place=node.place, path=("include",))
    seen = {root.resolve()}
    for pattern in patterns:
        if isinstance(pattern, Broken):
            continue
        if not isinstance(pattern, Scalar) or not pattern.text:
            yield problem("not-text", place=pattern.place, path=("include",))
        else:
            yield from _matches(pattern, pattern.text, root.parent, seen)


def _matches(node: Scalar, pattern: str, folder: Path, seen: set[Path]) -> Iterator[tuple[Path, str] | Problem]:
    def wrong(code: str) -> Problem:
        return problem(code, place=node.place, path=("include",), pattern=pattern)

    if "\\" in pattern or PureWindowsPath(pattern).drive:
        yield wrong("include-invalid")
        return
    if pattern.startswith("/") or ".." in pattern.split("/"):
        yield wrong("include-outside")
        return
    found = [path for path in sorted(folder.glob(pattern)) if path.suffix.lower() in SUFFIXES and path.is_file()]
    if not found:
        yield wrong("include-nothing")
    for path in found:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            yield wrong("include-outside")
        elif real not in seen:
            seen.add(real)
            yield path, path.relative_to(folder).as_posix()
