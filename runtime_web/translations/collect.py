"""Collects every text of the program that can be translated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from engine.audit import EVENTS
from engine.problems.calling import CALLS, TOKENS
from engine.problems.entering import ACCOUNTS, INPUTS, JOBS, REPORTS, SHEETS
from engine.problems.entry import Entry

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "marked": None, "ngettext": (1, 2)}
JINJA = "jinja2.ext:babel_extract"
TEMPLATE = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
SQUARE = {
    **TEMPLATE,
    "block_start_string": "[%",
    "block_end_string": "%]",
    "variable_start_string": "[[",
    "variable_end_string": "]]",
    "comment_start_string": "[#",
    "comment_end_string": "#]",
}
_CHOSEN = {
    code: entry
    for code, entry in SHEETS.items()
    if code.startswith(("sheet-", "column-", "formula-", "export-", "reference-"))
}
"""What may be wrong with a file that somebody chooses on a page, or wants from it, and with what they paste."""
PROBLEMS: tuple[Mapping[str, Entry], ...] = (INPUTS, _CHOSEN, ACCOUNTS, TOKENS, JOBS, REPORTS, CALLS)
"""The Problems that people meet on pages and programs over the API; those of a configuration stand on a terminal, in English."""

Message = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One text and the file it stands in."""

    message: Message
    file: str


def collect() -> Catalog:
    """All texts as a catalogue without translations."""
    catalog = Catalog()
    for found in [*_modules(), *_templates(), *_problems(), *_events()]:
        catalog.add(found.message, locations=[(found.file, 0)])
    return catalog


def _modules() -> Iterator[Found]:
    for path in sorted((ROOT / "runtime_web").rglob("*.py")):
        if "translations" not in path.parts:
            yield from _extracted(path, "python", path.read_bytes())


def _templates() -> Iterator[Found]:
    for path in sorted((ROOT / "templates" / "html").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "[[" in text or "[%" in text:
            # Filled in twice, see runtime_web/lists/grid.py: what stands in square brackets, then what in braces.
            yield from _extracted(path, JINJA, text.encode(), SQUARE)
            text = re.sub(r"\[%.*?%\]|\[#.*?#\]", "", text, flags=re.DOTALL)
            text = re.sub(r"\[\[.*?\]\]", "x", text, flags=re.DOTALL)
        yield from _extracted(path, JINJA, text.encode())


def _extracted(path: Path, method: str, source: bytes, options: Mapping[str, str] = TEMPLATE) -> Iterator[Found]:
    name = path.relative_to(ROOT).as_posix()
    chosen = dict(options) if method == JINJA else {}
    for _line, message, _comments, _context in extract(method, io.BytesIO(source), keywords=KEYWORDS, options=chosen):
        yield Found(message, name)


def _problems() -> Iterator[Found]:
    for group in PROBLEMS:
        for entry in group.values():
            for text in filter(None, (entry.text, entry.hint)):
                yield Found(text, "engine/problems/entering.py")


def _events() -> Iterator[Found]:
    for text in EVENTS.values():
        yield Found(text, "engine/audit/events.py")
