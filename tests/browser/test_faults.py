"""When something goes wrong: what happened, what to do, a number where it is the program's fault, and nothing is lost."""

from __future__ import annotations

import re
from typing import NoReturn

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.company import Company
from tests.browser.watched import Pages, fits_the_window

INSIDE = re.compile(r"Traceback|RuntimeError|File \"|\.py\b|/srv/secret")
"""What belongs in the log alone."""
LIST = "listing.listed"


def fail(**_: object) -> NoReturn:
    raise RuntimeError("/srv/secret is full")


def reads(page: Page, heading: str) -> None:
    """A page that somebody understands, with a way on and nothing of the program's inside."""
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.get_by_role("link", name="To the beginning")).to_be_visible()
    assert not INSIDE.search(page.content())
    assert fits_the_window(page)


def test_a_fault_of_the_program_has_a_number_that_stands_in_the_log(
    pages: Pages, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pages.expect_complaint("404|403|500")
    page = company.open(pages, "/records/order/987654")
    reads(page, "This record is not there")
    reads(company.open(pages, "/users", login="ben"), "This is not for you")
    page.goto(company.url + "/records/order")
    listed = page.locator("tbody a.open").all_inner_texts()
    monkeypatch.setitem(company.site.app.view_functions, LIST, fail)
    # A part of a page says it in a message, and what is there stays there.
    page.locator("#list-q").fill("ord")
    toast = page.locator(".toast-wrong")
    expect(toast).to_contain_text("Something went wrong here. This is a fault of the program, not yours.")
    told = re.findall(r"[0-9a-f]{8}", toast.inner_text())
    assert page.locator("tbody a.open").all_inner_texts() == listed
    page.reload()
    reads(page, "Something went wrong here")
    expect(page.locator("main")).to_contain_text("give the administrator this number")
    told.append(page.locator("main code").inner_text())
    assert len(set(told)) == 2
    assert all(f"error {number}" in caplog.text for number in told)


def test_a_server_that_is_away_changes_nothing_on_the_page(pages: Pages, company: Company) -> None:
    """Neither while nothing answers nor while a proxy answers in its place; the next answer takes the message away."""
    pages.expect_complaint("ERR_FAILED|Failed to fetch|502")
    page = company.open(pages, "/records/order")
    listed = page.locator("tbody a.open").all_inner_texts()
    said = page.locator(".toast-wrong")

    def proxy(route: Route) -> None:
        route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html")

    for answer in (lambda route: route.abort(), proxy):
        page.route("**/records/order?**", answer)
        page.locator("#list-q").fill("zzzz")
        expect(said).to_contain_text("The server does not answer.")
        expect(said).to_have_count(1)
        assert page.locator("tbody a.open").all_inner_texts() == listed
        page.unroute("**/records/order?**")
        page.locator("#list-q").fill("")
        expect(said).to_have_count(0)

    page.goto(company.url + "/records/client/new")
    page.route("**/records/client/new", proxy)
    page.locator("#f-name").fill("Behind a proxy")
    page.locator("[data-save]").click()
    expect(said).to_contain_text("Nothing that you entered is lost: try again.")
    page.unroute("**/records/client/new")
    page.locator("[data-save]").click()
    expect(page.locator("h1")).to_have_text("Behind a proxy")
    assert company.one("SELECT count(*) FROM client WHERE name = 'Behind a proxy'") == 1
