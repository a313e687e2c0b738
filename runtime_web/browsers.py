"""Which browser on which system somebody uses, from what it says of itself; for people, not for decisions."""

from __future__ import annotations

from runtime_web.i18n import gettext as _

# The first that occurs: most name others too, to be taken for them.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
PHONES = frozenset({"iPhone", "iPad", "Android"})


def browser_name(said: str) -> str:
    """What people call it, such as “Firefox, Windows”."""
    found = [name for name in (_first(said, BROWSERS), _first(said, SYSTEMS)) if name]
    return ", ".join(found) or _("Unknown browser")


def browser_icon(said: str) -> str:
    """The drawing of what it runs on."""
    return "device-mobile" if _first(said, SYSTEMS) in PHONES else "device-laptop"


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "")
