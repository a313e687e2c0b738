"""Attached files in a real browser: chosen, dropped, pasted, photographed, refused, removed, and never run."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.archive import picture
from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages, axe_findings, fits_the_window

# The event that a browser sends when something is dropped or pasted; scripts of a page cannot open a file chooser.
CARRY = """([selector, kind, name, content]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([content], name, {type: "text/plain"}));
  const options = {bubbles: true, cancelable: true};
  const target = document.querySelector(selector);
  if (kind === "paste") target.dispatchEvent(new ClipboardEvent("paste", {...options, clipboardData: carried}));
  else for (const each of ["dragover", "drop"]) target.dispatchEvent(new DragEvent(each, {...options, dataTransfer: carried}));
}"""
CHANGED = "document.documentElement.hasAttribute('data-changed')"


def sent(name: str, content: bytes = b"text") -> Any:
    return {"name": name, "mimeType": "application/x-whatever", "buffer": content}


def edit_files(company: Company, pages: Pages, client: int, **options: Any) -> tuple[Page, Locator]:
    """The form of a client at its tab of files, and the place for files there."""
    page = company.open(pages, f"/records/client/{client}/edit", **options)
    page.get_by_role("tab", name="Files").click()
    return page, page.locator("#f-files")


def choose(place: Locator, *files: Any) -> None:
    place.locator("input[type=file]").first.set_input_files(list(files))


def attached(place: Locator, count: int) -> list[str]:
    """The names in a place once so many files have arrived."""
    expect(place.locator("[data-file]")).to_have_count(count)
    expect(place.locator(".file-coming")).to_have_count(0)
    return place.locator("[data-file] .file-name").all_inner_texts()


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-edit]")).to_be_visible()


def test_files_come_in_every_way_and_stay_in_order(company: Company, pages: Pages) -> None:
    page, place = edit_files(company, pages, 10)
    choose(place, sent("Договор.pdf", picture("PDF")), sent("photo.jpg", picture("JPEG", (600, 400))))
    assert attached(place, 2) == ["Договор.pdf", "photo.jpg"]
    page.evaluate(CARRY, ["#f-files", "drop", "dropped.txt", "dropped"])
    attached(place, 3)
    page.evaluate(CARRY, ["body", "paste", "pasted.txt", "pasted"])
    assert attached(place, 4)[2:] == ["dropped.txt", "pasted.txt"]
    assert page.evaluate(CHANGED)
    assert axe_findings(page) == []
    place.get_by_role("button", name="Remove dropped.txt").click()
    expect(place.get_by_role("button", name="Remove pasted.txt")).to_be_focused()
    save(page)
    other = company.open(pages, "/records/client/10", login="ben")
    other.get_by_role("tab", name="Files").click()
    assert other.locator(".file-name").all_inner_texts() == ["Договор.pdf", "photo.jpg", "pasted.txt"]
    shown_over_the_page(other)


def shown_over_the_page(page: Page) -> None:
    """Files are looked at one after the other, without leaving the card."""
    page.get_by_role("link", name="photo.jpg").click()
    dialog = page.get_by_role("dialog", name="photo.jpg")
    expect(dialog.get_by_role("img", name="photo.jpg")).to_be_visible()
    expect(dialog.locator("[data-shown-at]")).to_have_text("2 of 3")
    assert axe_findings(page) == []
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="pasted.txt").locator("pre")).to_have_text("pasted")
    expect(page.get_by_role("button", name="Next file")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Previous file").click()
    # Browsers without a viewer for PDF, such as the one of these tests, say so; the others show it.
    shows = page.evaluate("navigator.pdfViewerEnabled")
    expect(
        page.get_by_role("dialog", name="Договор.pdf").locator("iframe" if shows else ".shown-body p")
    ).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Договор.pdf")).to_be_focused()
    assert "/records/client/10" in page.url


def test_a_picture_takes_the_place_of_the_one_before(company: Company, pages: Pages) -> None:
    page = company.open(pages, "/records/employee/1/edit")
    place = page.locator("#f-photo")
    assert attached(place, 1) == ["photo-1.png"]
    choose(place, sent("new.png", picture()))
    expect(place.get_by_text("new.png")).to_be_visible()
    assert attached(place, 1) == ["new.png"]
    save(page)
    expect(page.get_by_role("img", name="new.png")).to_be_visible()


def test_what_is_refused_says_why_and_harms_nothing(company: Company, pages: Pages) -> None:
    pages.expect_complaint("422")
    page, place = edit_files(company, pages, 11)
    choose(place, sent("empty.txt", b""), sent("good.txt"))
    assert attached(place, 1) == ["good.txt"]
    expect(place.get_by_role("alert")).to_contain_text("“empty.txt” is empty.")
    place.get_by_role("button", name="Dismiss").click()
    expect(place.get_by_role("alert")).to_have_count(0)
    page.get_by_role("tab", name="Client", exact=True).click()
    logo = page.locator("#f-logo")
    choose(logo, sent("page.png", b"<!doctype html><script>alert(1)</script>"))
    expect(logo.get_by_role("alert")).to_contain_text("“page.png” is not a picture that can be shown here.")


def test_what_is_too_large_is_not_even_sent(company: Company, pages: Pages) -> None:
    _, place = edit_files(company, pages, 11)
    place.evaluate("place => { place.dataset.largest = '10'; }")
    choose(place, sent("large.txt", b"x" * 11))
    expect(place.get_by_role("alert")).to_contain_text("“large.txt” is larger than 20 MB.")


def test_a_save_waits_for_what_is_on_its_way(company: Company, pages: Pages) -> None:
    page, place = edit_files(company, pages, 12)
    choose(place, sent("late.bin", b"\0" * 4_000_000))
    save(page)
    page.get_by_role("tab", name="Files").click()
    assert page.locator(".file-name").all_inner_texts() == ["late.bin"]


def test_a_file_that_misses_its_place_leaves_the_page_alone(company: Company, pages: Pages) -> None:
    page, place = edit_files(company, pages, 13)
    page.evaluate(CARRY, [".top", "drop", "missed.txt", "x"])
    attached(place, 0)
    assert "/edit" in page.url


def test_after_the_session_has_ended_one_signs_in_and_goes_on(company: Company, pages: Pages) -> None:
    pages.expect_complaint("401")
    # A preview that is under way when one signs in still carries the token of the session that has ended.
    pages.expect_complaint("400 .*/preview")
    page, place = edit_files(company, pages, 14)
    company.end_sessions()
    choose(place, sent("a.txt"))
    dialog = page.locator("#sign-in")
    dialog.get_by_label("Login name").fill("ana")
    dialog.get_by_label("Password").fill("three quiet herons")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).not_to_be_visible()
    choose(place, sent("a.txt"))
    assert attached(place, 1) == ["a.txt"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_takes_photos(company: Company, pages: Pages, scheme: Any) -> None:
    page = company.open(pages, "/records/product/1/edit", size=PHONE, scheme=scheme)
    place = page.locator("#f-image")
    expect(place.get_by_text("Take a photo")).to_be_visible()
    camera = place.locator("[data-file-camera]")
    camera.set_input_files(sent("image.jpg", picture("JPEG", (900, 1200))))
    attached(place, 2)
    assert fits_the_window(page)
    found = [finding for finding in axe_findings(page) if "file" in finding]
    assert found == []


def test_what_is_active_is_saved_and_not_shown(company: Company, pages: Pages) -> None:
    page, place = edit_files(company, pages, 15)
    choose(place, sent("page.html", b"<!doctype html><script>alert(1)</script>"))
    attached(place, 1)
    with page.expect_download() as started:
        place.get_by_role("link", name="page.html").click()
    assert started.value.suggested_filename == "page.html"
    assert "/edit" in page.url
