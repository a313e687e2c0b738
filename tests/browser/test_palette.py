"""Quick search under quick fingers: what Enter opens, and when; what a screen reader is told; and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages, fits_the_window

NEWEST = 'SELECT id, number FROM "order" ORDER BY id DESC LIMIT 2'


@pytest.fixture
def page(pages: Pages, company: Company) -> Page:
    page = company.open(pages, "/")
    page.wait_for_load_state()
    return page


def chosen(page: Page) -> Locator:
    return page.locator("#found [aria-selected=true]")


def hold(page: Page) -> list[Route]:
    """Holds back whatever the search is asked from now on, in this order."""
    held: list[Route] = []
    page.route("**/search?**", lambda route: held.append(route))  # noqa: PLW0108 (a builtin takes no mark)
    return held


def test_enter_before_the_answer_opens_the_first_hit_once_it_is_there(page: Page, company: Company) -> None:
    (_, newest), (other, number) = company.rows(NEWEST)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(newest)
    expect(chosen(page)).to_contain_text(newest)
    held = hold(page)
    # Over the hit of what stood there before.
    page.keyboard.press("Control+a")
    with page.expect_request(f"**/search?q={number}"):
        page.keyboard.insert_text(number)
        page.keyboard.press("Enter")
    expect(chosen(page)).to_contain_text(newest)
    page.keyboard.press("Enter")
    assert page.url.rstrip("/") == company.url
    # One question is enough, however often it was asked for.
    (answer,) = held
    answer.continue_()
    page.wait_for_url(f"**/records/order/{other}*")
    expect(page.locator("h1")).to_contain_text(number)


def test_whoever_types_on_after_enter_is_taken_nowhere(page: Page, company: Company) -> None:
    ((_, newest), _other) = company.rows(NEWEST)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option", name="Add client")).to_be_visible()
    held = hold(page)
    with page.expect_request(f"**/search?q={newest[:-1]}"):
        page.keyboard.insert_text(newest[:-1])
        page.keyboard.press("Enter")
    with page.expect_request(f"**/search?q={newest}"):
        page.keyboard.insert_text(newest[-1])
    expect(page.locator("#found")).to_have_attribute("aria-busy", "true")
    _overtaken, answer = held
    answer.continue_()
    expect(chosen(page)).to_contain_text(newest)
    assert page.url.rstrip("/") == company.url
    # Now it is there, and Enter opens it at once.
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(newest)


def test_an_answer_that_never_came_is_asked_for_again(pages: Pages, page: Page, company: Company) -> None:
    pages.expect_complaint("ERR_FAILED|Failed to fetch")
    ((_, newest), _other) = company.rows(NEWEST)
    page.route("**/search?**", lambda route: route.abort(), times=1)
    page.keyboard.press("Control+k")
    expect(page.locator("#toasts .toast-wrong")).to_be_visible()
    page.keyboard.insert_text(newest)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(newest)


def test_everything_found_is_a_page_of_its_own(page: Page, company: Company) -> None:
    ((_, newest), _other) = company.rows(NEWEST)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(newest[:8])
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/search?q={newest[:8]}")
    titles = page.locator(".search-group .found-told .cut:first-child")
    expect(titles.first).to_be_visible()
    more = titles.count()
    page.wait_for_load_state()
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(newest[:8])
    every = page.get_by_role("option", name="All results")
    expect(every).to_be_visible()
    assert page.locator("#found .found-told").count() < more
    page.keyboard.press("ArrowUp")
    expect(every).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search?q={newest[:8]}")


def test_a_screen_reader_is_told_what_is_chosen(page: Page) -> None:
    box = page.get_by_role("combobox", name="Search everywhere")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("ord")
    options = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(page.get_by_role("option", name="All results")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert page.locator("#found [id]").evaluate_all("all => new Set(all.map((one) => one.id)).size") == options.count()
    for at, key in ((0, ""), (1, "ArrowDown"), (0, "ArrowUp"), (options.count() - 1, "ArrowUp"), (0, "ArrowDown")):
        if key:
            page.keyboard.press(key)
        expect(options.nth(at)).to_have_attribute("aria-selected", "true")
        expect(chosen(page)).to_have_count(1)
        expect(box).to_have_attribute("aria-activedescendant", str(options.nth(at).get_attribute("id")))
    # What tells records apart belongs to the name of each.
    expect(options.filter(has_text="ORD-").first).to_have_accessible_name(
        re.compile(r"^ORD-\S+ Order · \d\d/\d\d/\d{4} · ")
    )
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#find[aria-activedescendant]")).to_have_count(0)
    expect(box).to_be_focused()


def test_on_a_phone_it_takes_the_whole_window(pages: Pages, company: Company) -> None:
    ((key, newest), _other) = company.rows(NEWEST)
    page = company.open(pages, "/", size=PHONE)
    page.wait_for_load_state()
    opener = page.get_by_role("link", name="Search everywhere")
    opener.tap()
    box = page.locator("#find")
    expect(box).to_be_focused()
    expect(page.get_by_role("option", name="Add client")).to_be_visible()
    assert page.locator(".find").evaluate("box => [box.offsetWidth, box.offsetHeight]") == list(PHONE)
    box.fill("ord")
    expect(page.get_by_role("option", name="All results")).to_be_attached()
    heights = page.get_by_role("option").evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 44
    assert fits_the_window(page)
    page.get_by_role("button", name="Close").tap()
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    box.fill(newest)
    page.get_by_role("option", name=re.compile(f"^{newest}")).tap()
    page.wait_for_url(f"**/records/order/{key}*")
