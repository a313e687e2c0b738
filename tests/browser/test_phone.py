"""A phone: the keyboard that fits what is typed, in the forms of all entities and in filters."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages

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
