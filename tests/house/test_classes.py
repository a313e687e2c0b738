"""No page or script uses a class of Tabler that the build leaves out (`kartoteka.classes` of package.json)."""

from __future__ import annotations

import re

from hatch_build import LEFT_OUT
from runtime_web.vendor import VENDOR
from tests.house.sources import files, relative

WRITTEN = {
    ".html": re.compile(r'class="([^"]*)"'),
    ".js": re.compile(r'[cC]lass(?:Name|List)[^"`\n]*["`]([^"`\n]*)["`]'),
}
WORD = re.compile(r"[\w-]+")


def test_no_page_uses_a_class_that_is_left_out() -> None:
    left_out = set((VENDOR / LEFT_OUT).read_text(encoding="utf-8").split())
    used = {
        name: relative(path)
        for path in files(*WRITTEN, below=("templates", "runtime_web"))
        for text in WRITTEN[path.suffix].findall(path.read_text(encoding="utf-8"))
        for name in WORD.findall(text)
    }
    assert {name: place for name, place in used.items() if name in left_out} == {}
    assert "form-control" in used
