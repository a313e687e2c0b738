"""Reports by mouse and by keyboard: lines fold, and the designer makes a report from nothing in a few steps."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.company import Company
from tests.browser.watched import Pages

NUMBER = re.compile(r"[^0-9.−-]")


@pytest.fixture
def fresh(pages: Pages, company: Company) -> Page:
    """A new report about orders."""
    return company.open(pages, "/reports/new/order", locale="en-GB")


def chips(page: Page, well: str) -> Locator:
    return page.locator(f"[data-well={well}] .well-chip")


def field(page: Page, path: str) -> Locator:
    return page.locator(f'.field-row[data-path="{path}"] .field-take')


def in_the_well(page: Page, well: str, *labels: str) -> None:
    """Wait until a well has these chips, and the result has come."""
    expect(chips(page, well).locator("summary .cut")).to_have_text(list(labels))
    expect(page.locator("#report")).not_to_have_attribute("aria-busy", "true")


def total(page: Page) -> float:
    """The number at the end of the last line."""
    return float(NUMBER.sub("", page.locator(".row-total td").last.inner_text()))


def test_sales_by_city_and_month_with_shares_in_eight_actions(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/reports", locale="en-GB")
    actions: list[Callable[[], None]] = [
        lambda: page.get_by_label("New report").click(),
        lambda: page.locator(".top .menu-list a", has_text="Orders").click(),
        lambda: page.locator(".field-item", has=field(page, "client")).locator("> .field-behind > summary").click(),
        lambda: field(page, "client.city").click(),
        lambda: field(page, "date").click(),
        lambda: field(page, "total").click(),
        lambda: chips(page, "values").locator("summary").click(),
        lambda: page.get_by_role("button", name="Add its percent of total").click(),
    ]
    assert len(actions) <= 8
    for act in actions:
        act()
    in_the_well(page, "rows", "City")
    in_the_well(page, "columns", "Date: month")
    in_the_well(page, "values", "Total, €", "Total, % of total")
    expect(page.locator(".row-total td").last).to_have_text("100.0%")
    whole = company.one('SELECT sum(total) FROM "order" WHERE _trashed_at IS NULL') / 100
    assert float(NUMBER.sub("", page.locator(".row-total td").nth(-2).inner_text())) == whole


def test_the_same_by_keyboard_alone(fresh: Page) -> None:
    fresh.locator("[data-fields-search]").focus()
    fresh.keyboard.type("total")
    field(fresh, "total").focus()
    fresh.keyboard.press("Enter")
    in_the_well(fresh, "values", "Total, €")
    more = fresh.locator('.field-row[data-path="status"] .field-more summary')
    fresh.locator("[data-fields-search]").fill("")
    more.focus()
    fresh.keyboard.press("Enter")
    fresh.keyboard.press("ArrowDown")
    fresh.keyboard.press("ArrowDown")
    fresh.keyboard.press("Enter")
    in_the_well(fresh, "columns", "Status")
    # The chip that was made has the focus, and its menu moves it.
    expect(chips(fresh, "columns").locator("summary")).to_be_focused()
    fresh.keyboard.press("Enter")
    chips(fresh, "columns").get_by_role("button", name="Move to Rows").focus()
    fresh.keyboard.press("Enter")
    in_the_well(fresh, "rows", "Status")
    in_the_well(fresh, "columns")
    fresh.keyboard.press("Control+z")
    in_the_well(fresh, "columns", "Status")
    fresh.keyboard.press("Control+y")
    in_the_well(fresh, "rows", "Status")


def test_dragging_does_what_the_menus_do(fresh: Page) -> None:
    field(fresh, "status").drag_to(fresh.locator("[data-well=rows]"))
    in_the_well(fresh, "rows", "Status")
    field(fresh, "date").drag_to(fresh.locator("[data-well=filters]"))
    in_the_well(fresh, "filters", "Date")
    chips(fresh, "rows").locator("summary").drag_to(fresh.locator("[data-well=columns]"))
    in_the_well(fresh, "columns", "Status")
    in_the_well(fresh, "rows")


def test_settings_change_the_result_and_stay_open(fresh: Page) -> None:
    field(fresh, "date").click()
    in_the_well(fresh, "columns", "Date: month")
    chips(fresh, "columns").locator("summary").click()
    fresh.get_by_label("Part of the date").focus()
    fresh.get_by_label("Part of the date").select_option("year")
    in_the_well(fresh, "columns", "Date: year")
    expect(fresh.get_by_label("Part of the date")).to_be_focused()
    expect(fresh.get_by_label("Part of the date")).to_be_visible()
    assert fresh.locator("thead .head-item").first.inner_text().isdigit()


def test_filters_narrow_and_sorting_follows_a_click(fresh: Page, company: Company) -> None:
    field(fresh, "status").click()
    in_the_well(fresh, "rows", "Status")
    field(fresh, "total").click()
    in_the_well(fresh, "values", "Total, €")
    fresh.locator("[data-sort=total]").click()
    expect(fresh.locator("th[aria-sort=descending]")).to_have_count(1)
    shown = fresh.locator("tbody tr.row-item td").all_inner_texts()
    numbers = [float(NUMBER.sub("", text)) for text in shown]
    assert numbers == sorted(numbers, reverse=True)
    fresh.locator('.field-row[data-path="status"] .field-more summary').click()
    fresh.locator('.field-row[data-path="status"] [data-take=filters]').click()
    in_the_well(fresh, "filters", "Status")
    chips(fresh, "filters").locator("summary").click()
    chips(fresh, "filters").get_by_role("checkbox", name="Paid").check()
    expect(fresh.locator("tbody tr.row-item")).to_have_count(1)
    paid = company.one("""SELECT sum(total) FROM "order" WHERE status = 'paid' AND _trashed_at IS NULL""") / 100
    assert total(fresh) == paid


def test_a_link_opens_the_same(pages: Pages, company: Company, fresh: Page) -> None:
    field(fresh, "status").click()
    in_the_well(fresh, "rows", "Status")
    fresh.locator("[data-chart]").select_option("bar")
    expect(fresh.locator(".chart svg")).to_be_visible()
    again = company.open(pages, fresh.url.removeprefix(company.url), locale="en-GB")
    in_the_well(again, "rows", "Status")
    expect(again.locator(".chart svg")).to_be_visible()
    expect(again.locator("[data-chart]")).to_have_value("bar")
    again.locator("[data-chart]").select_option("")
    expect(again.locator(".report-table")).to_be_visible()


def test_lines_fold_by_keyboard(fresh: Page) -> None:
    field(fresh, "status").click()
    in_the_well(fresh, "rows", "Status")
    field(fresh, "overdue").click()
    in_the_well(fresh, "rows", "Status", "Overdue")
    rows = fresh.locator("tbody tr.row-item")
    every = rows.count()
    first = fresh.locator("[data-fold]").first
    first.focus()
    fresh.keyboard.press("Enter")
    expect(first).to_have_attribute("aria-expanded", "false")
    assert fresh.locator("tbody tr.row-item:visible").count() < every
    fresh.locator("[data-fold-all]").click()
    expect(fresh.locator("tbody tr[data-depth='1']:visible")).to_have_count(0)
    fresh.locator("[data-fold-all]").click()
    expect(fresh.locator("tbody tr.row-item:visible")).to_have_count(every)


def test_names_and_numbers_are_as_wide_as_one_makes_them(fresh: Page) -> None:
    field(fresh, "client").click()
    in_the_well(fresh, "rows", "Client")
    names, numbers = (fresh.get_by_role("separator", name=f"Width of the {what}") for what in ("names", "numbers"))
    usual = int(names.get_attribute("aria-valuenow") or 0)
    for _ in range(10):
        names.press("ArrowRight")
    expect(names).to_have_attribute("aria-valuenow", str(usual + 160))
    box = numbers.bounding_box()
    assert box
    fresh.mouse.move(box["x"] + 3, box["y"] + 3)
    fresh.mouse.down()
    fresh.mouse.move(box["x"] + 103, box["y"] + 3, steps=3)
    fresh.mouse.up()
    wide = int(numbers.get_attribute("aria-valuenow") or 0)
    assert wide > 100
    fresh.reload()
    expect(names).to_have_attribute("aria-valuenow", str(usual + 160))
    expect(numbers).to_have_attribute("aria-valuenow", str(wide))
    names.press("Enter")
    expect(names).to_have_attribute("aria-valuenow", str(usual))


def test_what_does_not_fit_is_said_and_nothing_is_lost(fresh: Page) -> None:
    field(fresh, "status").click()
    in_the_well(fresh, "rows", "Status")
    chips(fresh, "rows").locator("summary").click()
    fresh.get_by_label("Only so many largest").fill("5000")
    fresh.keyboard.press("Tab")
    expect(fresh.locator(".report-result [role=alert]")).to_contain_text("5000")
    fresh.keyboard.press("Escape")
    field(fresh, "total").click()
    in_the_well(fresh, "values", "Total, €")
    expect(fresh.locator(".report-table")).to_be_visible()


def test_every_number_is_a_door_to_its_records(fresh: Page) -> None:
    field(fresh, "status").click()
    in_the_well(fresh, "rows", "Status")
    number = fresh.locator("tbody tr.row-item td").nth(1)
    wanted = number.inner_text()
    fresh.locator("tbody td").first.focus()
    fresh.keyboard.press("ArrowDown")
    expect(number).to_be_focused()
    fresh.keyboard.press("Enter")
    expect(fresh.locator("#aside")).to_have_text(re.compile(rf"^{wanted} records?$"))
    expect(fresh.locator(".chip-text")).to_have_count(1)
    # Back leads to the report as it was.
    fresh.go_back()
    in_the_well(fresh, "rows", "Status")
    whole = fresh.locator(".row-total td").last.inner_text()
    fresh.locator(".row-total td").last.dblclick()
    expect(fresh.locator("#aside")).to_have_text(f"{whole} records")


def test_a_report_is_kept_changed_and_found_again_on_the_home_page(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/reports/new/order", locale="en-GB")
    field(page, "status").click()
    in_the_well(page, "rows", "Status")
    page.get_by_role("button", name="Save as …").click()
    page.keyboard.type("By state")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("By state")
    save = page.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_disabled()
    page.get_by_role("button", name="Edit").click()
    field(page, "total").click()
    in_the_well(page, "values", "Total, €")
    expect(save).to_be_enabled()
    page.get_by_role("button", name="Undo").click()
    expect(save).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    in_the_well(page, "values", "Total, €")
    save.click()
    page.wait_for_url(re.compile(r"/reports/\d+$"))
    expect(page.locator(".report-table thead")).to_contain_text("Total, €")
    page.get_by_label("More", exact=True).first.click()
    page.get_by_role("button", name="Pin to the home page").click()
    page.wait_for_load_state()
    page.goto(company.url)
    page.get_by_role("link", name="By state").click()
    expect(page.locator("h1")).to_have_text("By state")


def test_on_paper_stand_the_report_what_was_asked_and_nothing_of_the_program(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/reports/sales_by_client", locale="en-GB")
    expect(page.locator(".on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_contain_text("Period: Last 12 months")
    expect(page.locator(".on-paper")).to_contain_text("for Ana Popa")
    for part in (".side", ".report-line", ".wells", ".report-files", ".top-actions"):
        expect(page.locator(part).first).to_be_hidden()
    heads = page.locator(".report-table thead").evaluate("head => getComputedStyle(head).display")
    assert heads == "table-header-group"
    assert page.locator("body").evaluate("body => getComputedStyle(body).page") == "lying"


def test_a_menu_that_is_open_stays_so_when_the_result_comes(fresh: Page) -> None:
    field(fresh, "date").click()
    expect(chips(fresh, "columns")).to_have_count(1)
    held: list[Route] = []
    fresh.route("**/reports/_result", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    with fresh.expect_request("**/reports/_result"):
        field(fresh, "total").click()
    fresh.get_by_label("Computed values").click()
    formula = fresh.get_by_role("button", name="Add a formula over values")
    expect(formula).to_be_visible()
    held[0].continue_()
    expect(chips(fresh, "values")).to_have_count(1)
    expect(formula).to_be_visible()
    expect(fresh.get_by_label("Computed values")).to_be_focused()
    formula.click()
    expect(fresh.locator("[data-set=formula]")).to_be_focused()


def test_levels_formulas_and_the_picture_of_the_chart(fresh: Page) -> None:
    field(fresh, "date").click()
    chips(fresh, "columns").locator("summary").click()
    fresh.get_by_role("button", name="Years, quarters and months as levels").click()
    in_the_well(fresh, "columns", "Date")
    years = fresh.locator("thead th.head-item").count()
    fresh.get_by_role("button", name="Quarter", exact=True).click()
    expect(fresh.get_by_role("button", name="Quarter", exact=True)).to_have_attribute("aria-pressed", "true")
    assert fresh.locator("thead th").count() > years
    fresh.get_by_role("button", name="Year", exact=True).click()
    field(fresh, "total").click()
    fresh.get_by_label("Computed values").click()
    fresh.get_by_role("button", name="Add a formula over values").click()
    text = fresh.locator("[data-set=formula]")
    expect(text).to_be_focused()
    fresh.keyboard.type("totl / 2")
    fresh.keyboard.press("Tab")
    expect(chips(fresh, "values").last.locator(".chip-fault")).to_contain_text("The report has no value “totl”.")
    text.fill("2 * ")
    chips(fresh, "values").last.locator("[data-insert=total]").click()
    fresh.keyboard.press("Tab")
    expect(fresh.locator(".chip-fault")).to_have_count(0)
    whole, twice = (float(NUMBER.sub("", fresh.locator(".row-total td").nth(at).inner_text())) for at in (-2, -1))
    assert twice == pytest.approx(2 * whole)
    fresh.locator("[data-chart]").select_option("bar")
    with fresh.expect_download() as saved:
        fresh.get_by_role("link", name="PNG").click()
    assert saved.value.suggested_filename.endswith(".png")
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
