"""The frame in a real browser: signing in, the menu, quick search, themes, and a session that ends under an open page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Page, expect

from engine.accounts import passwords
from engine.records import Edit
from tests.browser.conftest import Serve
from tests.browser.watched import PHONE, Pages
from tests.runtime_web.visitor import PASSWORD, Site, open_site

NAMES = ("Ștefan Țepeș", "Анна Ёлкина", "Client 3")
Place = tuple[Site, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> Iterator[Place]:
    """A site with three clients and two people, and its address."""
    folder: Path = tmp_path_factory.mktemp("frame")
    patch = pytest.MonkeyPatch()
    patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    site = open_site(f"sqlite:///{(folder / 'records.sqlite').as_posix()}", folder)
    site.add_people()
    for name in NAMES:
        site.records.create("client", Edit({"name": name}))
    yield site, serve(site.app)
    patch.undo()


def sign_in(page: Page, address: str, login: str = "ana") -> None:
    page.goto(address + "/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    page.wait_for_load_state()


def expire(site: Site) -> None:
    with site.workspace.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM _session")


def test_quick_search_needs_no_mouse(place: Place, pages: Pages) -> None:
    _, address = place
    page = pages.open()
    sign_in(page, address)
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.insert_text("анна елк")
    found = page.get_by_role("option", name="Анна Ёлкина")
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(found).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/client/2*")
    page.wait_for_load_state()
    # As long as nothing is typed, it offers what one can begin; words lead to places, by their beginnings.
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Add client")).to_be_visible()
    page.keyboard.insert_text("add ord")
    expect(page.get_by_role("option", name="Add order")).to_be_visible()
    expect(page.get_by_role("option", name="Add client")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/records/order/new")
    # Everybody is offered what they may do.
    page.goto(address)
    other = pages.open()
    sign_in(other, address, "ben")
    for shown, count in ((page, 1), (other, 0)):
        shown.wait_for_load_state()
        shown.keyboard.press("Control+k")
        expect(shown.get_by_role("option", name="Add client")).to_be_visible()
        shown.keyboard.insert_text("au")
        expect(shown.get_by_role("option", name="Add client")).to_have_count(0)
        expect(shown.get_by_role("option", name="Audit log")).to_have_count(count)


def test_menus_and_dialogs_close_as_one_expects(place: Place, pages: Pages) -> None:
    _, address = place
    page = pages.open()
    sign_in(page, address)
    summary = page.locator("details.person > summary")
    summary.click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    page.locator("main").click(position={"x": 5, "y": 5})
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Keyboard")).to_be_hidden()


def test_the_skip_link_is_the_first_stop(place: Place, pages: Pages) -> None:
    _, address = place
    page = pages.open()
    sign_in(page, address)
    page.goto(address + "/users")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_menu_stays_folded(place: Place, pages: Pages) -> None:
    _, address = place
    page = pages.open()
    sign_in(page, address, "ben")
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="Fold").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.side") == "narrow"
    expect(page.locator("nav.side").get_by_role("link", name="Client")).to_be_visible()


def test_a_phone_has_its_menu_at_the_bottom(place: Place, pages: Pages) -> None:
    _, address = place
    page = pages.open(size=PHONE)
    sign_in(page, address)
    expect(page.locator("nav.side")).to_be_hidden()
    bottom = page.locator("nav.bottom")
    expect(bottom.get_by_role("link")).to_have_count(4)
    bottom.locator("summary").click()
    bottom.get_by_role("link", name="Users").click()
    expect(page.get_by_role("heading", name="Users")).to_be_visible()
    page.get_by_role("link", name="Search everywhere").click()
    expect(page.locator("#find")).to_be_focused()


def test_a_form_outlives_its_session(place: Place, pages: Pages) -> None:
    site, address = place
    pages.expect_complaint("401")
    page = pages.open()
    sign_in(page, address)
    page.goto(address + "/users/new")
    page.fill("#name", "Eve “Ёлка”")
    page.fill("#login", "eve")
    expire(site)
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_text("What you entered is kept")).to_be_visible()
    page.fill("#login", "ana")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Give Eve “Ёлка” this login name")).to_be_visible()
    assert site.workspace.people.named("eve")


def test_a_page_outlives_its_session(place: Place, pages: Pages) -> None:
    site, address = place
    pages.expect_complaint("401")
    page = pages.open()
    sign_in(page, address)
    page.goto(address + "/users/new")
    page.fill("#name", "Ion")
    page.fill("main #login", "ion")
    expire(site)
    page.fill("#find", "client")
    dialog = page.locator("#sign-in")
    expect(dialog).to_be_visible()
    dialog.locator("[name=login]").fill("ana")
    dialog.locator("[name=password]").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_text("Give Ion this login name")).to_be_visible()
