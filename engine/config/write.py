"""Changes one value in the text of a configuration and keeps every other character: comments, quotes, line ends.

A file is never written anew from the tree. An Edit says which stretch is replaced by what; applied the other way round it
restores the text exactly.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from engine.config import spell
from engine.config.load import first_file, gather, home
from engine.config.nodes import MappingNode, Node, Path, Scalar, SequenceNode, at, plain
from engine.config.read import read


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces `before`, which begins at the offset `start`, by `after`."""

    start: int
    before: str
    after: str

    def apply(self, text: str) -> str:
        """The changed text."""
        end = self.start + len(self.before)
        if text[self.start : end] != self.before:
            raise ValueError("the text has changed since it was read")
        return text[: self.start] + self.after + text[end:]

    def reversed(self) -> Edit:
        """The edit that undoes this one."""
        return replace(self, before=self.after, after=self.before)


def edit(text: str, path: Path, value: Any, file: str = "kartoteka.yaml") -> Edit:
    """Put a value (text, number, boolean, None, list, mapping) at a path, adding its last key where it is new.

    Raises:
        LookupError: nothing stands where the path leads, or the text has problems of its own.
    """
    tree = _tree(text, file)
    node = at(tree, path)
    if node is not None:
        made = _replaced(text, tree, path, value, file)
    elif path and isinstance(path[-1], str):
        made = _added(text, tree, path, value, file)
    else:
        raise _nowhere(path)
    _verify(made.apply(text), tree, path, value, file)
    return made


def change(configuration: FilePath, path: Path, value: Any) -> FilePath:
    """The same in the files of a configuration: write the one file in which the path leads, and return it.

    The new text replaces the file in one step, so that nobody ever reads half of it.
    """
    found = held_by(configuration, path)
    raw = found.file.read_bytes().decode("utf-8")
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    text = raw.removeprefix(mark)
    overwrite(found.file, mark + edit(text, found.path, value, found.file.name).apply(text))
    return found.file


@dataclass(frozen=True, slots=True)
class Held:
    """The file in which a path of a configuration leads, and the path within it."""

    file: FilePath
    path: Path


def held_by(configuration: FilePath, path: Path) -> Held:
    """Where a value stands, or would stand. Included files hold entities by name, and roles below a key of their own.

    Raises:
        LookupError: nothing stands where the path leads.
    """
    root = first_file(configuration)
    tree = gather(configuration).tree
    parent = at(tree, path) or at(tree, path[:-1]) if tree else None
    if root is None or parent is None:
        raise _nowhere(path)
    name = parent.place.file
    return Held(home(configuration) / name, path[1:] if name != root.name and path[0] == "entities" else path)


def overwrite(file: FilePath, text: str) -> None:
    """Put a text in place of a file in one step."""
    file = file.resolve()  # A link stays a link.
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
        shutil.copymode(file, name)
        FilePath(name).replace(file)
    except BaseException:
        FilePath(name).unlink(missing_ok=True)
        raise


def _tree(text: str, file: str) -> Node:
    tree, problems = read(text, file)
    if tree is None or problems:
        raise LookupError(problems[0].sentence if problems else file)
    return tree


def _nowhere(path: Path) -> LookupError:
    return LookupError(f"nothing can be written at {'.'.join(map(str, path))}")


def _replaced(text: str, tree: Node, path: Path, value: Any, file: str) -> Edit:
    node = at(tree, path)
    assert node is not None
    before = text[node.start : node.end]
    style = node.style if isinstance(node, Scalar) else "plain"
    written = spell.flow(value, "plain" if style in "|>" else style, is_json=file.endswith(".json"))
    if _wants_block(tree, path, value, written, file):
        return _as_block(text, node, value)
    if style in "|>" and isinstance(value, str):
        written = _folded(text, node, value) or written
    gap = " " if node.start == node.end and not text[: node.start].endswith((" ", "\n")) else ""
    return Edit(node.start, before, gap + written)


def _wants_block(tree: Node, path: Path, value: Any, written: str, file: str) -> bool:
    """Whether a collection is too long for a line, and stands where it may take several."""
    if not spell.is_collection(value) or not value or file.endswith(".json"):
        return False
    node = at(tree, path)
    was_block = isinstance(node, MappingNode | SequenceNode) and not node.flow
    if not was_block and (len(written) <= spell.WIDTH or not path or not isinstance(path[-1], str)):
        return False
    above = [at(tree, path[:length]) for length in range(len(path))]
    return not any(isinstance(node, MappingNode | SequenceNode) and node.flow for node in above)


