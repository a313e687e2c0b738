"""The reader's language and theme: numbers, dates, words, and no flash of the wrong colours."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import DESK, PHONE, Pages, Scheme, fits_the_window
from tests.runtime_web.visitor import PASSWORD

DEAREST = "/records/order?sort=-total"
PAINTED = """
window.painted = [];
const look = () => {
  if (document.body) window.painted.push(getComputedStyle(document.body).backgroundColor);
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def add_person(company: Company, login: str, language: str = "") -> str:
    """Somebody of whom no other test knows, who may have chosen a language."""
    people = company.site.workspace.people
    account = people.get(people.add(login, login.title(), password=PASSWORD, roles=["senior_manager"])[0])
    assert account
    if language:
        people.prefer(account, {"language": language})
    return login


def test_the_language_changes_words_numbers_and_dates(pages: Pages, company: Company) -> None:
    page = company.open(pages, DEAREST, login=add_person(company, "vera"))
    cents, day = company.rows('SELECT total, date FROM "order" ORDER BY total DESC LIMIT 1')[0]
    date, total = (
        page.locator("tbody tr").first.locator(".cell-date"),
        page.locator("tbody tr").first.locator(".cell-money").first,
    )
    year, month, number = str(day).split("-")
    euros = f"{cents / 100:,.2f}"
    expect(page.locator("h1")).to_have_text("Orders")
    expect(total).to_contain_text(euros)
    expect(date).to_have_text(f"{number}/{month}/{year}")

    page.locator(".person summary").click()
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("h1")).to_have_text("Заказы")
    expect(total).to_contain_text(re.compile(euros.replace(",", r"\s").replace(".", ",")))
    expect(date).to_have_text(f"{number}.{month}.{year}")
    assert page.url == company.url + DEAREST
    # The choice is the person's, not the browser's.
    other = company.open(pages, "/", login="vera")
    expect(other.locator("h1")).to_have_text("Начало")
    other.locator(".person summary").click()
    other.get_by_role("button", name="Suomi").click()
    expect(other.locator("html")).to_have_attribute("lang", "fi")
    page.reload()
    expect(date).to_have_text(f"{number}.{month}.{year}")


def test_times_are_those_of_the_business_wherever_one_looks(pages: Pages, company: Company) -> None:
    key, stored = company.rows("SELECT id, date FROM contact_event WHERE _trashed_at IS NULL ORDER BY id LIMIT 1")[0]
    there = dt.datetime.fromisoformat(str(stored)).replace(tzinfo=dt.UTC).astimezone(ZoneInfo("Europe/Helsinki"))
    page = company.open(pages, f"/records/contact_event/{key}", zone="America/New_York")
    expect(page.locator("#f-date")).to_have_text(re.compile(f"{there:%d/%m/%Y}.*{there:%H:%M}"))
    # What is typed is of that zone too: saved as it is, it is the same moment.
    page.goto(f"{company.url}/records/contact_event/{key}/edit")
    expect(page.locator("#f-date")).to_have_value(re.compile(f"{there:%Y-%m-%dT%H:%M}"))
    page.locator("#f-summary").fill("From far away")
    page.keyboard.press("Control+s")
    expect(page.locator(".card-read #f-summary")).to_have_text("From far away")
    assert company.one(f"SELECT date FROM contact_event WHERE id = {key}") == stored
    page.goto(f"{company.url}/records/contact_event/{key}/history")
    expect(page.locator(".told-ask")).to_contain_text("Europe/Helsinki")
    changed = page.locator(".told-who time").first
    moment = dt.datetime.fromisoformat(str(changed.get_attribute("datetime"))).astimezone(ZoneInfo("Europe/Helsinki"))
    expect(changed).to_contain_text(f"{moment:%H:%M}")


