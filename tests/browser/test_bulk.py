"""Changing all records that a list has found: asked with their number, followed across reloads, ended, undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import expect

from engine.jobs import Crew, Kind, Made, Outcome, Work
from runtime_web.kinds import BULK, KINDS
from tests.browser.company import Company
from tests.browser.watched import Pages, axe_findings

PAID = "SELECT count(*) FROM \"order\" WHERE _trashed_at IS NULL AND comment = 'Seen'"


class Held:
    """A change of many that goes on only when the test has seen it."""

    def __init__(self) -> None:
        self.go_on = Event()

    def run(self, work: Work) -> Outcome:
        work.progress(100, 400)
        while not self.go_on.wait(0.05):
            work.progress(100, 400)
        return KINDS[BULK].run(work)  # type: ignore[no-any-return]


@pytest.fixture
def held(company: Company) -> Iterator[Held]:
    found = Held()
    held = company.site.workspace
    crew = Crew(held.database, {**KINDS, BULK: Kind(found.run)}, Made(held.settings.made), "tests")
    crew.start()
    yield found
    found.go_on.set()
    crew.stop()


def test_all_that_were_found_are_changed_by_a_job(pages: Pages, company: Company, held: Held) -> None:
    count = company.one('SELECT count(*) FROM "order" WHERE _trashed_at IS NULL')
    page = company.open(pages, "/records/order")
    page.locator("tbody .pick input").first.click()
    page.get_by_label("All that were found").check()
    expect(page.locator("[data-bulk-count]")).to_have_text(f"Selected: {count} records")
    page.locator("[data-bulk-bar]").get_by_role("button", name="Change").click()
    expect(page.locator(".bulk-lead")).to_contain_text(f"What shall be done with {count} records?")
    assert axe_findings(page) == []
    page.get_by_label("Field").first.select_option("comment")
    page.locator("#change-comment").fill("Seen")
    page.get_by_role("button", name=f"Change {count} records").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+$"))
    expect(page.locator("#job")).to_contain_text("100 of 400")
    page.reload()
    expect(page.locator("#job")).to_contain_text("100 of 400")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#job")).to_contain_text("Cancelled")
    assert company.one(PAID) == 0

    held.go_on.set()
    page.go_back()
    page.goto(company.url + "/records/order")
    page.locator("tbody .pick input").first.click()
    page.get_by_label("All that were found").check()
    page.locator("[data-bulk-bar]").get_by_role("button", name="Change").click()
    page.get_by_label("Field").first.select_option("comment")
    page.locator("#change-comment").fill("Seen")
    page.get_by_role("button", name=f"Change {count} records").click()
    expect(page.locator("#job")).to_contain_text(f"{count} records changed.")
    assert company.one(PAID) == count
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#job")).to_contain_text(f"Undone in {count} records.")
    assert company.one(PAID) == 0
