"""A phone: the keyboard that fits what is typed, what a record is called, and the month of a calendar."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages, axe_findings, fits_the_window

KEYBOARDS = {
    "phone": {"type": "tel"},
    "email": {"type": "email"},
    "url": {"inputmode": "url"},
    "integer": {"inputmode": "numeric"},
    **{key: {"inputmode": "decimal"} for key in ("decimal", "money", "percent")},
    "date": {"type": "date"},
    "datetime": {"type": "datetime-local"},
    "time": {"type": "time"},
}


def test_what_is_typed_has_its_keyboard(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/", size=PHONE)
    wrong, seen = [], set()
    for name, entity in company.site.workspace.configuration.entities.items():
        if entity.kind == "child":
            continue
        page.goto(f"{company.url}/records/{name}/new")
        for field, described in entity.fields.items():
            control = page.locator(f"input#f-{field}")
            if described.type not in KEYBOARDS or not control.count():
                continue
            seen.add(described.type)
            wanted = KEYBOARDS[described.type]
            if {key: control.get_attribute(key) for key in wanted} != wanted:
                wrong.append(f"{name}.{field}")
            # Safari on phones enlarges the page for a smaller field.
            if control.evaluate("input => parseFloat(getComputedStyle(input).fontSize)") < 16:
                wrong.append(f"{name}.{field} is small")
    assert wrong == []
    assert {"phone", "email", "integer", "money", "date"} <= seen
    page.goto(company.url + "/records/order/filter/total")
    expect(page.locator("input[name=v]").first).to_have_attribute("inputmode", "decimal")


def test_a_report_is_put_together_above_what_it_shows(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/reports/managers_work", size=PHONE)
    page.wait_for_load_state()
    page.get_by_role("button", name="Edit").tap()
    chips = page.locator(".well-values .well-chip .cut")
    expect(chips.first).to_be_visible()
    assert chips.evaluate_all("all => all.filter((one) => one.scrollWidth > one.clientWidth)") == []
    # The table has its height, and what stands below it lies over nothing of it.
    tops = "all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
    table, notes, files = page.locator(".report-scroll, .report-notes, .report-files").evaluate_all(tops)
    assert table[1] - table[0] > PHONE[1] / 2
    assert table[1] <= notes[0] + 1
    assert notes[1] <= files[0] + 1


@pytest.mark.parametrize("locale", ["en-GB", "ru-RU", "fi-FI"])
def test_what_a_record_is_called_is_read_as_a_whole(pages: Pages, company: Company, locale: str) -> None:
    order = company.one('SELECT id FROM "order" ORDER BY id LIMIT 1')
    client = company.one("SELECT id FROM client ORDER BY length(name) DESC LIMIT 1")
    page = company.open(pages, "/", size=PHONE, locale=locale)
    for path in (f"order/{order}/edit", f"client/{client}/edit", f"client/{client}"):
        page.goto(f"{company.url}/records/{path}")
        cut = page.locator("h1").evaluate(
            "title => [title.scrollWidth - title.clientWidth, title.scrollHeight - title.clientHeight]"
        )
        assert max(cut) <= 0, path
        assert fits_the_window(page)


def test_a_month_counts_its_days_and_lists_the_one_that_is_chosen(pages: Pages, company: Company) -> None:
    month = company.one("SELECT max(substr(date, 1, 7)) FROM contact_event WHERE _trashed_at IS NULL")
    page = company.open(pages, f"/records/contact_event?view=calendar&at={month}", size=PHONE)
    days = page.locator(".day:not(.day-outside) .day-choose a").filter(has=page.locator("small"))
    entries = page.locator(".day-entries [data-slip]:visible")
    for day in (days.first, days.last):
        day.tap()
        expect(day).to_have_attribute("aria-current", "true")
        expect(page.locator(".day-choose [aria-current]")).to_have_count(1)
        count = int(day.locator("small").inner_text())
        expect(entries).to_have_count(min(count, 4))
        expect(day).to_have_accessible_name(re.compile(f", {count} record"))
        expect(page.locator(".day-label:visible")).to_have_count(1)
    chosen = page.locator(".day-chosen [data-place]").get_attribute("data-place")
    assert chosen
    expect(page).to_have_url(re.compile(re.escape(f"at={month}.{chosen[8:]}")))
    assert fits_the_window(page)
    assert axe_findings(page) == []
    # A day without any can be chosen too; the keyboard goes from day to day and takes one.
    page.locator(".day-choose a").filter(has_not=page.locator("small")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing on this day.")).to_be_visible()
    expect(page.locator(".day-chosen .day-choose a")).to_be_focused()
    page.reload()
    expect(page.get_by_text("Nothing on this day.")).to_be_visible()
