"""Texts that would be code if a page forgot to escape them: in values, labels, file names, searches and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.model import Configuration
from engine.records import Edit
from tests.browser.company import Company, database_url, open_company
from tests.browser.conftest import Serve, served
from tests.browser.watched import Pages
from tests.ready import ready_database

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)></iframe>",
    '" autofocus onfocus="alert(1)',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</template><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "<a href=javascript:alert(1)>here</a>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example><button>here",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{ 7 * 7 }}{% include 'base.html' %}",
    "[[ 7 * 7 ]][% raw %]",
    "{text}{name}{count}%(name)s ${alert(1)}",
)
CODE = """() => [...document.querySelectorAll("*")].filter((element) =>
  element.matches("script:not([src]), style, iframe, form[action*='//evil'], [src='x']")
  || [...element.attributes].some(({ name }) => name.startsWith("on"))
  || ["href", "src", "action", "formaction"].some((name) => element.getAttribute(name)?.trim().startsWith("javascript:"))
).map((element) => element.outerHTML.slice(0, 200))"""
"""Whatever could run, or came from a payload; the pages themselves have no inline script and no inline style."""


def described() -> Configuration:
    """A configuration each of whose labels is hostile."""
    labels = iter(PAYLOADS * 3)
    name = next(labels)
    named = {"label": next(labels), "plural": next(labels)}

    def labelled(kind: str, **more: Any) -> dict[str, Any]:
        return {"type": kind, "label": next(labels), **more}

    thing = {
        "name": labelled("text", required=True, help=next(labels)),
        "notes": labelled("long_text", search=True),
        "kind": labelled("choice", options=[option("a", next(labels), color="blue"), option("b", next(labels))]),
        "tags": labelled("multi_choice", options=[option("x", next(labels))]),
        "count": labelled("integer", unit=next(labels)),
        "owner": labelled("reference", to="thing", on_delete="clear"),
        "friends": labelled("multi_reference", to="thing"),
        "homepage": labelled("url"),
        "papers": labelled("file"),
        "parts": labelled("lines", of="part"),
        "owned": labelled("related", of="thing", by="owner"),
    }
    part = {"name": labelled("text"), "thing_too": {"type": "reference", "to": "thing"}}
    views = {
        "all": {"label": next(labels), "columns": [name for name in thing if name not in {"parts", "owned"}]},
        "short": {"label": next(labels), "columns": ["name"]},
    }
    entities = {
        "thing": {**named, "fields": thing, "views": views},
        "part": {"kind": "child", "label": next(labels), "plural": next(labels), "fields": part},
    }
    return Configuration.model_validate({"kartoteka": 1, "name": "hostile", "label": name, "entities": entities})


def option(value: str, label: str, **more: str) -> dict[str, str]:
    """One option of a choice."""
    return {"value": value, "label": label, **more}


@pytest.fixture(scope="module")
def hostile(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, serve: Serve, quick_hashes: None
) -> Iterator[Company]:
    """A program whose labels are the payloads, and whose records are too."""
    folder = tmp_path_factory.mktemp("hostile")
    database = ready_database(database_url(folder), described())
    database.close()
    with served(open_company(folder, described()), serve) as company:
        before: int | None = None
        for payload in PAYLOADS:
            values: dict[str, Any] = {
                "name": payload,
                "notes": payload,
                "kind": "a",
                "tags": ("x",),
                "count": 7,
                "owner": before,
            }
            before = company.site.records.create("thing", Edit(values, None, {})).id
        yield company


@pytest.fixture
def page(pages: Pages, hostile: Company) -> Page:
    """The list of the records; a dialog of the browser would be a payload that ran."""
    shown = hostile.open(pages, "/")
    shown.on("dialog", lambda dialog: pages.complain(f"dialog: {dialog.message}"))
    return shown


def is_harmless(page: Page) -> None:
    page.wait_for_load_state()
    assert page.evaluate(CODE) == [], page.url


def test_pages_show_them_as_they_were_typed(hostile: Company, page: Page) -> None:
    is_harmless(page)
    page.goto(hostile.url + "/records/thing?sort=name&size=25")
    is_harmless(page)
    assert sorted(page.locator("tbody a.open").all_inner_texts()) == sorted(PAYLOADS)
    expect(page.locator("h1")).to_have_text(PAYLOADS[2])
    # Labels take part in the making of the table's template, and are still only texts.
    thing = described().entities["thing"]
    headings = page.locator(".th-sort").evaluate_all("all => all.map(heading => heading.firstChild.textContent)")
    assert headings == [thing.fields[name].label for name in thing.views["all"].columns]
    for path in (
        "/1",
        "/2",
        "/2/edit",
        "/18/edit",
        "/new",
        "/trash",
        "/filter/kind",
        "/filter/owner?v=1",
        "?q=" + quote(PAYLOADS[0]),
    ):
        page.goto(f"{hostile.url}/records/thing{path}")
        is_harmless(page)
    page.goto(hostile.url + "/records/thing/2")
    expect(page.locator("h1")).to_have_text(PAYLOADS[1])
    expect(page.locator("#f-notes")).to_have_text(PAYLOADS[1])
    expect(page.locator("#f-owner")).to_have_text(PAYLOADS[0])


def test_searches_and_pickers_give_them_back_as_texts(hostile: Company, page: Page) -> None:
    page.goto(hostile.url + "/records/thing/new")
    find, picker = page.locator("#find"), page.locator("#f-owner-ts-control")
    for payload in PAYLOADS:
        # What nothing is called is named in the answer.
        find.fill("zzz" + payload)
        expect(page.locator("#found")).to_contain_text(f"Nothing contains “zzz{payload}”.")
        picker.fill(payload)
        expect(page.locator("#f-owner-ts-dropdown .create")).to_contain_text(payload)
        is_harmless(page)
    find.fill("alert")
    expect(page.get_by_role("option", name="alert(1)").first).to_be_visible()
    is_harmless(page)


def test_answers_and_toasts_show_them_as_texts(pages: Pages, hostile: Company, page: Page) -> None:
    pages.expect_complaint("404|422")
    page.goto(hostile.url + "/records/thing/new")
    for payload in PAYLOADS[:7]:
        page.locator("#f-name").fill(payload)
        page.locator("#f-count").fill(payload)
        page.locator("#f-homepage").fill("javascript:alert(1)")
        page.locator("[data-save]").click()
        # What was typed stands in the sentences about it.
        expect(page.locator("#f-count-said")).to_contain_text(payload[:20])
        expect(page.locator("#f-homepage")).to_have_attribute("aria-invalid", "true")
        is_harmless(page)
    page.locator("#f-count").fill("")
    page.locator("#f-homepage").fill("")
    file = {
        "name": '"><img src=x onerror=alert(1)>.txt',
        "mimeType": "text/plain",
        "buffer": b"<script>alert(1)</script>",
    }
    page.locator("#f-papers input[type=file]").first.set_input_files(file)  # type: ignore[arg-type]
    expect(page.locator("#f-papers [data-file]")).to_have_count(1)
    is_harmless(page)
    page.locator("[data-save]").click()
    expect(page.locator("#toasts")).to_contain_text(f"“{PAYLOADS[6]}” was added.")
    expect(page.locator("#f-papers")).to_contain_text("img src=x")
    is_harmless(page)
    # The file itself is no page of this site.
    served_file = page.request.get(hostile.url + str(page.locator("#f-papers a").get_attribute("href")))
    assert "html" not in served_file.headers["content-type"]
    page.locator(".top-actions details summary").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text(f"Deleted: {PAYLOADS[6]}")
    is_harmless(page)


def test_addresses_show_them_as_texts(pages: Pages, hostile: Company, page: Page) -> None:
    pages.expect_complaint("404")
    texts = [quote(payload, safe="") for payload in PAYLOADS]
    chips, strays = "&".join(f"f=name:contains:{text}" for text in texts[:18]), "&".join(f"f={text}" for text in texts)
    first = texts[0]
    for path in (
        f"?{chips}&q={first}",
        f"?{strays}&view={first}&sort={first}",
        *(f"/new?name={text}" for text in texts[::4]),
    ):
        page.goto(f"{hostile.url}/records/thing{path}")
        is_harmless(page)
    expect(page.locator("#f-name")).to_have_value(PAYLOADS[16])
    for text in texts[::4]:
        page.goto(f"{hostile.url}/{text}")
        is_harmless(page)
    door = hostile.open(pages, f"/login?next={first}", login="")
    is_harmless(door)
    door.goto(hostile.url + "/login?next=javascript:alert(1)")
    expect(door.locator("form", has=door.locator("#login")).locator("[name=next]")).to_have_value("/")
