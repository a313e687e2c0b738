"""What kinds of notes are called, and how their text is shown."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from engine.notes import mentions
from runtime_web.i18n import gettext as _

ICONS = {"comment": "message", "call": "phone", "email": "mail", "meeting": "users"}


def kind_said(kind: str) -> str:
    """What a note is called."""
    return {
        "comment": _("Comment"),
        "call": _("Call"),
        "email": _("E-mail"),
        "meeting": _("Meeting"),
    }[kind]


def with_names(text: str, names: Iterable[str]) -> Markup:
    """A text in which the people whom it names stand out."""
    parts, at = [], 0
    for one in mentions(text, names):
        parts += [escape(text[at : one.start]), Markup('<b class="mention">{}</b>').format(text[one.start : one.end])]
        at = one.end
    return Markup("").join([*parts, escape(text[at:])])
