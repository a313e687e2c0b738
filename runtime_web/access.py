"""Which pages are open to whom. Everything needs a signed-in person unless its view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that people may see before they sign in. A test lists them all."""
    view.kartoteka_public = True  # type: ignore[attr-defined]
    return view


def for_administrators(view: View) -> View:
    """Mark a view that only an administrator may see."""
    view.kartoteka_administrators = True  # type: ignore[attr-defined]
    return view


def is_public(view: Callable[..., Any] | None) -> bool:
    return getattr(view, "kartoteka_public", False)


def is_for_administrators(view: Callable[..., Any] | None) -> bool:
    return getattr(view, "kartoteka_administrators", False)
