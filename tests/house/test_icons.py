"""Every icon that a page, a script or a sample asks for by name is in the sprite (`kartoteka.icons` of package.json)."""

from __future__ import annotations

import json
import re

from tests.house.sources import files, relative
from tests.surroundings import ROOT

SPRITE = set(json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["kartoteka"]["icons"])
ASKED = {
    ".html": re.compile(r"""\bicon\(\s*['"]([a-z0-9-]+)['"]"""),
    ".py": re.compile(r"""\bicon(?:\(|=)\s*['"]([a-z0-9-]+)['"]"""),
    ".js": re.compile(r"""icons\.svg[^"'`]*#([a-z0-9-]+)"""),
    ".yaml": re.compile(r"""^\s*(?:\w+: *\{.*)?\bicon: *["']?([a-z0-9-]+)""", re.MULTILINE),
}


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    places = files(*ASKED, below=("templates", "runtime_web", "sample_configs"))
    asked = {
        name: relative(path) for path in places for name in ASKED[path.suffix].findall(path.read_text(encoding="utf-8"))
    }
    assert {name: place for name, place in asked.items() if name not in SPRITE} == {}


def test_the_list_of_icons_is_sorted_and_has_each_once() -> None:
    listed = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["kartoteka"]["icons"]
    assert listed == sorted(SPRITE)
