"""Every icon that a page or a script asks for by name is in the sprite (`kartoteka.icons` of package.json).

One that a sample has chosen may also be among those that stand in the page (`kartoteka.choices`).
"""

from __future__ import annotations

import json
import re

from tests.house.sources import files, relative
from tests.surroundings import ROOT

DRAWN = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["kartoteka"]
SPRITE, CHOICES = set(DRAWN["icons"]), set(DRAWN["choices"])
ASKED = {
    ".html": re.compile(r"""\bicon\(\s*['"]([a-z0-9-]+)['"]"""),
    ".py": re.compile(r"""\bicon(?:\(|=)\s*['"]([a-z0-9-]+)['"]"""),
    ".js": re.compile(r"""icons\.svg[^"'`]*#([a-z0-9-]+)"""),
    ".yaml": re.compile(r"""^\s*(?:\w+: *\{.*)?\bicon: *["']?([a-z0-9-]+)""", re.MULTILINE),
}


def asked(*kinds: str, below: tuple[str, ...]) -> dict[str, str]:
    """Which icons are asked for by name, and where."""
    places = files(*kinds, below=below)
    return {
        name: relative(path) for path in places for name in ASKED[path.suffix].findall(path.read_text(encoding="utf-8"))
    }


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    ours = asked(".html", ".py", ".js", below=("templates", "runtime_web"))
    assert {name: place for name, place in ours.items() if name not in SPRITE} == {}
    chosen = asked(".yaml", below=("sample_configs",))
    assert {name: place for name, place in chosen.items() if name not in SPRITE | CHOICES} == {}


def test_the_lists_of_icons_are_sorted_and_have_each_once() -> None:
    assert DRAWN["icons"] == sorted(SPRITE)
    assert DRAWN["choices"] == sorted(CHOICES)
    assert not SPRITE & CHOICES
