"""Which pages are open to whom. Everything needs a signed-in person unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that people may see before they sign in. A test lists them all."""
    view.kartoteka_public = True  # type: ignore[attr-defined]
    return view


def needs(function: str) -> Callable[[View], View]:
    """Mark a view that only those see whose roles let them use a function of the program."""

    def mark(view: View) -> View:
        view.kartoteka_needs = function  # type: ignore[attr-defined]
        return view

    return mark


for_administrators = needs("administer")
"""Marks a view about users and what they may do."""


def is_public(view: Callable[..., Any] | None) -> bool:
    return getattr(view, "kartoteka_public", False)


def needed_by(view: Callable[..., Any] | None) -> str:
    """The function that one must be allowed to use for a view; "" for none."""
    return getattr(view, "kartoteka_needs", "")
