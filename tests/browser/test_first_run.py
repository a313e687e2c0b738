"""From an empty database to a small team: the set-up, a user who is added, signs in, and is let out again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.company import Company, fill, open_company
from tests.browser.conftest import Serve
from tests.browser.watched import PHONE, Pages

SECRET = "seven slow otters"
OTHER = "a lake without a name"


@pytest.fixture(scope="module")
def fresh(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """The sample company on its first day: no records, and nobody who could sign in."""
    folder = tmp_path_factory.mktemp("fresh")
    fill(folder, 0)
    site = open_company(folder)
    yield Company(site, serve(site.app))
    site.workspace.database.close()


def fill_in(page: Page, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        page.locator(f"main [name={name}]:visible").fill(text)
    page.keyboard.press("Enter")


def test_the_first_day(pages: Pages, fresh: Company) -> None:
    pages.expect_complaint("422")
    boss = fresh.open(pages, "/records/client", login="")
    boss_sets_up(boss)
    password = boss_adds(boss, fresh, "Eve Mäkinen", "eve")

    eve = fresh.open(pages, "/", login="", size=PHONE)
    fill_in(eve, {"login": "eve", "password": password})
    eve_chooses_a_password(eve, fresh, password)
    expect(eve.locator("h1")).to_have_text("Home")

    boss.goto(fresh.url + "/users")
    boss.get_by_label("Actions for Eve Mäkinen").click()
    boss.get_by_role("button", name="Disable").click()
    expect(boss.locator("#toasts")).to_contain_text("Eve Mäkinen can no longer sign in.")
    # The session that is open ends with it, and the new password opens no other.
    eve.goto(fresh.url + "/records/client")
    expect(eve).to_have_url(re.compile("/login"))
    fill_in(eve, {"login": "eve", "password": OTHER})
    expect(eve.get_by_role("alert")).to_be_visible()

    boss.get_by_role("button", name="Undo").click()
    expect(boss.locator("#toasts")).to_contain_text("Eve Mäkinen can sign in again.")
    fill_in(eve, {"login": "eve", "password": OTHER})
    expect(eve.locator("h1")).to_have_text("Clients")


def boss_sets_up(page: Page) -> None:
    """Whatever address was asked for, the set-up comes first; a mistake loses nothing but the passwords."""
    expect(page).to_have_url(re.compile("/set-up$"))
    fill_in(page, {"name": "Ada Boss", "login": "ada", "password": SECRET, "again": "something else"})
    expect(page.get_by_text("The two passwords are not the same.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Ada Boss")
    fill_in(page, {"password": SECRET, "again": SECRET})
    expect(page.locator("#toasts")).to_contain_text("You are the administrator.")
    expect(page.locator("h1")).to_have_text("Home")


def boss_adds(page: Page, fresh: Company, name: str, login: str) -> str:
    """Add a user; the one-time password that is shown."""
    page.locator(".side").get_by_role("link", name="Users").click()
    page.get_by_role("link", name="Add user").click()
    expect(page.locator("#name")).to_be_focused()
    page.locator("#name").fill(name)
    page.locator("main #login").fill(login)
    page.get_by_label("View only").check()
    page.get_by_role("button", name="Add user").click()
    expect(page.get_by_role("row", name=name)).to_contain_text("Has not signed in with the new password yet")
    shown = page.locator("#fresh-password").inner_text()
    page.reload()
    assert len(shown) >= 12
    return shown


def eve_chooses_a_password(page: Page, fresh: Company, password: str) -> None:
    """Nothing else is to be had before."""
    expect(page.get_by_text("You signed in with a one-time password.")).to_be_visible()
    page.goto(fresh.url + "/records/client")
    expect(page).to_have_url(re.compile("/password$"))
    fill_in(page, {"old": password, "new": "short", "again": "short"})
    expect(page.get_by_text("A password has at least 8 characters.")).to_be_visible()
    fill_in(page, {"old": password, "new": OTHER, "again": OTHER})
    expect(page.locator("#toasts")).to_contain_text("Your password is changed.")
