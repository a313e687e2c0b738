"""One walk through a working day: log in, add a client and an order, find them, edit at the same time, delete, undo."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import DESK, PHONE, Pages, Scheme, fits_the_window
from tests.runtime_web.visitor import PASSWORD

SAVED = re.compile(r"/records/\w+/\d+$")


@pytest.mark.parametrize(
    ("size", "scheme", "name"),
    [
        pytest.param(DESK, "light", "Ёлкин и сыновья", id="desk-light"),
        pytest.param(DESK, "dark", "Ежова Анна", id="desk-dark"),
        pytest.param(PHONE, "light", "Эридан Плюс", id="phone-light"),
        pytest.param(PHONE, "dark", "Юность", id="phone-dark"),
    ],
)
def test_a_day_at_the_office(pages: Pages, company: Company, size: tuple[int, int], scheme: Scheme, name: str) -> None:
    page = company.open(pages, "/", login="", size=size, scheme=scheme)
    walk = Walk(company, page, name, phone=size == PHONE)
    walk.log_in()
    walk.add_a_client_with_contact_persons_and_a_photo()
    walk.order_three_things()
    walk.find_by_first_letters()
    other = company.open(pages, walk.card, login="ben", size=size, scheme=scheme)
    walk.edit_at_the_same_time(other)
    walk.delete_and_undo()


@dataclass
class Walk:
    company: Company
    page: Page
    name: str
    phone: bool
    card: str = ""
    order: str = ""

    def log_in(self) -> None:
        expect(self.page).to_have_url(re.compile("/login"))
        self.page.locator("#login").fill("ana")
        self.page.locator("#password").fill(PASSWORD)
        self.page.locator("#password").press("Enter")
        expect(self.page.locator("h1")).to_have_text("Home")
        self.fits()

    def add_a_client_with_contact_persons_and_a_photo(self) -> None:
        page = self.page
        page.locator(".bottom" if self.phone else ".side").get_by_role("link", name="Clients", exact=True).click()
        expect(page.locator("h1")).to_have_text("Clients")
        page.locator("[data-new]").click()
        expect(page.locator("#f-name")).to_be_focused()
        page.wait_for_load_state()
        page.keyboard.insert_text(self.name)
        page.locator("#f-contacts-n1-name").focus()
        self.type_cells("Ольга Ёлкина", "Director", "+358 9 1234567")
        page.keyboard.press("Enter")
        expect(page.locator("#f-contacts-n2-name")).to_be_focused()
        self.type_cells("Șerban Țîrlea", "Driver")
        photo = {"name": "фото.png", "mimeType": "image/png", "buffer": picture()}
        page.get_by_label("Choose a picture").set_input_files(photo)  # type: ignore[arg-type]
        expect(page.locator("#f-logo img")).to_be_visible()
        page.keyboard.press("Control+s")
        self.card = self.saved()
        expect(page.locator("#toasts")).to_contain_text(f"“{self.name}” was added.")
        expect(page.locator(".lines tbody tr")).to_have_count(2)
        expect(page.locator("#f-logo img")).to_have_js_property("complete", True)
        assert page.locator("#f-logo img").evaluate("picture => picture.naturalWidth") > 0
        people = f"SELECT name FROM contact_person WHERE client = {self.key(self.card)} ORDER BY _position"
        assert self.company.rows(people) == [("Ольга Ёлкина",), ("Șerban Țîrlea",)]

    def order_three_things(self) -> None:
        page = self.page
        page.get_by_role("tab", name="Orders").click()
        page.get_by_role("link", name="Add order").click()
        # The client is there already, since the order was begun on the client's card.
        expect(page.locator(".field-reference .item").first).to_have_text(self.name)
        page.wait_for_load_state()
        page.locator("#f-date").fill("2026-03-02")
        page.locator("[data-line] .col-reference select").first.click()
        self.type_line("bench light", "2", "10.30")
        page.keyboard.press("Enter")
        self.type_line("floor lamp", "1", "99")
        page.keyboard.press("Enter")
        self.type_line("herbal tea", "0.5", "8.20")
        page.keyboard.press("Control+Enter")
        # Back on the client's card, whose tab shows the new order.
        expect(page.get_by_role("tab", name="Orders")).to_have_attribute("aria-selected", "true")
        page.get_by_role("link", name="ORD-2026-").click()
        self.order = self.saved()
        expect(page.locator("h1")).to_contain_text(re.compile(r"ORD-2026-\d{5}"))
        lines = f'SELECT quantity, amount FROM order_line WHERE "order" = {self.key(self.order)} ORDER BY _position'
        assert self.company.rows(lines) == [(2000, 2060), (1000, 9900), (500, 410)]
        sums = f'SELECT net, vat, total, paid, debt FROM "order" WHERE id = {self.key(self.order)}'
        assert self.company.rows(sums) == [(12370, 3154, 15524, 0, 15524)]
        expect(page.locator("#f-total")).to_contain_text("155.24")
        turnover = f"SELECT turnover, debt, order_count, tier FROM client WHERE id = {self.key(self.card)}"
        assert self.company.rows(turnover) == [(12370, 0, 1, "basic")]

    def find_by_first_letters(self) -> None:
        """In the search over everything and in the list: by the first letters, however ё and capitals are typed."""
        page, letters = self.page, self.name[:3].lower().replace("ё", "е")
        page.wait_for_load_state()
        if self.phone:
            page.get_by_role("link", name="Search everywhere").click()
        else:
            page.keyboard.press("/")
        expect(page.locator("#find")).to_be_focused()
        page.keyboard.insert_text(letters)
        first = page.get_by_role("option", name=re.compile(f"^{re.escape(self.name)}"))
        expect(first).to_have_attribute("aria-selected", "true")
        if self.phone:
            first.tap()
        else:
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(self.name)
        page.goto(self.company.url + "/records/client")
        page.locator("#list-q").focus()
        page.keyboard.insert_text(letters.upper())
        expect(page.locator("tbody tr")).to_have_count(1)
        page.locator("tbody a.open", has_text=self.name).click()
        expect(page.locator("h1")).to_have_text(self.name)

    def edit_at_the_same_time(self, other: Page) -> None:
        """Different fields are merged; of the same field both values are shown, and one can be chosen."""
        page = self.page
        for mine in (page, other):
            mine.goto(self.company.url + self.card + "/edit")
        other.locator("#f-city").fill("Iași")
        self.save(other)
        page.locator("#f-email").fill("office@firma.example")
        self.save(page)
        expect(page.locator("#toasts")).to_contain_text("Somebody else has changed this meanwhile")
        expect(page.locator("#f-city")).to_have_text("Iași")
        for mine in (page, other):
            mine.goto(self.company.url + self.card + "/edit")
        other.locator("#f-city").fill("Vlorë")
        self.save(other)
        page.locator("#f-city").fill("Самара")
        page.locator("[data-save]").click()
        expect(page.get_by_label("Keep mine: Самара")).to_be_visible()
        self.fits()
        page.get_by_label("Take theirs: Vlorë").check()
        self.save(page)
        assert self.company.one(f"SELECT city FROM client WHERE id = {self.key(self.card)}") == "Vlorë"

    def delete_and_undo(self) -> None:
        page = self.page
        self.delete()
        # A client with orders stays, and the page says why.
        expect(page.locator(".toast-wrong")).to_be_visible()
        expect(page.locator("h1")).to_have_text(self.name)
        page.goto(self.company.url + self.order)
        self.delete()
        trashed = f'SELECT count(*) FROM "order" WHERE id = {self.key(self.order)} AND _trashed_at IS NOT NULL'
        expect(page.locator("#toasts")).to_contain_text("Deleted: ORD-2026-")
        assert self.company.one(trashed) == 1
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#toasts")).to_contain_text("1 record is back.")
        assert self.company.one(trashed) == 0
        page.goto(self.company.url + self.order)
        expect(page.locator(".lines tbody tr")).to_have_count(3)

    def delete(self) -> None:
        self.page.locator(".top-actions details summary").click()
        self.page.get_by_role("button", name="Delete").click()

    def save(self, page: Page) -> None:
        page.locator("[data-save]").click()
        expect(page).to_have_url(SAVED)

    def saved(self) -> str:
        """The path of the card that a save led to."""
        expect(self.page).to_have_url(SAVED)
        self.fits()
        return self.page.url.removeprefix(self.company.url)

    def type_cells(self, *texts: str) -> None:
        for number, text in enumerate(texts):
            if number:
                self.page.keyboard.press("Tab")
            self.page.keyboard.insert_text(text)

    def type_line(self, product: str, *numbers: str) -> None:
        """One line of an order: Enter takes what the search finds first, even before the answer is there."""
        lines = self.page.locator("[data-line]")
        expect(lines.last.locator(".ts-control input")).to_be_focused()
        self.page.keyboard.type(product)
        self.page.keyboard.press("Enter")
        expect(lines.last.locator(".item")).to_have_text(re.compile(product, re.IGNORECASE))
        self.page.keyboard.press("Tab")
        self.type_cells(*numbers)

    def fits(self) -> None:
        assert fits_the_window(self.page), self.page.url

    @staticmethod
    def key(path: str) -> int:
        return int(path.rsplit("/", 1)[1])


def picture() -> bytes:
    """A small photograph."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((120, 80)).save(written, "PNG")
    return written.getvalue()
