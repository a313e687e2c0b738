"""Making what comes from outside harmless in a log: nothing in it may look like another line or steer a terminal."""

from __future__ import annotations

import unicodedata

LONGEST = 500
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of characters that move the cursor, change the direction of writing or cannot be seen."""


def harmless(text: str) -> str:
    """The text with each character that cannot be seen written out, and not longer than a log should hold."""
    kept = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return "".join(_written_out(one) if unicodedata.category(one) in UNSEEN else one for one in kept)


def _written_out(character: str) -> str:
    return f"\\u{ord(character):04x}"