@pytest.mark.parametrize(
    ("language", "price", "weight", "shown"),
    [
        ("ru", "1 234,5", "0,125", "1 234,50"),
        ("fi", "1234,50", "0,125", "1 234,50"),
        ("en", "1,234.5", "0.125", "1,234.50"),
    ],
)
def test_numbers_are_typed_as_the_language_writes_them(
    pages: Pages, company: Company, language: str, price: str, weight: str, shown: str
) -> None:
    page = company.open(pages, "/records/product/new", login=add_person(company, f"reader-{language}", language))
    for field, text in {"name": f"Saw {language}", "sku": f"SAW-{language}", "price": price, "weight": weight}.items():
        page.locator(f"#f-{field}").fill(text)
    page.keyboard.press("Control+s")
    expect(page).to_have_url(re.compile(r"/records/product/\d+$"))
    expect(page.locator("#f-price")).to_contain_text(re.compile(re.sub(r"[\s]", r"\\s", shown)))
    assert company.rows(f"SELECT price, weight FROM product WHERE sku = 'SAW-{language}'") == [(123450, 125)]
    page.locator("[data-edit]").click()
    expect(page.locator("input#f-name")).to_be_focused()
    page.wait_for_load_state()
    # What is shown for editing means the same when it is saved as it is.
    page.locator("#f-name").fill(f"Better saw {language}")
    page.keyboard.press("Control+s")
    expect(page.locator("h1")).to_contain_text("Better saw")
    assert company.rows(f"SELECT price, weight FROM product WHERE sku = 'SAW-{language}'") == [(123450, 125)]


@pytest.mark.parametrize("language", ["ru", "fi"])
def test_the_longest_words_fit_too(pages: Pages, company: Company, language: str) -> None:
    """At both widths nothing is pushed out of the window, and no label is cut off."""
    login = add_person(company, f"wordy-{language}", language)
    for size in (DESK, PHONE):
        page = company.open(pages, "/", login=login, size=size)
        for path in (
            "/",
            "/records/client",
            "/records/client/1",
            "/records/client/1/edit",
            "/records/order/1/edit",
            "/password",
            "/tokens",
        ):
            page.goto(company.url + path)
            assert fits_the_window(page), (language, size, path)
            assert cut_off(page) == [], (language, size, path)


def cut_off(page: Page) -> list[str]:
    """Labels, buttons and headings of columns whose text is wider than they are."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("label, .form-label, .btn, button, legend, .tab, h2")]
              .filter((element) => element.offsetParent && element.scrollWidth > element.clientWidth + 1)
              .filter((element) => getComputedStyle(element).display !== "inline" && !element.closest(".visually-hidden"))
              .map((element) => element.innerText)"""
        )
    )


@pytest.mark.parametrize(
    ("chosen", "device"), [("Dark", "light"), ("Light", "dark"), ("Auto", "dark"), ("Auto", "light")]
)
def test_a_theme_comes_without_a_flash(pages: Pages, company: Company, chosen: str, device: Scheme) -> None:
    page = company.open(pages, "/", login=add_person(company, f"{chosen}-{device}".lower()), scheme=device)
    page.locator(".person summary").click()
    page.get_by_role("button", name=chosen).click()
    expect(page.get_by_role("button", name=chosen, include_hidden=True)).to_have_attribute("aria-pressed", "true")
    page.context.add_init_script(PAINTED)
    page.goto(company.url + "/records/client")
    expect(page.locator("h1")).to_have_text("Clients")
    dark = chosen == "Dark" or (chosen, device) == ("Auto", "dark")
    page.wait_for_load_state()
    painted = set(page.evaluate("window.painted"))
    assert len(painted) == 1, painted
    red = int(re.findall(r"\d+", painted.pop())[0])
    assert red < 80 if dark else red > 200
    # The device is heard while the page is open.
    other: Scheme = "light" if device == "dark" else "dark"
    page.emulate_media(color_scheme=other)
    now = other if chosen == "Auto" else chosen.lower()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", now)
