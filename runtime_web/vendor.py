"""Libraries of others for the browser, in static/vendor: made when the package was built, and needed to start."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
NEEDED = ("tabler.min.css", "htmx.min.js", "icons.svg", "choices.svg", "Sortable.min.js", "tom-select.complete.min.js")


class AssetsMissing(Exception):
    """The browser libraries are not there; the text says how to get them."""


def check_vendor() -> None:
    """Refuse to start without the browser libraries, rather than to serve pages that look broken."""
    missing = [name for name in NEEDED if not (VENDOR / name).is_file()]
    if missing or not (VENDOR / ".stamp").is_file():
        raise AssetsMissing(
            "The browser libraries are missing from this installation. "
            "In a clone, run “pip install -e .” again (with uv: “uv sync --reinstall-package kartoteka”)."
        )
