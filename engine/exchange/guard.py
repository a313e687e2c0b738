"""Texts that a spreadsheet program would take for a formula: an apostrophe before them, and away with it again.

The rule is the same both ways, so that a text survives the way through a CSV file, its own apostrophes included.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*\s*[=+\-@|%]|'*[\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d ]*(?:\.\d+)?%?\Z", re.ASCII)
_GUARDED = re.compile(r"'+(?:\s*[=+\-@|%]|[\t\r])")


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file: no cell that begins like a formula, but for plain numbers."""
    if text[:1].isalnum() or not _FORMULA.match(text) or _NUMBER.match(text):
        return text
    return "'" + text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
