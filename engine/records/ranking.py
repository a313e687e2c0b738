"""Which of the records that a search finds is likeliest meant: the one whose title says what was typed."""

from __future__ import annotations

from collections.abc import Callable

from engine.records.values import Found
from engine.storage.fold import fold


def farness_from(text: str) -> Callable[[Found], int]:
    """What sorts records by how far their titles are from a text.

    Nearest is a title that is the text, then those that begin with it, those that have words with the beginnings that
    were typed, and those that hold every word; what was found elsewhere in a record comes last.
    """
    typed = " ".join(fold(text).split())
    words = typed.split()

    def farness(found: Found) -> int:
        title = fold(found.title)
        there = title.split()
        signs = (
            title == typed,
            title.startswith(typed),
            all(any(one.startswith(word) for one in there) for word in words),
            all(word in title for word in words),
        )
        return signs.index(True) if True in signs else len(signs)

    return farness
