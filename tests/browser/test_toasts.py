"""Where messages lie: over nothing that somebody works with, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import DESK, PHONE, Pages

COVERED = """([note, parts]) => {
  const over = document.querySelector(note).getBoundingClientRect();
  const lies = (at) => at.left < over.right && at.right > over.left && at.top < over.bottom && at.bottom > over.top;
  const shown = [...document.querySelectorAll(parts)].filter((part) => part.checkVisibility());
  return shown.filter((part) => lies(part.getBoundingClientRect())).map((part) => part.outerHTML.slice(0, 100));
}"""
"""What of some parts of the page lies below a message."""
WORKED_WITH = (
    ".pager, tfoot td, .list-tabs a, .list-line *, thead a, .top-actions *, .find, .person, .bottom, [data-save]"
)
SIZES = pytest.mark.parametrize("size", [DESK, PHONE, (900, 700)], ids=["desk", "phone", "tablet"])


def covered(page: Page) -> list[str]:
    expect(page.locator(".toast-note")).to_be_visible()
    found: list[str] = page.evaluate(COVERED, [".toast-note", WORKED_WITH])
    return found


@SIZES
def test_a_message_covers_nothing_of_a_list_that_one_works_with(
    pages: Pages, company: Company, size: tuple[int, int]
) -> None:
    pages.expect_complaint("ERR_FAILED|Failed to fetch")
    page = company.open(pages, "/records/order", size=size)
    for query in ("", "?q=ORD-2026-0001", "?q=nothing-is-called-so"):
        page.goto(f"{company.url}/records/order{query}")
        page.wait_for_load_state("networkidle")
        page.route(re.compile("/records/order"), lambda route: route.abort(), times=1)
        page.locator("#list-q").press_sequentially("x")
        assert covered(page) == []
        page.get_by_role("button", name="Dismiss").click()


@SIZES
def test_a_message_covers_no_button_of_a_card(pages: Pages, company: Company, size: tuple[int, int]) -> None:
    pages.expect_complaint("ERR_FAILED|Failed to fetch")
    order = company.one('SELECT id FROM "order" ORDER BY id LIMIT 1')
    page = company.open(pages, f"/records/order/{order}/edit", size=size)
    page.wait_for_load_state("networkidle")
    page.route(f"**/records/order/{order}", lambda route: route.abort())
    page.locator("[data-save]").click()
    assert covered(page) == []
    # The end of the form can be read as well, however far it is.
    page.locator("#main").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    last = page.locator("#card-form .field:visible, #card-form textarea:visible").last
    place, over = last.bounding_box(), page.locator(".toast-note").bounding_box()
    assert place
    assert over
    assert place["y"] + place["height"] <= over["y"] or place["y"] >= over["y"] + over["height"]


def test_the_last_message_lies_over_those_before_it(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    page.evaluate(
        """() => { for (const said of ["One", "Two"]) {
          const note = document.getElementById("missed").content.firstElementChild.cloneNode(true);
          note.querySelector("span").textContent = said;
          document.getElementById("toasts").append(note);
        } }"""
    )
    expect(page.get_by_text("Two", exact=True)).to_be_visible()
    expect(page.get_by_text("One", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("One", exact=True)).to_be_visible()
