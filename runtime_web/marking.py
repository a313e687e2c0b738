"""Where the words that somebody has typed stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup, escape

from engine.storage.fold import fold


def marked(text: str, typed: str) -> Markup:
    """A text for HTML with each typed word marked once: at the beginning of a word, if one begins so."""
    lit = set(_lit(text, fold(typed).split()))
    found = Markup()
    for is_lit, places in groupby(range(len(text)), key=lit.__contains__):
        run = "".join(text[at] for at in places)
        found += Markup("<mark>{}</mark>").format(run) if is_lit else escape(run)
    return found


def _lit(text: str, words: list[str]) -> Iterator[int]:
    """Which letters those of the words are, compared in the folded form, whose letters may be fewer or more."""
    if not any(word in fold(text) for word in words):
        return
    letters = [fold(letter) for letter in text]
    folded = "".join(letters)
    origins = [at for at, letter in enumerate(letters) for _ in letter]
    for word in words:
        place = re.search(rf"\b{re.escape(word)}", folded) or re.search(re.escape(word), folded)
        if place:
            yield from range(origins[place.start()], origins[place.end() - 1] + 1)
