"""The lines of a record as a small grid: pasted from a spreadsheet program, copied, filled down, cleared, undone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings


def test_lines_come_from_a_spreadsheet_and_are_worked_on_like_in_one(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order/new?client=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_load_state()
    paste_fifty_lines(page, company)
    work_on_ranges_by_keys(page)
    work_on_ranges_by_mouse(page)
    assert axe_findings(page) == []
    leave_the_range_but_not_the_form(page)
    pages.expect_complaint("422")
    mend_what_is_wrong_and_save(page)
    order = int(page.url.rsplit("/", 1)[1])
    assert company.one(f'SELECT count(*) FROM order_line WHERE "order" = {order}') == 49


def test_a_pasted_number_is_no_product(pages: Pages, company: Company) -> None:
    """There is a product with that number in the database, but nobody has named it."""
    page = company.open(pages, "/records/order/new?client=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_load_state()
    page.evaluate("navigator.clipboard.writeText('4')")
    page.locator("[data-line] .col-reference select").first.focus()
    page.keyboard.press("Control+v")
    expect(page.locator(".cell-wrong")).to_have_count(1)
    pages.expect_complaint("422")
    page.keyboard.press("Control+s")
    expect(page.locator(".form-errors, .alert, [role=alert]").first).to_be_visible()
    # It was refused, and still says what came.
    wrong = page.locator("[data-line] .col-reference select").first
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong.locator("option:checked")).to_have_text("4")


def test_what_may_not_be_chosen_is_refused_by_its_name(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/records/order/new?client=1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_load_state()
    company.do("UPDATE product SET active = 0 WHERE id = 3")
    gone = company.one("SELECT name FROM product WHERE id = 3")
    page.evaluate("text => navigator.clipboard.writeText(text)", f"{gone}\t2\nNo such saw\t3")
    page.locator("[data-line] .col-reference select").first.focus()
    page.keyboard.press("Control+v")
    closed = f"“{gone}” may not be chosen here; choose one that the list of this field offers."
    marked = page.locator("td.cell-wrong")
    expect(marked).to_have_count(2)
    expect(marked.first).to_have_attribute("title", closed)
    expect(marked.last).to_have_attribute("title", re.compile("There is no “No such saw” in Products"))
    pages.expect_complaint("422")
    page.keyboard.press("Control+s")
    said = page.locator("td .field-error")
    unnamed = "“No such saw” does not name one record; choose one that the list of this field offers."
    expect(said).to_have_text([unnamed])
    choose = page.locator("[data-line] .col-reference select").last
    choose.evaluate("select => { select.closest('tr').remove(); }")
    page.keyboard.press("Control+s")
    expect(said).to_have_text([closed])


def test_a_line_in_which_nothing_was_entered_is_no_change(pages: Pages, company: Company) -> None:
    order, count = company.rows('SELECT "order", count(*) FROM order_line GROUP BY 1 HAVING count(*) = 3 LIMIT 1')[0]
    page = company.open(pages, f"/records/order/{order}/edit")
    page.wait_for_load_state("networkidle")
    page.locator("[data-line] .col-decimal input").last.focus()
    page.keyboard.press("Enter")
    lines = page.locator("tr[data-line]")
    expect(lines).to_have_count(count + 1)
    expect(page.locator("html[data-changed]")).to_have_count(0)
    # What is entered is a change; what is taken out again, down to the quantity that it began with, is none.
    fresh = lines.last.locator(".col-decimal input")
    fresh.fill("7")
    expect(page.locator("html[data-changed]")).to_have_count(1)
    fresh.fill("")
    expect(page.locator("html[data-changed]")).to_have_count(0)
    page.get_by_role("link", name="Orders").last.click()
    expect(page.locator("table[data-cells]")).to_be_visible()
    # Nor is it saved, or refused, with what has changed.
    page.goto(f"{company.url}/records/order/{order}/edit")
    page.wait_for_load_state("networkidle")
    page.locator("[name=comment]").fill("Blank lines are none")
    page.locator("[data-line] .col-decimal input").last.focus()
    page.keyboard.press("Enter")
    page.locator("[data-save]").click()
    expect(page.locator("[data-edit]")).to_be_visible()
    assert company.one(f'SELECT comment FROM "order" WHERE id = {order}') == "Blank lines are none"
    assert company.one(f'SELECT count(*) FROM order_line WHERE "order" = {order}') == count


def paste_fifty_lines(page: Page, company: Company) -> None:
    """Every line is there, what does not fit is marked, the sums follow, and nothing is saved."""
    before = company.one('SELECT count(*) FROM "order"')
    names = [name for (name,) in company.rows("SELECT name FROM product WHERE active ORDER BY name LIMIT 50")]
    table = [f"{name}\t{number}\t1,50" for number, name in enumerate(names, 1)]
    table[4] = "No such thing\t5\tabc"
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(table) + "\r\n")
    page.locator("[data-line] .col-reference select").first.focus()
    page.keyboard.press("Control+v")
    expect(page.locator("[data-lines-said]")).to_have_text("Pasted: 150. Not fitting and marked: 2")
    expect(page.locator("[data-line]")).to_have_count(50)
    expect(page.locator(".cell-wrong")).to_have_count(2)
    expect(page.locator("[data-computed='lines.n50.amount']")).to_have_text("75.00")
    assert company.one('SELECT count(*) FROM "order"') == before


def work_on_ranges_by_keys(page: Page) -> None:
    page.locator("#f-lines-n2-quantity").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(f"Shift+{key}")
    expect(page.locator(".cell-in-range")).to_have_count(6)
    page.keyboard.press("Control+c")
    assert page.evaluate("() => navigator.clipboard.readText()") == "2\t1.50\n3\t1.50\n4\t1.50"
    for key, there in (("d", ["2", "2", "2"]), ("z", ["2", "3", "4"]), ("y", ["2", "2", "2"])):
        page.keyboard.press(f"Control+{key}")
        assert quantities(page)[:5] == ["1", *there, "5"]


def work_on_ranges_by_mouse(page: Page) -> None:
    """A range by dragging, and buttons for what the keys do."""
    page.locator("#f-lines-n7-quantity").hover()
    page.mouse.down()
    page.locator("#f-lines-n8-quantity").hover()
    page.mouse.up()
    page.get_by_role("button", name="Clear cells").click()
    assert quantities(page)[5:9] == ["6", "", "", "9"]
    page.get_by_role("button", name="Undo").click()
    assert quantities(page)[5:9] == ["6", "7", "8", "9"]


def leave_the_range_but_not_the_form(page: Page) -> None:
    """Esc is about the range first; the arrows go from cell to cell."""
    page.locator("#f-lines-n1-quantity").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".cell-in-range")).to_have_count(0)
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#f-lines-n1-price")).to_be_focused()


def mend_what_is_wrong_and_save(page: Page) -> None:
    page.keyboard.press("Control+s")
    wrong = page.locator("#f-lines-n5-price")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_value("abc")
    # The sums are there again, although the form is a new one.
    expect(page.locator("[data-computed=net]")).not_to_be_empty()
    # The first wrong cell has the cursor; only then is it moved on.
    expect(page.locator("#f-lines-n5-product-ts-control")).to_be_focused()
    wrong.focus()
    expect(wrong).to_be_focused()
    page.keyboard.press("Control+Delete")
    expect(page.locator("[data-line]")).to_have_count(49)
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/records/order/\d+$"))


def quantities(page: Page) -> list[str]:
    return [cell.input_value() for cell in page.locator("[data-line] input[name$='.quantity']").all()]
