"""Several people work on the same records: what one of them saves or writes appears where the others look."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from engine.records import Edit, RowEdit
from engine.records.several import Several
from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages, axe_findings, fits_the_window

IS_SAME = "() => window.kept === document.querySelector('tr[data-id=\"2\"]')"

COUNT_READ = """() => {
  const read = Response.prototype.text;
  Response.prototype.text = async function () {
    const text = await read.call(this);
    if (this.url.includes("/group?")) setTimeout(() => { window.read = true; });
    return text;
  };
}"""
"""Says when an answer has been read, and what follows from it done."""


def test_what_a_colleague_saves_appears_without_reloading(company: Company, pages: Pages) -> None:
    records = company.site.records
    page = company.open(pages, "/records/client?sort=name&size=100")
    first = page.locator('tr[data-id="3"]')
    page.locator('tr[data-id="2"] .pick input').check()
    page.evaluate("() => { window.kept = document.querySelector('tr[data-id=\"2\"]'); }")
    records.update("client", 3, Edit({"city": "Hammerfest"}))
    expect(first).to_contain_text("Hammerfest")
    # What is the same is the very same row, with its tick.
    assert page.evaluate(IS_SAME)
    expect(page.locator('tr[data-id="2"] .pick input')).to_be_checked()
    made = records.create("client", Edit({"name": "Aaa Arrived", "kind": "company", "country": "GB"})).id
    expect(page.locator("table.rows tbody tr").first).to_contain_text("Aaa Arrived")
    expect(page.locator("#aside")).to_contain_text(
        str(company.one("SELECT count(*) FROM client WHERE _trashed_at IS NULL"))
    )
    records.delete("client", [made])
    expect(page.get_by_text("Aaa Arrived")).to_have_count(0)

    alone = records.create("client", Edit({"name": "Alone", "kind": "company", "country": "GB"})).id
    card = company.open(pages, f"/records/client/{alone}", login="ben")
    edited = company.open(pages, f"/records/client/{alone}/edit")
    edited.get_by_label("City", exact=True).fill("Typed")
    # A form has asked once: what it is told from now on is new.
    edited.wait_for_event("response", lambda answer: "live" in answer.request.headers)
    records.update("client", alone, Edit({"city": "Vardø", "name": "Renamed"}))
    expect(card.locator("#f-city")).to_contain_text("Vardø")
    expect(card.get_by_role("heading", level=1)).to_contain_text("Renamed")
    expect(edited.locator("#live-note")).to_be_visible()
    assert edited.get_by_label("City", exact=True).input_value() == "Typed"
    records.delete("client", [alone])
    expect(card.locator("#live-gone")).to_be_visible()


def test_groups_that_are_open_come_up_to_date(company: Company, pages: Pages) -> None:
    records = company.site.records
    grouped = company.open(pages, "/records/client?group=country")
    britain = grouped.locator("tr.group-row", has_text="United Kingdom")
    britain.locator(".group-toggle").click()
    inside = grouped.locator("tr[data-id]")
    expect(inside.first).to_be_visible()
    count = inside.count()
    alone = records.create("client", Edit({"name": "Alone", "kind": "company", "country": "GB"})).id
    expect(inside).to_have_count(count + 1)
    expect(britain.locator(".group-count")).to_contain_text(str(count + 1))

    # What stands in an open group comes up to date even where the group itself says the same as before.
    records.update("client", alone, Edit({"city": "Skye"}))
    expect(grouped.locator(f'tr[data-id="{alone}"]')).to_contain_text("Skye")
    assert inside.count() == count + 1
    nested = company.open(pages, "/records/client?group=country,city")
    nested.locator("tr.group-row", has_text="United Kingdom").locator(".group-toggle").click()
    skye = nested.locator("tr.group-row.depth-1", has_text="Skye")
    skye.locator(".group-toggle").click()
    expect(nested.locator(f'tr[data-id="{alone}"]')).to_be_visible()
    records.update("client", alone, Edit({"city": "Unst"}))
    expect(skye).to_have_count(0)
    expect(nested.locator("tr.group-row.depth-1", has_text="Unst").locator(".group-count")).to_have_text("1")
    records.delete("client", [alone])
    expect(nested.get_by_role("link", name="Alone")).to_have_count(0)


def test_further_records_of_an_open_group_stay(company: Company, pages: Pages) -> None:
    records = company.site.records
    edits = [RowEdit(str(at), None, {"name": f"Isle {at:02}", "kind": "company", "city": "Skerry"}) for at in range(51)]
    ids = Several.through(records).save("client", edits).ids
    page = company.open(pages, "/records/client?group=city&f=city:equals:skerry&sort=name")
    page.locator("tr.group-row .group-toggle").click()
    inside = page.locator("tr[data-id]")
    expect(inside).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(inside).to_have_count(51)
    records.update("client", ids["0"], Edit({"name": "Isle 00 of many"}))
    expect(page.get_by_role("link", name="Isle 00 of many")).to_be_visible()
    assert inside.count() == 51
    records.delete("client", list(ids.values()))
    expect(inside).to_have_count(0)


def test_a_group_that_is_opened_twice_shows_its_records_once(company: Company, pages: Pages) -> None:
    page = company.open(pages, "/records/client?group=country")
    toggle = page.locator("tr.group-row .group-toggle").first
    held: list[Route] = []
    page.route("**/group?*", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a builtin takes no mark)
    with page.expect_request("**/group?*"):
        toggle.click()
    toggle.click()
    with page.expect_response("**/group?*"):
        toggle.click()
    inside = page.locator("tr[data-id]")
    expect(inside.first).to_be_visible()
    page.evaluate(COUNT_READ)
    held[0].continue_()
    page.wait_for_function("() => window.read")
    shown = inside.evaluate_all("rows => rows.map((row) => row.dataset.id)")
    assert len(shown) == len(set(shown))


def test_a_group_that_cannot_be_opened_stays_closed(company: Company, pages: Pages) -> None:
    pages.expect_complaint("ERR_FAILED")
    page = company.open(pages, "/records/client?group=country")
    row = page.locator("tr.group-row").first
    page.route("**/group?*", lambda route: route.abort(), times=1)
    row.locator(".group-toggle").click()
    expect(row.locator(".group-toggle")).to_have_attribute("aria-expanded", "false")
    expect(row).not_to_have_attribute("aria-busy", "true")
    row.locator(".group-toggle").click()
    expect(page.locator("tr[data-id]").first).to_be_visible()


def test_notes_on_a_card_reach_whom_they_name(company: Company, pages: Pages) -> None:
    page = company.open(pages, "/records/order/7")
    page.locator("#timeline").scroll_into_view_if_needed()
    text = page.locator("#note-text")
    text.fill("Asked for a discount, ")
    text.press_sequentially("@be")
    expect(page.get_by_role("option", name="Ben Virtanen")).to_be_visible()
    page.keyboard.press("Enter")
    assert text.input_value() == "Asked for a discount, @Ben Virtanen "
    page.get_by_role("radio", name="Call").check()
    page.locator("#note-next_step").fill("Send an offer")
    assert axe_findings(page) == []
    text.press("Escape")
    assert page.url.endswith("/records/order/7")
    text.press("Control+Enter")
    expect(page.locator(".timeline-note")).to_contain_text("Send an offer")
    expect(text).to_be_focused()
    assert text.input_value() == ""

    home = company.open(pages, "/", login="ben", size=PHONE)
    home.get_by_role("region", name="You are named").get_by_role("link").click()
    expect(home.locator(".timeline-note")).to_contain_text("@Ben Virtanen")
    assert fits_the_window(home)
    home.locator("#note-text").fill("Done, @Ana Popa")
    home.get_by_role("button", name="Add note").click()
    expect(home.locator("#note-text")).to_have_value("")
    expect(home.locator("#note-text")).to_be_focused()
    # The one who wrote first sees the answer, and keeps what she is writing meanwhile.
    text.fill("And")
    expect(page.locator(".timeline-note")).to_have_count(2)
    assert text.input_value() == "And"
    text.fill("")
    page.locator(".timeline-note").last.get_by_text("Edit").click()
    page.locator(".note-edit[open] textarea").fill("Asked for less")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator(".timeline-note").last).to_contain_text("Asked for less")
    page.locator(".timeline-note").last.get_by_role("button", name="Delete").click()
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator(".timeline-note")).to_have_count(2)


def test_what_may_be_entered_twice_is_told_before_it_is_saved(company: Company, pages: Pages) -> None:
    company.site.records.create(
        "client", Edit({"name": "Herring and Sons Ltd", "kind": "company", "country": "GB", "phone": "+358401234567"})
    )
    page = company.open(pages, "/records/client/new", size=PHONE)
    page.locator("#f-name").press_sequentially("Hering & Sons")
    page.locator("#f-phone").fill("040 123 4567")
    told = page.locator(".field", has=page.locator("#f-phone")).get_by_role("status")
    expect(told).to_contain_text("The same stands in: Herring and Sons Ltd")
    assert fits_the_window(page)
    assert axe_findings(page) == []
    page.locator("#f-phone").fill("")
    expect(told).to_be_empty()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Herring and Sons Ltd").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Herring and Sons Ltd")
    # Whoever saves before the answer is there is told first; the next save saves.
    page.locator("#f-name").fill("Another")
    page.locator("#f-phone").fill("0401234567")
    page.keyboard.press("Control+s")
    expect(told.get_by_role("link")).to_be_focused()
    assert page.url.endswith("/new")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-edit]")).to_be_visible()
