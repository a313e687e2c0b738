"""Attached files as pages show them: names, sizes in the reader's words, addresses, small pictures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from engine.fields.locale import Locale
from engine.files import INLINE, LARGE, PDF, PICTURES, SMALL, Attached
from runtime_web import addresses
from runtime_web.i18n import gettext as _
from runtime_web.i18n import ngettext
from runtime_web.sending import is_active
from runtime_web.views.files import FileTile

KILOBYTE = 1024
WIDEST, HIGHEST = 220, 160
TEXTUAL = ("text/", "application/json")
"""How the media types of what is read letter by letter begin; its letters are shown, nothing in it is run."""
LONGEST_TEXT = 1024 * KILOBYTE
ICONS = (
    ("image/", "photo"),
    ("video/", "video"),
    ("application/pdf", "file-type-pdf"),
    ("spreadsheet", "file-spreadsheet"),
    ("excel", "file-spreadsheet"),
    ("word", "file-description"),
    ("opendocument.text", "file-description"),
    ("text/", "file-text"),
    ("message/", "mail"),
    ("zip", "archive"),
)
"""What stands in a media type, and its icon."""


def tiles_of(files: Iterable[Attached], locale: Locale) -> tuple[FileTile, ...]:
    """Files as a form or a card shows them."""
    return tuple(_tile(attached, locale) for attached in files)


def size_text(size: int, locale: Locale) -> str:
    """How large a file is, in the unit that needs the fewest digits."""
    if size < KILOBYTE:
        return ngettext("%(num)d byte", "%(num)d bytes", size)
    kilobytes = size / KILOBYTE
    if kilobytes < KILOBYTE:
        return _("%(size)s kB", size=locale.decimal_formatter(0)(round(kilobytes)))
    megabytes = kilobytes / KILOBYTE
    places = 1 if megabytes < 10 else 0
    return _("%(size)s MB", size=locale.decimal_formatter(places)(Decimal(f"{megabytes:.{places}f}")))


def icon_of(kind: str) -> str:
    """The drawing of a media type."""
    return next((icon for part, icon in ICONS if part in kind), "file")


def fitted(width: int, height: int) -> tuple[int, int]:
    """How large a picture is shown on a card: whole, within a box, never blown up."""
    if not width or not height:
        return 0, 0
    scale = min(1.0, WIDEST / width, HIGHEST / height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def preview_of(kind: str, size: int) -> str:
    """How a file is shown over the page; "" where no browser could, or it is better saved, as what it might run."""
    if kind in PICTURES:
        return "image"
    if kind == PDF:
        return "pdf"
    readable = kind.startswith(TEXTUAL) and not is_active(kind)
    return "text" if readable and size <= LONGEST_TEXT else ""


def _tile(attached: Attached, locale: Locale) -> FileTile:
    width, height = fitted(attached.width or 0, attached.height or 0)
    return FileTile(
        id=attached.id,
        name=attached.name,
        size=size_text(attached.size, locale),
        icon=icon_of(attached.kind),
        url=addresses.file_of(attached.id, attached.name),
        inline=attached.kind in INLINE,
        small_url=addresses.small_picture_of(attached.id, SMALL) if width else "",
        large_url=addresses.small_picture_of(attached.id, LARGE) if width else "",
        width=width,
        height=height,
        preview=preview_of(attached.kind, attached.size),
    )
