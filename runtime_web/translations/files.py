"""The .po files: read, bring up to date with the collected texts, write without anything that changes by itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent
LANGUAGES = ("ru", "ro", "sq", "fi")
_PASSING = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Generated-By",
    "Project-Id-Version",
)
_PASSING_LINES = re.compile(rf'"({"|".join(_PASSING)}): .*\\n"\n'.encode())
_NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def path_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it is written."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def updated(language: str, texts: Catalog) -> Catalog:
    """The catalogue with exactly the collected texts; translations of texts that are still there stay."""
    catalog = read(language)
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def written(catalog: Catalog) -> bytes:
    """The file's content: sorted, without places and dates, so that it changes only when a text does."""
    out = io.BytesIO()
    catalog.fuzzy = False
    catalog.header_comment = f"# Kartoteka in {catalog.locale.english_name if catalog.locale else 'English'}."
    write_po(out, catalog, width=150, sort_output=True, no_location=True, ignore_obsolete=True)
    return _PASSING_LINES.sub(b"", out.getvalue())


def compile_to(path: Path, catalog: Catalog) -> None:
    """Write the form that the program reads; builds do the same."""
    with path.open("wb") as out:
        write_mo(out, catalog)


def faults(catalog: Catalog) -> Iterator[str]:
    """What is wrong with the translations: none at all, or names in them that differ from the text's."""
    for message in catalog:
        if message.id and (fault := _fault(message)):
            yield f"{_first(message.id)!r}: {fault}"


def _fault(message: Message) -> str:
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if not all(forms) or message.fuzzy:
        return "is not translated"
    wanted = _names(_first(message.id)) if isinstance(message.id, str) else _names(str(message.id[1]))
    for form in forms:
        if _names(str(form)) - wanted or (wanted - _names(str(form)) - {"num"}):
            return f"has the names {sorted(wanted)}, its translation {sorted(_names(str(form)))}"
    return ""


def _first(message: object) -> str:
    return str(message if isinstance(message, str) else message[0])  # type: ignore[index]


def _names(text: str) -> set[str]:
    """What is filled in: %(name)s by Python, {name} by a script or in a Problem."""
    return {one or other for one, other in _NAMED.findall(text)}
