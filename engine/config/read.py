"""YAML and JSON text -> nodes with positions.

A restricted YAML 1.2: no anchors, aliases, tags, merge keys, directives or second documents; no key twice. The
scanner and parser are ruamel.yaml's; this module walks their events, so that nothing is resolved: every scalar stays
the text that somebody wrote. JSON is checked by the json module and then read the same way, for its positions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from engine.config.json_text import one_line, strict
from engine.config.nodes import Broken, Entry, MappingNode, Node, Scalar, SequenceNode, Style
from engine.config.source import LIMIT, Source
from engine.config.syntax import explain
from engine.problems import Problem, Problems, problem

DEPTH = 30
"""How deep mappings and lists may be nested."""

_GAP = re.compile(r"(?:\s|#[^\n\r]*)*")
_COMMENT_AS_VALUE = re.compile(r"[ \t]+#[^\s]")


def read(text: str, file: str) -> tuple[Node | None, Problems]:
    """Read one file's text; with Problems the tree may lack what they are about (see `Broken`), or be missing."""
    source = Source(file, text.removeprefix("\ufeff"))
    if len(source.text) > LIMIT:
        return None, (problem("file-too-large", place=source.place(0, 0), file=file, limit=LIMIT // 1024),)
    reader = _Reader(source, is_json=file.endswith(".json"))
    return reader.document(), tuple(reader.problems)


class _Stop(Exception):
    """Nothing that follows in this file can be read; the Problem is already noted."""


class _Reader:
    """Walks the events of one file once."""

    def __init__(self, source: Source, *, is_json: bool) -> None:
        self.source = source
        self.is_json = is_json
        self.problems: list[Problem] = []
        self.last: Node | None = None  # What was read before an error, for its explanation.
        self.events: Iterator[Any] = iter(())

    def document(self) -> Node | None:
        refused = strict(self.source) if self.is_json else None
        if refused:
            self.problems.append(refused)
            return None
        text = one_line(self.source.text) if self.is_json else self.source.text
        self.events = iter(YAML(typ="safe", pure=True).parse(text))
        try:
            return self._document()
        except YAMLError as error:
            self.problems.append(explain(error, self.source, self.last))
        except _Stop:
            pass
        return None

    def _document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if root:
                    self._report("yaml-several-documents", event)
                    return root
                if event.version or event.tags:
                    self._report_directive(event.start_mark.index)
                root = self._node(next(self.events), 1)
        if root is None or (isinstance(root, Scalar) and root.text is None):
            self._report_at("file-empty", 0, 0)
            return None
        return root

    def _report_directive(self, before: int) -> None:
        start = self.source.text.index("%")
        self._report_at("yaml-directive", start, min(before, self.source.line_end(start)))

    def _node(self, event: Any, depth: int) -> Node:
        if depth > DEPTH:
            self._report("yaml-too-deep", event, limit=DEPTH)
            raise _Stop
        if event.anchor is not None:
            self._report("yaml-anchor", event)
        if getattr(event, "tag", None) is not None:
            self._report("yaml-tag", event, tag=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, AliasEvent):
            node: Node = Broken(self._place(event), event.start_mark.index, event.end_mark.index)
        elif isinstance(event, ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            node = self._mapping(event, depth)
        else:
            node = self._sequence(event, depth)
        self.last = node
        return node

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        style: Style = event.style or "plain"
        if style in "|>":
            end = self._end_of_block(start, end)
        text = json.loads(self.source.text[start:end]) if self.is_json and style == '"' else event.value
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if style == '"' else text
        empty = style == "plain" and text in {"", "null", "~"}
        return Scalar(None if empty else text, self.source.place(start, end), start, end, style)

    def _end_of_block(self, start: int, end: int) -> int:
        """Where a text below | or > ends: blank lines behind it belong to it only if it says + for keeping them."""
        written = self.source.text[start:end]
        if "+" in written.partition("\n")[0]:
            return start + len(written.removesuffix("\n").removesuffix("\r"))
        return start + len(written.rstrip(" \r\n"))

    def _sequence(self, start: SequenceStartEvent, depth: int) -> SequenceNode:
        items: list[Node] = []
        event = next(self.events)
        while not isinstance(event, SequenceEndEvent):
            item = self._node(event, depth + 1)
            if start.flow_style and self._cut_by_comma(item):
                self._report_at("yaml-comma-in-value", item.start, item.end)
                item = Broken(item.place, item.start, item.end)
            items.append(item)
            event = next(self.events)
        flow, begin, end = self._extent(start, event, items[-1] if items else None)
        return SequenceNode(tuple(items), self.source.place(begin, end), begin, end, flow)

    def _mapping(self, start: MappingStartEvent, depth: int) -> MappingNode:
        entries: dict[str, Entry] = {}
        last: Node | None = None
        event = next(self.events)
        while not isinstance(event, MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            last = self._enter(entries, key, value, flow=bool(start.flow_style))
            event = next(self.events)
        flow, begin, end = self._extent(start, event, last)
        return MappingNode(entries, self.source.place(begin, end), begin, end, flow)

    def _enter(self, entries: dict[str, Entry], key: Node, value: Node, *, flow: bool) -> Node:
        """Put one key and its value into a mapping, or say why not; return what the mapping now ends with."""
        if not isinstance(key, Scalar) or key.style in "|>" or (key.text is None and key.start == key.end):
            self._report_at("yaml-key-not-text", key.start, key.end)
            return value
        name = self.source.text[key.start : key.end] if key.text is None else key.text
        if flow and self._is_alone(key, value):
            self._report_alone(entries, key, name)
            return key
        value = self._placed(key, value, name)
        if name == "<<" and not key.quoted:
            self._report_at("yaml-merge-key", key.start, key.end)
        elif name in entries:
            first = entries[name].key.place.line
            self._report_at("yaml-duplicate-key", key.start, key.end, key=name, first=first)
        else:
            entries[name] = Entry(Scalar(name, key.place, key.start, key.end, key.style), value)
        return value

    def _placed(self, key: Scalar, value: Node, name: str) -> Node:
        """A value that is left out stands right behind its colon; ruamel sees it where the next thing begins."""
        if not isinstance(value, Scalar) or value.start != value.end:
            return value
        colon = self.source.text.find(":", key.end) + 1
        place = self.source.place(colon, colon)
        if _COMMENT_AS_VALUE.match(self.source.text, colon):
            end = self.source.line_end(colon)
            begin = self.source.text.index("#", colon)
            self._report_at("yaml-comment-as-value", begin, end, key=name)
            return Broken(place, colon, colon)
        return Scalar(None, place, colon, colon)

    def _is_alone(self, key: Scalar, value: Node) -> bool:
        """Whether a key within braces has no colon behind it."""
        if not isinstance(value, Scalar) or value.start != value.end:
            return False
        gap = _GAP.match(self.source.text, key.end)
        return bool(gap) and not self.source.text.startswith(":", gap.end() if gap else 0)

    def _report_alone(self, entries: dict[str, Entry], key: Scalar, name: str) -> None:
        before = next(reversed(entries.values()), None)
        if before and self._cut_by_comma(before.node):
            node = before.node
            self._report_at("yaml-comma-in-value", node.start, key.end)
            entries[str(before.key.text)] = Entry(before.key, Broken(node.place, node.start, node.end))
        elif ":" in name and not key.quoted:
            self._report_at("yaml-colon-without-space", key.start, key.end)
            head = name.partition(":")[0]
            entries.setdefault(head, Entry(key, Broken(key.place, key.start, key.end)))
        elif not before or not isinstance(before.node, Broken):
            self._report_at("yaml-key-alone", key.start, key.end, key=name)

    def _cut_by_comma(self, node: Node) -> bool:
        """Whether a plain text within braces or brackets ends at a comma inside its own parentheses."""
        if not isinstance(node, Scalar) or node.quoted or node.text is None:
            return False
        return node.text.count("(") > node.text.count(")") and self.source.text.startswith(",", node.end)

    def _extent(self, start: Any, end: Any, last: Node | None) -> tuple[bool, int, int]:
        """Whether a collection has brackets, and its stretch; without them it ends where its last value does."""
        begin = int(start.start_mark.index)
        flow = bool(start.flow_style) and end.end_mark.index > end.start_mark.index
        if flow or last is None:
            return flow, begin, int(end.end_mark.index)
        return flow, begin, last.end

    def _place(self, event: Any) -> Any:
        return self.source.place(event.start_mark.index, event.end_mark.index)

    def _report(self, code: str, event: Any, **params: str | int | None) -> None:
        self._report_at(code, event.start_mark.index, event.end_mark.index, **params)

    def _report_at(self, code: str, start: int, end: int, **params: str | int | None) -> None:
        self.problems.append(problem(code, place=self.source.place(start, end), path=(), **params))
