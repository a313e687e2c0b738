"""The columns of a list by mouse and by keyboard, views that are saved and shared, and coming back to where one was."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.company import Company
from tests.browser.watched import Pages


@pytest.fixture
def orders(pages: Pages, company: Company) -> Iterator[Page]:
    """The list of the 400 orders; what somebody makes of it is gone behind each test."""
    page = company.open(pages, "/records/order")
    page.wait_for_load_state("networkidle")  # what takes hold of headings comes after the list
    yield page
    for table in ("_layout", "_first_view", "_view"):
        company.do(f"DELETE FROM {table}")


def head(page: Page, field: str) -> Locator:
    return page.locator(f'th[data-field="{field}"]')


def fields(page: Page) -> list[str]:
    found: list[str] = page.locator("th[data-field]").evaluate_all("all => all.map((one) => one.dataset.field)")
    return found


def widths(page: Page) -> dict[str, int]:
    wide = "all => all.map((one) => Math.round(one.getBoundingClientRect().width))"
    return dict(zip(fields(page), page.locator("th[data-field]").evaluate_all(wide), strict=True))


def drag(page: Page, grip: Locator, to: tuple[float, float]) -> None:
    """Take something by its middle to a point, with the small moves that a hand makes."""
    at = grip.bounding_box()
    assert at is not None
    start = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 8, start[1] + 2)
    page.mouse.move(*to, steps=4)
    page.mouse.up()


def choose(page: Page, field: str, name: str) -> None:
    """Open the menu of a heading and take something from it, by keys alone."""
    head(page, field).locator("a.th-sort").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#heading-menu")).to_be_visible()
    page.get_by_role("menuitem", name=name, exact=True).press("Enter")
    expect(page.locator("#heading-menu")).to_be_hidden()


def test_a_heading_is_clicked_anywhere_and_dropped_anywhere_on_the_line_that_groups(orders: Page) -> None:
    # The narrowest ones too: what else is in them stands at their end.
    for field in ("date", "status", "total", "client"):
        head(orders, field).hover()
        head(orders, field).click()
        expect(head(orders, field)).to_have_attribute("aria-sort", re.compile("ascending"))
    head(orders, "status").hover()
    line = orders.locator(".list-line").bounding_box()
    assert line is not None
    drag(orders, head(orders, "status"), (line["x"] + line["width"] * 0.55, line["y"] + line["height"] / 2))
    expect(orders).to_have_url(re.compile("group=status$"))


def test_columns_are_dragged_and_pulled_and_are_the_same_elsewhere(
    pages: Pages, company: Company, orders: Page
) -> None:
    usual = fields(orders)
    assert usual[:3] == ["number", "date", "client"]
    head(orders, "client").hover()
    target = head(orders, "date").bounding_box()
    assert target is not None
    with orders.expect_response(re.compile("/columns")):
        drag(orders, head(orders, "client"), (target["x"] + 4, target["y"] + 8))
    expect(orders.locator("th[data-field]").nth(1)).to_have_attribute("data-field", "client")
    moved = ["number", "client", "date", *usual[3:]]
    assert fields(orders) == moved
    before = widths(orders)
    edge = head(orders, "client").locator("[data-heading-grip]")
    at = edge.bounding_box()
    assert at is not None
    with orders.expect_response(re.compile("/columns")):
        drag(orders, edge, (at["x"] + at["width"] / 2 - 60, at["y"] + 5))
    sized = {**before, "client": before["client"] - 60}
    assert widths(orders) == sized
    # Neither of them has sorted.
    expect(head(orders, "date")).to_have_attribute("aria-sort", "descending")
    assert "sort=" not in orders.url

    orders.reload()
    assert fields(orders) == moved
    assert widths(orders) == sized
    elsewhere = company.open(pages, "/records/order")
    assert fields(elsewhere) == moved
    assert widths(elsewhere) == sized
    assert fields(company.open(pages, "/records/order", login="ben")) == usual


def test_columns_are_laid_out_by_keys_alone(pages: Pages, company: Company, orders: Page) -> None:
    usual = fields(orders)
    choose(orders, "status", "Hide the column")
    expect(head(orders, "status")).to_have_count(0)
    before = widths(orders)
    with orders.expect_response(re.compile("/columns")):
        choose(orders, "client", "Wider")
    assert widths(orders) == {**before, "client": before["client"] + 24}
    expect(head(orders, "client").locator("a.th-sort")).to_be_focused()
    choose(orders, "date", "Keep the columns up to here in place")
    expect(orders.locator("thead th.frozen")).to_have_count(2)
    elsewhere = company.open(pages, "/records/order")
    expect(elsewhere.locator("thead th.frozen")).to_have_count(2)
    expect(head(elsewhere, "status")).to_have_count(0)
    orders.set_viewport_size({"width": 800, "height": 700})
    scroller, second = orders.locator("[data-grid-scroll]"), orders.locator("tbody td.frozen-2").first
    left = second.bounding_box()
    scroller.evaluate("grid => grid.scrollTo(200, 0)")
    expect(scroller).to_have_js_property("scrollLeft", 200)
    assert second.bounding_box() == left
    orders.set_viewport_size({"width": 1366, "height": 800})

    # In the panel the hidden column comes back, and Alt with an arrow moves one.
    opener, panel = orders.get_by_role("link", name="Columns", exact=True), orders.locator("#filter-panel")
    opener.press("Enter")
    expect(panel.get_by_role("checkbox").first).to_be_focused()
    orders.keyboard.press("Alt+ArrowDown")
    panel.get_by_role("checkbox", name="Status").press("Space")
    panel.get_by_role("button", name="Apply").press("Enter")
    expect(panel).to_be_hidden()
    expect(head(orders, "status")).to_have_count(1)
    assert fields(orders)[:3] == ["date", "number", "client"]
    assert fields(orders)[-1] == "status"
    opener.press("Enter")
    panel.get_by_role("button", name="As for everybody").press("Enter")
    expect(panel).to_be_hidden()
    expect(orders.locator("table.sized")).to_have_count(0)
    assert fields(orders) == usual


def test_a_list_sorted_by_several_columns_is_saved_as_a_view_that_others_open(
    pages: Pages, company: Company, orders: Page
) -> None:
    head(orders, "status").locator("a.th-sort").click()
    expect(head(orders, "status")).to_have_attribute("aria-sort", "ascending")
    for direction in ("ascending", "descending"):
        head(orders, "total").locator("a.th-sort").click(modifiers=["Shift"])
        expect(head(orders, "total")).to_have_attribute("data-then", direction)
    expect(head(orders, "total").locator(".th-level")).to_contain_text("2")
    expect(orders).to_have_url(re.compile(r"sort=status,-total$"))
    listed = orders.locator("tbody a.open").all_inner_texts()

    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("link", name="Save as a view …").click()
    dialog = orders.locator("#view-dialog")
    expect(dialog.get_by_label("Name")).to_be_focused()
    orders.keyboard.insert_text("По статусу")
    dialog.get_by_role("radio", name="Everyone").check()
    orders.keyboard.press("Enter")
    expect(orders.locator("#toasts")).to_contain_text("Saved: По статусу")
    expect(orders).to_have_url(re.compile(r"\?view=~\d{9}$"))
    tab = orders.locator(".list-tabs").get_by_role("link", name="По статусу")
    expect(tab).to_have_attribute("aria-current", "page")
    assert orders.locator("tbody a.open").all_inner_texts() == listed

    # A colleague opens the link that was sent to them.
    sent = company.open(pages, orders.url.removeprefix(company.url), login="ben")
    assert sent.locator("tbody a.open").all_inner_texts() == listed
    expect(sent.locator(".list-tabs [aria-current]")).to_have_text("По статусу")
    sent.get_by_label("View", exact=True).click()
    expect(sent.get_by_role("link", name="Name and sharing …")).to_have_count(0)


def test_a_view_keeps_filters_columns_order_and_groups_for_whom_it_is_shared_with(
    pages: Pages, company: Company, orders: Page
) -> None:
    pages.expect_complaint("404")
    choose(orders, "employee", "Hide the column")
    orders.goto(company.url + "/records/order?f=total:ge:100&group=status&sort=-total")
    expect(head(orders, "employee")).to_have_count(0)
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("link", name="Save as a view …").click()
    orders.locator("#view-name").fill("Groß nach Status")
    orders.keyboard.press("Enter")
    expect(orders).to_have_url(re.compile(r"\?view=~\d{9}$"))
    path, looks = orders.url.removeprefix(company.url), what_is_seen(orders)
    assert looks[0] == ["Total: ≥ 100.00"]
    assert len(looks[1]) > 2
    assert "employee" not in looks[2]
    # It is mine alone until I share it: by its address a colleague gets the list as it is for everybody.
    theirs = company.open(pages, path, login="ben")
    expect(theirs.get_by_text("Groß nach Status")).to_have_count(0)
    expect(theirs.locator(".list-chips .chip-text")).to_have_count(0)
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("link", name="Name and sharing …").click()
    orders.get_by_role("radio", name="Everyone").check()
    with orders.expect_response(re.compile("/views/")):
        orders.get_by_role("dialog").get_by_role("button", name="Save").click()
    theirs.goto(company.url + path)
    expect(theirs.locator(".list-tabs [aria-current]")).to_have_text("Groß nach Status")
    assert what_is_seen(theirs) == looks


RESTED = """() => new Promise((done) => setTimeout(done, 300))"""
"""A list that is scrolled names its page in the address a moment after it rests."""


def what_is_seen(page: Page) -> tuple[list[str], list[str], list[str], list[str | None]]:
    """The filters, groups, columns and order of a list."""
    expect(page.locator(".chip-text").first).to_be_visible()
    order = [column.get_attribute("aria-sort") for column in page.locator("th[data-field]").all()]
    chips = page.locator(".list-chips .chip-text").all_inner_texts()
    return chips, page.locator("tr.group-row").all_inner_texts(), fields(page), order


def test_a_view_is_given_back_opened_first_and_deleted(orders: Page, company: Company) -> None:
    orders.goto(company.url + "/records/order?sort=status,-total")
    listed = orders.locator("tbody a.open").all_inner_texts()
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("link", name="Save as a view …").click()
    orders.locator("#view-name").fill("По статусу")
    orders.keyboard.press("Enter")
    tab = orders.locator(".list-tabs").get_by_role("link", name="По статусу")
    expect(tab).to_have_attribute("aria-current", "page")
    head(orders, "date").locator("a.th-sort").click()
    expect(tab).to_contain_text("Changed since it was saved")
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("button", name="Back to the view as it was saved").click()
    expect(tab).not_to_contain_text("Changed")
    assert orders.locator("tbody a.open").all_inner_texts() == listed
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("button", name="Open the list with this view").click()
    orders.locator(".side").get_by_role("link", name="Orders", exact=True).click()
    expect(tab).to_have_attribute("aria-current", "page")
    orders.get_by_label("View", exact=True).click()
    orders.get_by_role("button", name="Delete the view").click()
    expect(orders.locator("#toasts")).to_contain_text("Deleted: По статусу")
    expect(tab).to_have_count(0)
    orders.get_by_role("button", name="Undo").click()
    expect(tab).to_have_attribute("aria-current", "page")


def test_back_brings_one_to_where_one_was(company: Company, orders: Page) -> None:
    scroller, active = orders.locator("[data-grid-scroll]"), orders.locator("td.is-active")
    orders.goto(company.url + "/records/order?sort=total&page=2")
    expect(orders.locator(".pager-text")).to_contain_text("51 to ")
    orders.wait_for_load_state("networkidle")  # the grid comes after the list
    ticked = orders.locator("tbody .pick input")
    for row in (3, 5):
        ticked.nth(row).check()
    expect(orders.locator("[data-bulk-count]")).to_have_text("Selected: 2")
    top = scroller.evaluate("grid => { grid.scrollBy(0, 200); return grid.scrollTop; }")
    chosen = ticked.nth(12).get_attribute("value")
    orders.locator(f'tr[data-id="{chosen}"] td').nth(2).click()
    orders.keyboard.press("Home")
    expect(orders.locator(f'tr[data-id="{chosen}"] td.is-active')).to_have_count(1)
    said = active.inner_text()
    orders.keyboard.press("Enter")
    expect(orders.locator("h1")).to_contain_text(said)
    orders.go_back()
    expect(orders.locator("[data-bulk-count]")).to_have_text("Selected: 2")
    expect(orders.locator(f'tr[data-id="{chosen}"] td.is-active')).to_have_count(1)
    expect(active).to_have_text(said)
    expect(scroller).to_have_js_property("scrollTop", top)

    # Between two states of the same page too.
    orders.get_by_role("link", name="Next", exact=True).click()
    expect(orders.locator(".pager-text")).to_contain_text("101 to ")
    expect(orders.locator("[data-bulk-count]")).to_be_hidden()
    orders.go_back()
    expect(orders.locator(".pager-text")).to_contain_text("51 to ")
    expect(orders.locator("[data-bulk-count]")).to_have_text("Selected: 2")


def test_back_waits_for_the_list_whatever_else_comes_meanwhile(company: Company, orders: Page) -> None:
    orders.goto(company.url + "/records/order?sort=total&page=2")
    orders.wait_for_load_state("networkidle")
    ticked, count = orders.locator("tbody .pick input"), orders.locator("[data-bulk-count]")
    ticked.nth(3).check()
    expect(count).to_have_text("Selected: 1")
    orders.get_by_role("link", name="Next", exact=True).click()
    expect(orders.locator(".pager-text")).to_contain_text("101 to ")
    held: list[Route] = []
    orders.route("**/records/order?sort=total&page=2", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    with orders.expect_request("**/records/order?sort=total&page=2"):
        orders.evaluate("() => history.back()")
    # The rows of before are scrolled, and what is found everywhere is swapped in, while the list that one goes back to is under way.
    orders.locator("[data-grid-scroll]").evaluate("grid => grid.scrollBy(0, 100)")
    orders.keyboard.press("Control+k")
    orders.keyboard.type("client")
    expect(orders.locator("#found [role=option]").first).to_be_visible()
    orders.keyboard.press("Escape")
    orders.evaluate(RESTED)
    held[0].continue_()
    expect(orders.locator(".pager-text")).to_contain_text("51 to ")
    expect(count).to_have_text("Selected: 1")
    expect(ticked.nth(3)).to_be_checked()
    expect(orders).to_have_url(re.compile(r"page=2$"))
