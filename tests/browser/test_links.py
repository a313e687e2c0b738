"""Every link that can be reached in two clicks leads somewhere, for an administrator and for everybody else."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.company import Company
from tests.browser.watched import PHONE, Pages
from tests.runtime_web.visitor import PASSWORD

CLICKS = 2
READ_ONLY: dict[str, set[str]] = {
    "client": set(),
    "order": set(),
    "product": {"cost", "purchase_currency"},
    "employee": {"salary", "commission_rate", "commission", "sold"},
}
"""What the role view_only does not see of what it may read."""
ALIKE = 3
"""Of links that differ in a number only, so many are followed."""


@dataclass
class Crawl:
    """A walk over links, nearest first. A browser opens one page of each kind; the others are asked for without it."""

    page: Page
    home: str
    clicks: int = CLICKS
    kinds: set[str] = field(default_factory=set)
    followed: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def walk(self) -> None:
        waiting, known = deque([("/", 0)]), {"/"}
        while waiting:
            path, clicks = waiting.popleft()
            for found in self.open(path) if self.is_new_kind(path) else self.ask(path):
                if clicks < self.clicks and found not in known and self.is_wanted(found):
                    known.add(found)
                    waiting.append((found, clicks + 1))

    def open(self, path: str) -> list[str]:
        """Open a page in the browser; the addresses of this site that it links to."""
        answer = self.page.goto(self.home + path)
        assert answer
        if answer.status >= 400:
            self.broken.append(f"{answer.status} {path}")
        return list(
            self.page.evaluate(
                """() => [...document.querySelectorAll("a[href]:not([hidden])")].filter((link) => link.origin === location.origin)
                  .map((link) => link.pathname + link.search)"""
            )
        )

    def ask(self, path: str) -> list[str]:
        answer = self.page.request.get(self.home + path)
        if not answer.ok:
            self.broken.append(f"{answer.status} {path}")
        return []

    def is_new_kind(self, path: str) -> bool:
        kind = re.sub(r"/filter/\w+", "/filter/*", alike(path).partition("?")[0])
        if kind in self.kinds or re.search(r"/export|/files/", path):
            return False
        self.kinds.add(kind)
        return True

    def is_wanted(self, path: str) -> bool:
        self.followed[alike(path)] += 1
        return self.followed[alike(path)] <= ALIKE


def alike(path: str) -> str:
    """An address without what makes it one of many."""
    parts = urlsplit(path)
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return re.sub(r"\d+", "N", parts.path) + "?" + "&".join(names)


@pytest.mark.parametrize("role", ["administrator", "senior_manager", "manager", "view_only"])
def test_every_link_leads_somewhere(pages: Pages, company: Company, role: str) -> None:
    """For each role of the sample: pages without a complaint, and no link to what the role may not see."""
    crawl = Crawl(company.open(pages, "/keys", login=seller(company, role, role)), company.url)
    crawl.walk()
    assert crawl.broken == []
    assert len(crawl.kinds) > 30
    assert ("/users" in crawl.kinds) == (role == "administrator")


def seller(company: Company, login: str, role: str) -> str:
    """The login of somebody with a role, who sells: an employee with orders of their own."""
    people = company.site.workspace.people
    number, _ = people.add(login, role.title(), password=PASSWORD, roles=[role])
    company.do(f'UPDATE employee SET account = {number} WHERE id = (SELECT min(employee) FROM "order")')
    return login


def test_links_of_an_empty_program_lead_somewhere_too(pages: Pages, empty_company: Company) -> None:
    crawl = Crawl(empty_company.open(pages, "/keys"), empty_company.url, clicks=1)
    crawl.walk()
    assert crawl.broken == []


def test_what_a_user_may_not_see_is_absent_and_refused(pages: Pages, company: Company) -> None:
    """In the menu, as a column, an action, a page of its own, a file and a search, whatever the role leaves out."""
    pages.expect_complaint("403|404")
    page = company.open(pages, "/", login=seller(company, "only_reads", "view_only"))
    menu = page.locator(".side-list").first.get_by_role("link").all_inner_texts()
    assert "Wages" not in menu
    assert {"Clients", "Orders", "Employees"} <= set(menu)
    for entity, hidden in READ_ONLY.items():
        page.goto(f"{company.url}/records/{entity}?view=all")
        shown = page.locator("th[data-field]").evaluate_all("all => all.map((one) => one.dataset.field)")
        assert shown, entity
        assert not hidden & set(shown), entity
        expect(page.locator("[data-new], [data-edit], [data-bulk-delete]")).to_have_count(0)
        expect(page.get_by_label("Export")).to_have_count(0)
        page.locator("tbody a.open").first.click()
        expect(page.locator(".card-read")).to_be_visible()
        expect(page.locator("[data-edit], [data-copy-record]")).to_have_count(0)
        for name in hidden:
            expect(page.locator(f"#f-{name}")).to_have_count(0)
    refused = ("order/new", "order/1/edit", "order/export?format=csv", "order/print", "product/filter/cost", "wage")
    for path in refused:
        assert page.request.get(f"{company.url}/records/{path}").status in (403, 404), path
    for path, heading in (("/users", "This is not for you"), ("/records/wage", "There is no such page")):
        page.goto(company.url + path)
        expect(page.locator("h1")).to_have_text(heading)
        expect(page.get_by_role("link", name="To the beginning")).to_be_visible()


def test_the_search_everywhere_leads_to_what_its_reader_may_see(pages: Pages, company: Company) -> None:
    """Records, views and actions; a manager has the orders that are theirs."""
    login = seller(company, "sells", "manager")
    own = f"employee IN (SELECT employee.id FROM employee JOIN _user ON _user.id = account WHERE login = '{login}')"
    mine, foreign = (
        company.one(f'SELECT number FROM "order" WHERE {which} ORDER BY id DESC LIMIT 1')
        for which in (own, f"NOT {own}")
    )
    for reader, found in (
        ("ana", {mine, foreign, "Add order", "Board", "Audit log"}),
        (login, {mine, "Add order", "Board"}),
    ):
        page = company.open(pages, "/", login=reader)
        page.wait_for_load_state()
        page.keyboard.press("Control+k")
        for word in (mine, foreign, "Add order", "Board", "Audit log"):
            with page.expect_response("**/search?**"):
                page.locator("#find").fill(word)
            expect(page.locator("#found")).to_contain_text(word)
            options = page.get_by_role("option", name=re.compile(f"^{word}"))
            assert bool(options.count()) == (word in found), (reader, word)


def test_a_phone_has_the_whole_menu(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/", size=PHONE)
    desk = company.open(pages, "/")
    wanted = desk.locator(".side-list a").evaluate_all("links => links.map(link => link.pathname)")
    page.locator(".bottom summary").click()
    links = page.locator(".bottom a")
    expect(links.last).to_be_visible()
    assert set(wanted) - set(links.evaluate_all("links => links.map(link => link.pathname)")) == set()
