"""The frame of every page, the home page and quick search."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from engine.records import Edit
from runtime_web.accent import contrast, style_of
from runtime_web.assets import asset, icon
from runtime_web.notices import Notice
from runtime_web.pages import home
from runtime_web.vendor import VENDOR, AssetsMissing, check_vendor
from tests.runtime_web.seen import unmarked
from tests.runtime_web.visitor import Site

HTMX = {"HX-Request": "true"}


def fill(site: Site) -> None:
    for name in ("Ștefan Țepeș", "Анна <b>Ёлкина</b>", "Client 3"):
        site.records.create("client", Edit({"name": name}))


def test_the_menu_lists_entities_but_no_lines_and_marks_the_current_one(site: Site) -> None:
    page = site.visitor("ben").get("/records/client").text
    menu = page[page.index('<nav class="side"') : page.index("</nav>")]
    assert re.findall(r'href="(/[^"]*)" title', menu) == [
        "/",
        "/",
        "/records/client",
        "/records/product",
        "/records/order",
        "/records/payment",
        "/dashboards",
        "/reports",
    ]
    assert re.findall(r'href="([^"]*)" title="[^"]*" aria-current="page"', menu) == ["/records/client"]


def test_only_administrators_see_what_is_theirs(site: Site) -> None:
    assert 'href="/users"' in site.visitor("ana").get("/").text
    assert 'href="/users"' not in site.visitor("ben").get("/").text


def test_kept_frames_are_not_mixed_up(site: Site) -> None:
    ana, ben = site.visitor("ana"), site.visitor("ben")
    for _ in range(2):
        assert "Ben Virtanen" not in ana.get("/").text
        assert "Ana Popa" not in ben.get("/").text
        assert ana.token("/keys") != ben.token("/keys")
    back = 'name="next" value="/search?q=%22%3E%3Cb%3E&amp;x=1"'
    assert back in ana.get("/search?q=%22%3E%3Cb%3E&x=1").text
    assert back not in ana.get("/").text


def test_the_home_page_counts_and_names_what_was_changed_lately(any_site: Site) -> None:
    fill(any_site)
    page = any_site.visitor("ben").get("/").text
    panel = page[page.index('id="panel-client"') : page.index('id="panel-product"')]
    assert ">3<" in panel
    assert panel.index("Client 3") < panel.index("Анна &lt;b&gt;") < panel.index("Ștefan")
    assert "Nothing here yet." in page


def test_of_very_many_records_the_home_page_names_the_newest(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(site)
    site.records.update("client", 1, Edit({"city": "Iași"}))
    visitor = site.visitor("ben")
    assert visitor.get("/").text.index("Ștefan") < visitor.get("/").text.index("Client 3")
    monkeypatch.setattr(home, "FEW", 2)
    assert visitor.get("/").text.index("Client 3") < visitor.get("/").text.index("Ștefan")


@pytest.mark.parametrize(("typed", "found"), [("stef", "Ștefan Țepeș"), ("анна елк", "Ёлкина"), ("CLIENT", "Client 3")])
def test_quick_search_finds_in_any_alphabet(any_site: Site, typed: str, found: str) -> None:
    fill(any_site)
    visitor = any_site.visitor("ben")
    part, page = (
        unmarked(visitor.get("/search", query_string={"q": typed}, headers=headers).text) for headers in (HTMX, {})
    )
    assert found in part
    assert 'role="option"' in part
    assert "<html" not in part
    assert "<b>" not in part
    assert found in page


def test_quick_search_says_when_there_is_nothing(site: Site) -> None:
    visitor = site.visitor("ben")
    assert "Nothing contains “zz&lt;z”." in visitor.get("/search?q=zz<z", headers=HTMX).text
    assert "Nothing contains" not in visitor.get("/search?q=%20", headers=HTMX).text


def test_a_notice_is_shown_once_and_cannot_be_forged(site: Site) -> None:
    visitor = site.visitor("ana")
    visitor.client.set_cookie("kartoteka_notices", '[{"text": "forged"}]')
    assert "forged" not in visitor.get("/").text
    visitor.post("/users/2/disable")
    assert "can no longer sign in" in visitor.get("/keys").text
    assert "can no longer sign in" not in visitor.get("/keys").text
    assert Notice("x").kind == "done"


@pytest.mark.parametrize("accent", ["#2a62b8", "#ffd400", "#0b0b0b", "#ffffff", "#d6336c", "#12b886"])
def test_any_accent_is_readable(accent: str) -> None:
    light, dark = style_of(accent).splitlines()
    for style, surfaces in ((light, ("#f6f7f9", "#ffffff")), (dark, ("#14171c", "#1a1e25", "#21262f"))):
        shades = dict(re.findall(r"(--k-accent[\w-]*): (#[0-9a-f]{6})", style))
        assert contrast(shades["--k-accent"], shades["--k-accent-ink"]) >= 4.5
        assert contrast(shades["--k-accent-strong"], shades["--k-accent-ink"]) >= 4.5
        assert min(contrast(shades["--k-accent-text"], surface) for surface in surfaces) >= 4.5


def test_an_unknown_icon_is_a_plain_one_and_labels_are_read_out(site: Site) -> None:
    assert "#circle" in icon("no-such-drawing")
    assert 'aria-label="Said &amp; done"' in icon("check", "Said & done")
    assert "icons.svg#check" in icon("check")
    with pytest.raises(LookupError, match="nothing"):
        asset("nothing.css")


def test_a_drawing_that_only_a_configuration_chooses_stands_in_the_page(site: Site) -> None:
    with site.app.test_request_context():
        drawn = icon("zoom-in", "Larger")
    assert 'aria-label="Larger"' in drawn
    assert '<svg viewBox="0 0 24 24"' in drawn
    assert "<path" in drawn
    assert drawn.count("<svg") == drawn.count("</svg>") == 2
    assert "icons.svg" not in drawn


def test_without_the_browser_libraries_the_program_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, make_site: Callable[..., Site], sqlite_url: str
) -> None:
    monkeypatch.setattr("runtime_web.vendor.VENDOR", VENDOR.with_name("nowhere"))
    with pytest.raises(AssetsMissing, match=r"pip install -e \."):
        check_vendor()
    with pytest.raises(AssetsMissing):
        make_site(sqlite_url)
