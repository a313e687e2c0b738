"""Parts of pages that are made once and filled in for each page."""

from __future__ import annotations

from runtime_web.parts import outlined
from tests.runtime_web.visitor import Site


def test_what_is_said_is_put_into_an_outline_escaped_each_time(site: Site) -> None:
    with site.app.test_request_context("/"):
        pages = [
            outlined("card_line", list_url="/records/a?q=%s&f=1", list_label=label, previous_url=before, next_url="")
            for label, before in (("50 % <off> {list_url}", ""), ("Orders", "/1"), ("Clients", "/2"))
        ]
    assert "50 % &lt;off&gt; {list_url}</a>" in pages[0]
    assert 'href="/records/a?q=%s&amp;f=1"' in pages[0]
    assert "card-around" not in pages[0]
    assert [page.count(' href="/1"') + 2 * page.count(' href="/2"') for page in pages] == [0, 1, 2]
    assert "Clients</a>" in pages[2]


def test_each_language_has_an_outline_of_its_own(site: Site) -> None:
    said = {"list_url": "/", "list_label": "", "previous_url": "/1", "next_url": ""}
    found = []
    for language in ("en", "fi", "en"):
        with site.app.test_request_context("/", headers={"Accept-Language": language}):
            found.append(outlined("card_line", **said))
    assert "Previous record" in found[0]
    assert "Previous record" not in found[1]
    assert found[0] == found[2]
