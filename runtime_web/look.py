"""How a person likes the pages: language, theme, density, width of the menu, details beside lists. Kept with the person, and in a cookie
for the log-in page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Request, Response

from engine.fields.locale import LANGUAGES

COOKIE: Final = "kartoteka_look"
YEAR = 31_536_000
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "language": LANGUAGES,
    "theme": ("auto", "light", "dark"),
    "density": ("comfortable", "compact"),
    "side": ("wide", "narrow"),
    "details": ("closed", "open"),
}
"""Each preference and its values; the first is what people get who have not chosen (languages aside)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the templates write into attributes of <html>; `theme` is "auto" until theme.js has asked the device."""

    theme: str = "auto"
    density: str = "comfortable"
    side: str = "wide"
    details: str = "closed"

    @property
    def chosen_theme(self) -> str:
        return self.theme


def look_of(kept: Mapping[str, str]) -> Look:
    """The look that preferences describe; what is not known falls back."""
    chosen = valid(kept)
    return Look(*(chosen.get(name, CHOICES[name][0]) for name in ("theme", "density", "side", "details")))


def valid(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the wanted preferences that exist."""
    return {name: wanted[name] for name, allowed in CHOICES.items() if wanted.get(name) in allowed}


def remembered(request: Request) -> dict[str, str]:
    """What the browser remembers for somebody who has not signed in."""
    language, _, theme = request.cookies.get(COOKIE, "").partition(".")
    return valid({"language": language, "theme": theme})


def remember(response: Response, kept: Mapping[str, str], *, secure: bool) -> None:
    """Let the browser remember language and theme for the log-in page."""
    value = f"{kept.get('language', '')}.{kept.get('theme', '')}"
    response.set_cookie(COOKIE, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax", path="/")
