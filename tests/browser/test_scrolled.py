"""A list that is longer than its window, and one in groups: as somebody works through them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.company import Company
from tests.browser.test_list import LIVE, count_told
from tests.browser.test_views import drag
from tests.browser.watched import Pages

ORDER = "ORDER BY date DESC, number DESC, id"
LISTED = """grid => [...grid.querySelectorAll("tr[data-id]")].map((row) => [row.querySelector("a.open").textContent, row.ariaRowIndex])"""
"""The rows with their places in the list."""
OVERLAPS = """grid => {
  const rows = [...grid.querySelectorAll("tr[data-id]")].map((row) => row.getBoundingClientRect());
  return rows.some((row, at) => at && Math.abs(row.top - rows[at - 1].bottom) > 1);
}"""
"""Whether there is a gap between two rows, or one lies over another."""

SUBTOTALS = """rows => rows.map((row) => `${row.querySelector(".group-count").textContent} ${row.querySelector("[data-label=Total]").textContent}`)"""


def group(page: Page, label: str) -> Locator:
    return page.locator("tr.group-row", has=page.get_by_role("link", name=re.compile(f": {label}$")))


def test_a_long_list_is_scrolled_anywhere(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    numbers = [row[0] for row in company.rows(f'SELECT number FROM "order" WHERE {LIVE} {ORDER}')]
    grid = page.locator("[data-grid-scroll]")
    shown = page.locator("tbody[data-page]")
    whole = grid.evaluate("grid => grid.scrollHeight")
    assert whole > len(numbers) * 26
    grid.evaluate("grid => grid.scrollTo(0, 1100)")
    expect(page.locator("tbody[data-page='2']")).to_be_attached()
    assert page.locator("tbody a.open").all_inner_texts() == numbers[:100]
    # As a thumb that is drawn far down, and back up from there row by row.
    grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight / 2)")
    expect(page.locator(".pager-text")).to_contain_text(re.compile(f"(15|20)1 to (20|25)0 of {len(numbers)}"))
    expect(page).to_have_url(re.compile(r"page=[45]"))
    first = page.locator("tbody a.open").first.inner_text()
    grid.evaluate("grid => grid.scrollBy(0, -1500)")
    expect(page.locator("tbody a.open").first).not_to_have_text(first)
    listed = grid.evaluate(LISTED)
    start = numbers.index(listed[0][0])
    assert listed == [[number, str(at)] for at, number in enumerate(numbers[start : start + len(listed)], start + 2)]
    assert not grid.evaluate(OVERLAPS)
    grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight)")
    expect(page.locator("tbody a.open").last).to_have_text(numbers[-1])
    assert abs(grid.evaluate("grid => grid.scrollHeight") - whole) < 80
    expect(shown.last).to_have_attribute("data-page", "8")
    # The page that one looks at is in the address: whoever opens it begins there.
    page.reload()
    expect(page.locator("tbody a.open").last).to_have_text(numbers[-1])
    expect(page.get_by_role("link", name="Previous")).to_be_visible()
    # What is found is as long as it is, from its top on; and so is everything again.
    grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight / 2)")
    expect(page.locator(".pager-text")).to_contain_text(re.compile("(15|20)1 to "))
    found = len(company.rows(f"SELECT id FROM \"order\" WHERE {LIVE} AND number LIKE 'ORD-2026-%'"))
    for typed, count in (("ord-2026", found), ("", len(numbers))):
        page.locator("#list-q").fill(typed)
        expect(page.locator("#list")).to_have_attribute("data-q", typed)
        expect(page.locator("table[data-count]")).to_have_attribute("aria-rowcount", str(count + 1))
        expect(grid).to_have_js_property("scrollTop", 0)
        assert grid.evaluate("grid => grid.scrollHeight") > count * 26
    grid.evaluate("grid => grid.scrollTo(0, grid.scrollHeight)")
    expect(page.locator("tbody a.open").last).to_have_text(numbers[-1])


def test_who_scrolls_on_while_rows_are_under_way_is_followed(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    last = company.rows(f'SELECT number FROM "order" WHERE {LIVE} {ORDER}')[-1][0]
    held: list[Route] = []
    page.route("**/order/rows?**", lambda route: held.append(route), times=2)  # noqa: PLW0108 (a builtin takes no mark)
    grid = page.locator("[data-grid-scroll]")
    with page.expect_request("**/order/rows?**"):
        grid.evaluate("grid => grid.scrollTo(0, 1100)")
    # The event, the pause after it, and the look that finds rows under way.
    moved = (
        "(grid, part) => new Promise((done) => { grid.scrollTo(0, grid.scrollHeight * part); setTimeout(done, 200); })"
    )
    grid.evaluate(moved, 0.5)
    with page.expect_request("**/order/rows?**"):
        held[0].continue_()
    grid.evaluate(moved, 1)
    held[1].continue_()
    expect(page.locator("tbody a.open").last).to_have_text(last)


def test_a_list_in_groups_opens_where_it_stands(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    page.get_by_label("Groups and totals").focus()
    page.keyboard.press("Enter")
    panel = page.locator("#filter-panel")
    panel.get_by_label("Level 1").select_option("status")
    panel.get_by_label("Level 2").select_option("client.city")
    panel.locator("[name='total.total']").select_option("sum")
    panel.get_by_role("button", name="Apply").last.click()
    expect(panel).to_be_hidden()
    expect(page).to_have_url(re.compile(r"group=status,client\.city"))
    paid = f"status = 'paid' AND {LIVE}"
    total, count = company.rows(f'SELECT sum(total), count(*) FROM "order" WHERE {paid}')[0]
    expect(group(page, "Paid")).to_contain_text(f"{count}")
    expect(group(page, "Paid")).to_contain_text(f"{total / 100:,.2f}")
    everything = company.one(f'SELECT sum(total) FROM "order" WHERE {LIVE}')
    expect(page.locator("tfoot")).to_contain_text(f"{everything / 100:,.2f}")

    # With the keyboard: open, go in, open what is inside, and back out.
    group(page, "Paid").get_by_role("link").focus()
    page.keyboard.press("ArrowRight")
    inner = page.locator("tr.depth-1")
    expect(inner.first).to_be_visible()
    joined = f'"order" o JOIN client c ON c.id = o.client WHERE o.status = ? AND o.{LIVE}'.replace("?", "'paid'")
    cities = company.rows(f"SELECT count(*), sum(o.total) FROM {joined} GROUP BY c.city ORDER BY c.city NULLS LAST")
    expect(inner).to_have_count(len(cities))
    subtotals = [f"{count} {total / 100:,.2f}" for count, total in cities]
    assert sorted(inner.evaluate_all(SUBTOTALS)) == sorted(subtotals)
    page.keyboard.press("ArrowDown")
    expect(inner.first.get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("tr[data-id]").first).to_be_visible()
    inside = page.locator("tr[data-id]").count()
    expect(inner.first.locator(".group-count")).to_have_text(str(inside))
    # What is open is open again.
    page.reload()
    expect(page.locator("tr[data-id]")).to_have_count(inside)
    group(page, "Paid").get_by_role("link").focus()
    page.keyboard.press("ArrowLeft")
    expect(inner).to_have_count(0)
    expect(page.locator("tr[data-id]")).to_have_count(0)


def test_levels_come_by_dragging_and_by_the_menu(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order?group=status,client.city")
    # A heading that is dragged to the levels becomes one, before the one that it falls on; its menu does it too.
    onto = page.locator("[data-group-bar] .chip").first.bounding_box()
    assert onto
    heading = page.locator("th[data-field='date'] a.th-sort")
    with page.expect_response(re.compile("heading_dragging")) as coming:
        heading.hover()
    coming.value.finished()
    drag(page, heading, (onto["x"] + 8, onto["y"] + 8))
    expect(page).to_have_url(re.compile(r"group=date:month,status,client\.city"))
    expect(page.locator("tr.group-row").first.get_by_role("link")).to_have_accessible_name(re.compile("20[0-9][0-9]"))
    page.get_by_role("link", name="Group no longer by “Date · Month”").click()
    expect(page).to_have_url(re.compile(r"group=status,client\.city"))
    page.locator("th[data-field='client'] a.th-sort").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.get_by_role("menuitem", name="Group by this column").click()
    expect(page).to_have_url(re.compile(r"group=status,client\.city,client"))


def test_conditions_are_put_together_and_stand_above_the_list(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order")
    page.get_by_label("Add a filter").click()
    page.get_by_role("link", name="Several conditions").click()
    panel = page.locator("#filter-panel")
    panel.get_by_role("combobox", name="How many conditions hold").select_option("any")
    # The first condition stands there already.
    panel.get_by_role("combobox", name="Field").select_option("status")
    panel.get_by_role("checkbox", name="New").check()
    panel.get_by_role("button", name="Group", exact=True).click()
    expect(panel.get_by_role("combobox", name="Field")).to_have_count(2)
    expect(panel.get_by_role("checkbox", name="New")).to_be_checked()
    panel.get_by_role("combobox", name="Field").nth(1).select_option("total")
    # What is typed while the answer to the comparison is on its way stays.
    expect(panel.locator("[name='1.0.op'] option[value=ge]")).to_have_count(1)
    held: list[Route] = []
    page.route("**/conditions?do=change**", lambda route: held.append(route))  # noqa: PLW0108 (a builtin takes no mark)
    with page.expect_request("**/conditions?do=change**"):
        panel.get_by_role("combobox", name="Comparison").nth(1).select_option("ge")
    panel.locator("[name='1.0.v']").focus()
    page.keyboard.insert_text("1,000")
    with page.expect_response("**/conditions?do=change**"):
        held[0].continue_()
    page.unroute("**/conditions?do=change**")
    expect(panel.locator("[name='1.0.op'] option[value=ge][selected]")).to_have_count(1)
    expect(panel.locator("[name='1.0.v']")).to_have_value("1,000")
    panel.get_by_role("button", name="Condition", exact=True).first.click()
    expect(panel.get_by_role("combobox", name="Field").nth(2)).to_be_focused()
    panel.get_by_role("combobox", name="Field").nth(2).select_option("date")
    panel.get_by_role("combobox", name="Comparison").nth(2).select_option("during")
    panel.get_by_label("Time", exact=True).select_option("before_today")
    panel.get_by_role("button", name="Apply").last.click()
    expect(page.locator(".chip-text")).to_have_text("Status: New or (Total: ≥ 1,000.00 and Date: before today)")
    found = f"(status = 'new' OR (total >= 100000 AND date < date('now'))) AND {LIVE}"
    count_told(page, company.one(f'SELECT count(*) FROM "order" WHERE {found}'))
    page.locator(".chip-text").click()
    page.route("**/conditions?*do=remove*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    with page.expect_request("**/conditions?*do=remove*"):
        panel.get_by_role("button", name="Remove the group").click()
    # What is under way is waited for: applying now would apply the group too.
    expect(panel.get_by_role("button", name="Apply").last).to_be_disabled()
    held.pop().continue_()
    panel.get_by_role("button", name="Apply").last.click()
    expect(page.locator(".chip-text")).to_have_text("Status: New")
