"""Jobs in a real browser: their page follows them by itself, keeps the focus, and gives the file in the end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Page, expect

from engine.jobs import Crew, Kind, Made, Outcome, Work
from runtime_web.lists.export import export_job
from tests.browser.company import Company
from tests.browser.watched import DESK, PHONE, Pages, axe_findings, fits_the_window

SHOTS = os.environ.get("KARTOTEKA_SHOTS", "")


class Held:
    """An export that goes on only when the test has seen how far it is."""

    def __init__(self) -> None:
        self.go_on = Event()

    def run(self, work: Work) -> Outcome:
        work.progress(123, 400)
        while not self.go_on.wait(0.05):
            work.progress(123, 400)
        return export_job(work)


@pytest.fixture
def held(company: Company) -> Iterator[Held]:
    """A worker beside a company in which every list is large."""
    site, found = company.site, Held()
    settings = replace(site.workspace.settings, large_export=5)
    site.app.extensions["kartoteka"] = replace(site.workspace, settings=settings)
    crew = Crew(site.workspace.database, {"export": Kind(found.run)}, Made(settings.made), "tests")
    crew.start()
    yield found
    found.go_on.set()
    crew.stop()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_large_export_is_followed_to_its_file(
    pages: Pages, company: Company, held: Held, size: tuple[int, int], tmp_path: Path
) -> None:
    page = company.open(pages, "/records/order", size=size)
    # On a phone it stands under what else there is.
    (page.locator(".list-more summary").last if size == PHONE else page.get_by_label("Export")).click()
    page.get_by_role("link", name="CSV").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+$"))
    expect(page.locator("#job")).to_contain_text("123 of 400")
    page.locator("#job-cancel").focus()
    look(page, f"job-running-{size[0]}")
    assert axe_findings(page) == []
    assert fits_the_window(page)
    address = page.url
    page.goto(company.url + "/jobs")
    expect(page.locator("#jobs")).to_contain_text("123 of 400")
    look(page, f"jobs-{size[0]}")
    assert axe_findings(page) == []
    assert fits_the_window(page)
    page.goto(address)
    page.locator("#job-cancel").focus()
    with page.expect_response(address):
        pass
    expect(page.locator("#job-cancel")).to_be_focused()
    held.go_on.set()
    expect(page.locator("#job")).to_contain_text("The file holds")
    look(page, f"job-done-{size[0]}")
    assert axe_findings(page) == []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    assert download.value.suggested_filename.startswith("Orders ")
    # Longer than the second after which it would ask again.
    page.evaluate("new Promise(done => setTimeout(done, 2500))")
    assert address not in asked


def test_a_job_is_cancelled_by_its_button(pages: Pages, company: Company, held: Held) -> None:
    page = company.open(pages, "/records/client")
    page.get_by_label("Export").click()
    page.get_by_role("link", name="CSV").click()
    expect(page.locator("#job")).to_contain_text("123 of 400")
    page.locator("#job-cancel").click()
    expect(page.locator("#job .pill")).to_have_text("Cancelled")
    expect(page.locator("#job-cancel")).to_have_count(0)


def look(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")
