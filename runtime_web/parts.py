"""Parts of pages, from templates/html/parts: filled in by themselves, and those that never change made only once."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup, escape

from runtime_web.i18n import current_language
from runtime_web.lists.cells import Pattern
from runtime_web.person import workspace


def part(name: str, **names: object) -> Markup:
    """A part of a page without the frame around it, which it does not know."""
    template = current_app.jinja_env.get_template(f"parts/{name}.html")
    return Markup(template.render(names))  # noqa: S704 (an escaping template)


def fixed(name: str) -> Markup:
    """A part that says the same to everybody who reads a language: what scripts say, and their menus."""
    return workspace().once(("part", name, current_language()), lambda: part(name))


def outlined(name: str, /, **said: object) -> Markup:
    """A part that asks only whether there is something to say in a place, and repeats it as it is.

    It is made once for a language and for the places that are taken, then what is said is put there.
    """
    there = tuple(place for place, text in said.items() if text)

    def outline() -> Pattern:
        holes = {place: Markup(f"{{{place}}}") if place in there else "" for place in said}  # noqa: S704 (our own names)
        return Pattern.of(part(name, **holes))

    pattern = workspace().once(("outlined", name, current_language(), there), outline)
    return Markup(pattern.filled({place: escape(said[place]) for place in pattern.holes}))  # noqa: S704 (escaped here)
