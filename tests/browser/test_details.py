"""The panel beside a list: it follows what one chooses, and is remembered."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages, axe_findings


def test_the_panel_follows_the_chosen_row(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    numbers = [text for (text,) in company.rows('SELECT number FROM "order" ORDER BY date DESC, number DESC LIMIT 4')]
    panel, head = page.locator("#details"), page.locator(".details-head h2")
    expect(panel).to_be_hidden()
    page.wait_for_load_state()
    page.keyboard.press("F4")
    expect(head).to_have_text(numbers[0])
    # A click chooses; it opens nothing. The arrows go on from there, and the panel with them.
    page.locator("#list tbody tr").nth(1).locator("td").last.click()
    expect(head).to_have_text(numbers[1])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(head).to_have_text(numbers[3])
    expect(page.locator(".row-chosen")).to_contain_text(numbers[3])
    page.get_by_role("tab", name="Payments").click()
    page.locator("#list tbody tr").nth(2).locator("td").last.click()
    expect(head).to_have_text(numbers[2])
    expect(page.get_by_role("tab", name="Payments")).to_have_attribute("aria-selected", "true")
    assert axe_findings(page) == []
    # It stays open on every list, in every browser, until it is closed.
    other = company.open(pages, "/records/client")
    expect(other.locator(".details-head h2")).not_to_be_empty()
    expect(company.open(pages, "/records/client", size=PHONE).locator("#details")).to_be_hidden()
    page.get_by_role("button", name="Close the details").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#list tbody tr").nth(2).locator("a.open")).to_be_focused()
    # Without it a click opens the card, as Enter always does.
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/records/order/\d+$"))
