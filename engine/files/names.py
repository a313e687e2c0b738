"""Names of files as they are kept: what a person called them, without anything that could mislead a program or a reader."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
MOST_BYTES = 230
"""File systems allow 255 bytes; a browser may have to add a number."""
NAMELESS = "file"

_PATH = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
"""Some scripts cannot be written without these, though they are invisible."""


def clean_name(name: str) -> str:
    """The last part of a name as somebody's computer sent it, fit to be shown, to stand in a header and to be saved.

    Left out are paths, control characters and those that turn the direction of the text around, which make
    "gpj.exe" read like "exe.jpg". Names of devices get an underscore in front.
    """
    last = _PATH.split(unicodedata.normalize("NFC", name))[-1]
    plain = "".join(
        sign for sign in last if sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn")
    )
    words = " ".join(_RESERVED.sub("_", plain).split())
    kept = words.strip(". ")
    if _DEVICE.fullmatch(kept):
        kept = f"_{kept}"
    return _shortened(kept) or NAMELESS


def with_suffix(name: str, suffixes: tuple[str, ...]) -> str:
    """The name with the first of the suffixes added, unless it ends in one of them already."""
    if not suffixes or name.casefold().endswith(suffixes):
        return name
    return _shortened(name + suffixes[0])


def _shortened(name: str) -> str:
    """The name cut in its middle: its beginning and its suffix are what people know it by."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem or len(suffix) > 12:
        stem, suffix = name, ""
    tail = dot + suffix if suffix else ""
    stem = stem[: LONGEST - len(tail)]
    while len((stem + tail).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + tail if tail else stem.rstrip(". ")
