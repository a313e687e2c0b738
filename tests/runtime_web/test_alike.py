"""A form says which records are like the one being entered."""

from __future__ import annotations

import re
from typing import Any

from engine.records import Edit
from tests.runtime_web.seen import seen
from tests.runtime_web.visitor import Site, Visitor


def told(visitor: Visitor, path: str, **typed: str) -> dict[str, list[str]]:
    """What stands below each field of a form in which this is typed."""
    shown = visitor.get(path)
    form: dict[str, Any] = dict(seen(shown.text).form) | typed
    (url,) = re.findall(r'data-alike="([^"]+)"', shown.text)
    answer = visitor.client.post(url, data=form)
    assert answer.status_code == 200
    return {
        name: [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)).strip()
            for line in re.findall(r"(?s)<li[^>]*>(.*?)</li>", html)
        ]
        for name, html in answer.get_json().items()
    }


def test_equal_values_and_similar_names_are_told_below_their_fields(any_site: Site) -> None:
    any_site.records.create("client", Edit({"name": "Acme <b> Tools Ltd", "code": "A1", "phone": "+358401234567"}))
    other = any_site.records.create("client", Edit({"name": "Bolt"})).id
    ana = any_site.visitor("ana")
    new = "/records/client/new"
    assert 'data-alike-by="code phone name"' in ana.get(new).text
    assert told(ana, new, name="Acme B Tool", phone="040 1234567") == {
        "phone": ["The same stands in: Acme &lt;b&gt; Tools Ltd"],
    }
    assert told(ana, new, name="Tools, Acme (b)", code="a1", phone="12") == {
        "code": ["The same stands in: Acme &lt;b&gt; Tools Ltd"],
    }
    assert told(ana, new, name="Akme B Tools") == {
        "name": ["There is something of a similar name: Acme &lt;b&gt; Tools Ltd"]
    }
    assert told(ana, new, name="") == {}
    # A record is not like itself, and what was not changed is no news.
    assert told(ana, f"/records/client/{other}/edit") == {}
    assert told(ana, f"/records/client/{other}/edit", name="Acme b tools") != {}
    assert told(ana, "/records/client/1/edit", city="Oslo") == {}
    assert "data-alike=" not in ana.get("/records/order/new").text
    assert ana.client.post("/records/nothing/alike", data={"csrf_token": ana.token("/keys")}).status_code == 404
