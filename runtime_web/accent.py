"""The one accent colour of a configuration, in the shades that pages need, each readable where it stands.

A style sheet of its own, because the strict content policy allows no style in the page.
"""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from flask import Blueprint, Response, abort

from runtime_web.access import public

Colour = tuple[float, float, float]
WHITE, INK = "#ffffff", "#11161d"
LIGHT_SURFACE, DARK_SURFACE = "#f6f7f9", "#21262f"
READABLE = 4.6

blueprint = Blueprint("accent", __name__)


def accent_url(accent: str) -> str:
    """Where the style sheet of an accent colour is."""
    return f"/look/{accent.removeprefix('#').lower()}.css"


@blueprint.get("/look/<name>.css")
@public
def sheet(name: str) -> Response:
    """Custom properties for light and dark."""
    if not re.fullmatch(r"[0-9a-f]{6}", name):
        abort(404)
    response = Response(style_of(f"#{name}"), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@lru_cache(maxsize=16)
def style_of(accent: str) -> str:
    """The style sheet's text."""
    light = _shades(accent, _until_readable(accent, LIGHT_SURFACE, -0.02))
    dark = _shades(accent, _until_readable(accent, DARK_SURFACE, 0.02))
    return f':root {{{light}}}\n[data-bs-theme="dark"] {{{dark}}}\n'


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG reckons it, from 1 to 21."""
    first, second = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _shades(accent: str, text: str) -> str:
    ink = max((WHITE, INK), key=lambda colour: contrast(accent, colour))
    strong = _lighter(accent, -0.06 if ink == WHITE else 0.06)
    channels = ", ".join(str(round(channel * 255)) for channel in _rgb(accent))
    return (
        f"--k-accent: {accent}; --k-accent-strong: {strong}; --k-accent-ink: {ink}; --k-accent-text: {text}; "
        f"--k-accent-soft: color-mix(in srgb, {text} 12%, transparent); --tblr-primary-rgb: {channels};"
    )


def _until_readable(accent: str, surface: str, step: float) -> str:
    colour = accent
    for _ in range(50):
        if contrast(colour, surface) >= READABLE + 0.7:
            break
        colour = _lighter(colour, step)
    return colour


def _lighter(colour: str, step: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    changed = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness + step)), saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in changed)


def _rgb(colour: str) -> Colour:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