def _as_block(text: str, node: Node, value: Any) -> Edit:
    """Below its key, indented by two more, or as the block that it replaces was."""
    newline = newline_of(text)
    if isinstance(node, MappingNode | SequenceNode) and not node.flow:
        written = spell.block(value, node.place.column - 1, newline)
        return Edit(node.start, text[node.start : node.end], written)
    line = text[: node.start].rpartition("\n")[2]
    indent = len(line) - len(line.lstrip(" -")) + 2
    start, end = len(text[: node.start].rstrip(" ")), _end_of_line(text, node.end)
    comment = text[node.end : end].rstrip()  # Only a comment can follow here; it stays with the key.
    written = comment + newline + " " * indent + spell.block(value, indent, newline)
    return Edit(start, text[start:end], written)


def _folded(text: str, node: Node, value: str) -> str | None:
    """A text of several lines as the literal block that was there, or None where it cannot be one."""
    head, _, body = text[node.start : node.end].partition("\n")
    first = body.split("\n", 1)[0]
    indent = first[: len(first) - len(first.lstrip(" "))]
    lines = value.removesuffix("\n").split("\n")
    fits = all(line and not line.startswith((" ", "\t")) and line.isprintable() for line in lines)
    if not indent or not fits or not value.endswith("\n") or head.strip() != "|":
        return None
    newline = newline_of(text)
    return f"|{newline}" + newline.join(indent + line for line in lines)


def _added(text: str, tree: Node, path: Path, value: Any, file: str) -> Edit:
    parent = at(tree, path[:-1])
    key = str(path[-1])
    if isinstance(parent, Scalar) and parent.text is None:
        return _replaced(text, tree, path[:-1], {key: value}, file)
    if not isinstance(parent, MappingNode):
        raise _nowhere(path)
    if parent.flow or not parent.entries:
        return _added_within_braces(text, parent, key, value, file)
    last = [*parent.entries.values()][-1]
    newline = newline_of(text)
    indent = parent.place.column - 1
    written = f"{spell.flow(key)}: {spell.flow(value)}"
    if spell.is_collection(value) and value and len(written) + indent > spell.WIDTH:
        written = spell.block({key: value}, indent, newline)
    end = _end_of_line(text, max(last.node.end, last.key.end))
    return Edit(end, "", newline + " " * indent + written)


def _added_within_braces(text: str, parent: MappingNode, key: str, value: Any, file: str) -> Edit:
    is_json = file.endswith(".json")
    written = f"{spell.flow(key, is_json=is_json)}: {spell.flow(value, is_json=is_json)}"
    if not parent.entries:
        return Edit(parent.start, text[parent.start : parent.end], "{" + written + "}")
    *_, last = parent.entries.values()
    first = next(iter(parent.entries.values()))
    newline = newline_of(text)
    own_line = "\n" in text[parent.start : first.key.start]
    gap = newline + " " * (last.key.place.column - 1) if own_line else " "
    return Edit(max(last.node.end, last.key.end), "", f",{gap}{written}")


def newline_of(text: str) -> str:
    """The line end that a file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def _end_of_line(text: str, offset: int) -> int:
    ends = [found for found in (text.find("\n", offset), text.find("\r", offset)) if found >= 0]
    return min(ends, default=len(text))


def _verify(text: str, old: Node, path: Path, value: Any, file: str) -> None:
    """Read the new text again: it differs from the old in this one value, or nothing is written."""
    wanted = plain(old).data
    if path:
        parent = wanted
        for step in path[:-1]:
            if parent[step] is None:
                parent[step] = {}
            parent = parent[step]
        parent[path[-1]] = as_read(value)
    else:
        wanted = as_read(value)
    if plain(_tree(text, file)).data != wanted:
        raise LookupError(f"{'.'.join(map(str, path))} cannot be changed in place")


def as_read(value: Any) -> Any:
    """A value as the reader gives it back: texts, lists, dicts and None."""
    if isinstance(value, dict):
        return {str(key): as_read(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_read(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
