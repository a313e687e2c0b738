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
    crawl = Crawl(company.open(pages, "/keys", login=seller(company, role)), company.url)
    crawl.walk()
    assert crawl.broken == []
    assert len(crawl.kinds) > 30
    assert ("/users" in crawl.kinds) == (role == "administrator")


def seller(company: Company, role: str) -> str:
    """The login of somebody with a role, who sells: an employee with orders of their own."""
    people = company.site.workspace.people
    number, _ = people.add(role, role.title(), password=PASSWORD, roles=[role])
    company.do(f'UPDATE employee SET account = {number} WHERE id = (SELECT min(employee) FROM "order")')
    return role


def test_links_of_an_empty_program_lead_somewhere_too(pages: Pages, empty_company: Company) -> None:
    crawl = Crawl(empty_company.open(pages, "/keys"), empty_company.url, clicks=1)
    crawl.walk()
    assert crawl.broken == []


def test_what_a_user_may_not_see_is_absent_and_refused(pages: Pages, company: Company) -> None:
    pages.expect_complaint("403")
    page = company.open(pages, "/", login="ben")
    expect(page.get_by_role("link", name="Users")).to_have_count(0)
    page.goto(company.url + "/users")
    expect(page.locator("h1")).not_to_have_text("Users")
    expect(page.get_by_role("link", name="To the beginning")).to_be_visible()


def test_a_phone_has_the_whole_menu(pages: Pages, company: Company) -> None:
    page = company.open(pages, "/", size=PHONE)
    desk = company.open(pages, "/")
    wanted = desk.locator(".side-list a").evaluate_all("links => links.map(link => link.pathname)")
    page.locator(".bottom summary").click()
    links = page.locator(".bottom a")
    expect(links.last).to_be_visible()
    assert set(wanted) - set(links.evaluate_all("links => links.map(link => link.pathname)")) == set()
