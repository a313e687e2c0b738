"""The folded form of a text, in which search, filter and sort compare: the same on every database.

Case is folded by Unicode, ё equals е, and the accents of Latin letters are dropped, so that "sef" finds "Șef". Letters
of other alphabets keep theirs: й is not и.
"""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans({"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_LATIN_WITH_MARKS = re.compile("[a-z]([\u0300-\u036f]+)")
_PLAIN = re.compile(r"[ -~]*\Z")


def fold(text: str) -> str:
    """The text in folded form; it may be shorter or longer than the text itself."""
    folded = text.casefold()
    if _PLAIN.match(folded):
        return folded
    folded = folded.translate(_SPECIAL)
    decomposed = unicodedata.normalize("NFD", folded)
    stripped = _LATIN_WITH_MARKS.sub(lambda match: match.group(0)[0], decomposed)
    return unicodedata.normalize("NFC", stripped).translate(_SPECIAL)
