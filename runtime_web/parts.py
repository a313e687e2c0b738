"""Parts of pages, from templates/html/parts: filled in by themselves, and those that never change made only once."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from runtime_web.i18n import current_language
from runtime_web.person import workspace


def part(name: str, **names: object) -> Markup:
    """A part of a page without the frame around it, which it does not know."""
    template = current_app.jinja_env.get_template(f"parts/{name}.html")
    return Markup(template.render(names))  # noqa: S704 (an escaping template)


def fixed(name: str) -> Markup:
    """A part that says the same to everybody who reads a language: what scripts say, and their menus."""
    return workspace().once(("part", name, current_language()), lambda: part(name))
