"""Every address that the viewer can read, as a route table: a route that is not named here fails the test."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse

from tests.noninterference.worlds import BOARDS, KEPT, VIEWS
from tests.runtime_web.visitor import Site, Visitor

ENTITIES = ("client", "product", "order", "order_line", "nonsense")
NAMES = {
    "client": ("name", "city", "secret", "turnover", "label", "since", "papers", "tags", "orders"),
    "product": ("name", "cost", "gain"),
    "order": ("note", "margin", "total", "client", "city", "late", "lines"),
    "order_line": ("cost", "amount", "product"),
    "nonsense": ("name",),
}
IDS = (1, 2, 3, 99)
OUTSIDE = {
    "assets.static": "files of the program, the same for everybody",
    "accent.sheet": "a colour of the configuration",
    "account.log_in_form": "before the log-in",
    "account.set_up": "before the log-in",
    "account.password": "the viewer's own password",
    "own.account": "the viewer's own sessions",
    "own.second_factor": "the viewer's own second step",
    "keys.keys": "a page of the program",
    "tokens.mine": "the viewer's own tokens",
    "jobs.one": "jobs of the viewer, of which there are none here",
    "jobs.file": "jobs of the viewer, of which there are none here",
}
"""Routes whose answers hold no records, and why."""
PALETTE = "&palette"
"""Ends the addresses that the search box asks."""
PARTS = ("/glance", "/group", "/totals", "/rows", "/related/", PALETTE)
"""What is in the addresses of parts of pages, which say what they hold only to a script of the page."""
RIGHTS = ("rights", "rights_edit", "rights_who", "rights_why")
ADMINISTRATION = frozenset({"users", "user", "groups", "rates", "audit", *RIGHTS})
THEIRS = frozenset({"tokens.theirs"})
"""Blueprints, and other endpoints, that the viewer reaches none of: tests/runtime_web/test_gate.py."""


LISTS = tuple(f"/records/{entity}" for entity in ENTITIES)
CARDS = tuple(f"/records/{entity}/{key}" for entity in ENTITIES for key in IDS)
FIELDS = tuple((entity, name) for entity in ENTITIES for name in NAMES[entity])
OF_CLIENTS = (
    "view=gold",
    "view=busy",
    "q=gold",
    "q=hush",
    "sort=-secret",
    "sort=city",
    "f=secret:contains:g",
    "f=turnover:ge:1",
    "f=tags:any_of:1",
    "f=papers:filled:",
    "f=label:contains:o",
    "f=since:during:last_999_months",
    "f=any(secret:contains:g;city:contains:o)",
    "f=all(any(label:contains:o;turnover:ge:1);city:filled)",
    "f=nonsense:eq:1",
    "exact=1",
)
OF_ORDERS = (
    "q=hush",
    "q=Oslo",
    "sort=margin",
    "sort=client",
    "f=margin:ge:1",
    "f=city:contains:o",
    "f=client:any_of:1",
    "f=note:blank:",
    "f=late:is:true",
    "size=10&page=2",
    "group=client&totals=total:sum",
    "group=client.city,client.secret&totals=margin:sum,total:average",
    "f=lines:filled:",
    "f=client.city:contains:o",
    "f=client.secret:contains:g",
    "f=client.turnover:ge:1",
    "f=client.label:exactly:Goldgold",
    "f=client.vip:blank:",
    "f=client.manager:none_of:1",
    "f=client.tags:blank:",
    "f=client.nonsense:blank:",
    "f=nonsense.city:blank:",
    "f=any(margin:ge:1;note:blank)",
    "f=any(client.city:contains:o;all(client.secret:blank;late:is:true))",
)
LAID_OUT = (
    *(
        f"/records/order?view={view}"
        for view in ("board", "days", "days&at=2020-01", "days&at=2020-01-01", "board&q=hush")
    ),
    "/records/order?view=days&f=client.city:contains:o",
)
"""Views that are no tables."""
INSIDE = (
    "client/group?group=name&totals=turnover:sum,name:count",
    "client/group?group=label&totals=turnover:max",
    "client/group?group=secret",
    "order/group?group=client&totals=total:sum,margin:max",
    "client/group?totals=turnover:median,secret:distinct&f=city:filled",
    "order/group?group=client.city,client.secret&totals=total:sum",
    "order/group?group=client.label&f=client.city:contains:o&totals=margin:sum",
    "order_line/group?group=product,order.client.city&totals=amount:sum,cost:sum",
    "nonsense/group?group=name",
)
"""What is asked of groups; the viewer gets the part of a page, and the page that a browser without scripts gets."""
FURTHER = (
    "client/rows",
    "order/rows",
    "order/rows?page=2",
    "client/rows?q=hush",
    "client/rows?sort=-secret",
    "order/rows?f=client.secret:contains:g",
)
"""Pages of rows that are scrolled to."""
OF_LINES = (
    "f=order.client.city:contains:o",
    "f=order.client.secret:blank:",
    "f=product.cost:ge:1",
    "f=order.note:blank:",
)
WAYS = (
    "order/{}/client",
    "order/{}/manager",
    "order/{}/nonsense",
    "order_line/{}/order.client",
    "order_line/{}/product",
)
PUT_TOGETHER = ("", *(query for query in OF_CLIENTS if query.startswith(("f=any", "f=all", "f=secret"))))
HIDDEN = (
    ("client", "secret"),
    ("client", "name"),
    ("order", "client.secret"),
    ("order", "margin"),
    ("order", "nonsense"),
)
STEP = "do=apply&node=0&0.field={0}&0.was={0}&0.op=filled"
REACHED = (
    *(("order", f"client.{name}") for name in NAMES["client"]),
    *(("order_line", f"order.{name}") for name in ("client.secret", "client.city", "note", "margin", "client")),
)
PICKED = (
    ("client", "order.client"),
    ("product", "order_line.product"),
    ("product", "client.tags"),
    ("_user", "order.manager"),
    ("nonsense", ""),
)
CALLED = (
    "",
    "?count=exact",
    "?q=hush",
    "?sort=-secret",
    "?sort=-city",
    "?fields=name,secret",
    '?where={"secret":{"contains":"g"}}',
    '?where={"turnover":{"ge":"1"}}',
    '?where={"client.city":{"contains":"o"}}',
    '?where={"client.secret":{"blank":true}}',
    '?where={"order.client.label":{"exactly":"Alfagold"}}',
    "?trashed=true",
    "?limit=1",
)


def _packed(**report: Any) -> str:
    """A report as an address holds it."""
    return base64.urlsafe_b64encode(json.dumps(report).encode()).decode().rstrip("=")


ASKED = tuple(
    (
        entity,
        _packed(
            of=entity,
            rows=[{"field": field}],
            values={"n": {"aggregate": "count"}, **({"v": {"field": value}} if value else {})},
        ),
    )
    for entity, field, value in (
        ("client", "city", "turnover"),
        ("client", "secret", ""),
        ("client", "manager", ""),
        ("order", "client", "total"),
        ("order", "client.city", "margin"),
        ("order", "client.secret", ""),
        ("order", "note", "total"),
        ("order_line", "order.client.name", "amount"),
        ("order_line", "product", "cost"),
        ("product", "name", "cost"),
        ("nonsense", "name", ""),
    )
)


def addresses() -> dict[str, tuple[str, ...]]:
    """By endpoint, the addresses that are visited."""
    return {**_lists(), **_pages(), **_cards(), **_reports(), **_calls()}


def _lists() -> dict[str, tuple[str, ...]]:
    narrowed = (
        *(f"/records/client?{query}" for query in OF_CLIENTS),
        *(f"/records/order?{query}" for query in OF_ORDERS),
        *(f"/records/order_line?{query}" for query in OF_LINES),
    )
    viewed = (f"/records/{view[2]}?view=~{number}" for number, view in VIEWS.items())
    exports = [f"{path}/export?format={kind}" for path in LISTS for kind in ("csv", "xlsx")]
    return {
        "listing.listed": (
            *LISTS,
            *(f"{LISTS[0]}?act={number}" for number in range(1, 6)),
            *narrowed,
            *viewed,
            *LAID_OUT,
        ),
        "listing.filtered": tuple(f"/records/{entity}/filter/{name}" for entity, name in (*FIELDS, *REACHED)),
        "listing.conditions": (
            *(f"/records/{entity}/conditions" for entity in ENTITIES),
            *(f"/records/client/conditions?{query}" for query in PUT_TOGETHER),
            *(f"/records/{entity}/conditions?{STEP.format(name)}" for entity, name in HIDDEN),
        ),
        "grouped.rows": tuple(f"/records/{query}" for query in FURTHER),
        "grouped.group": tuple(f"/records/{query}" for query in INSIDE),
        "grouped.totals": tuple(f"/records/{query}".replace("/group?", "/totals?") for query in INSIDE[-3:]),
        "grouped.grouping": tuple(f"/records/{query}".replace("/group?", "/grouping?") for query in INSIDE[-3:]),
        "listing.fields": tuple(f"/records/{way}".format("filter-by") for way in WAYS),
        "exports.export": (
            *exports,
            "/records/client/export?format=csv&sort=secret&q=gold",
            "/records/order/export?format=csv&f=client.secret:contains:g&f=client.turnover:ge:1",
        ),
        "saved_views.ask": tuple(f"{path}/views/new" for path in LISTS),
        "saved_views.numbers": (
            *(f"{path}/views/numbers" for path in LISTS),
            *(f"/records/{view[2]}/views/numbers?view=~{number}" for number, view in VIEWS.items()),
        ),
        "saved_views.one": tuple(f"/records/{view[2]}/views/{number}" for number, view in VIEWS.items()),
        "columns.panel": tuple(f"{path}/columns" for path in LISTS),
        "prints.listed": (
            *(f"{path}/print" for path in LISTS),
            "/records/client/print?sort=secret&q=gold",
            "/records/order/print?f=client.secret:contains:g&sort=margin",
        ),
        "moving.ask": tuple(f"/records/order/{key}/move?view={view}" for key in IDS for view in ("board", "days")),
    }


def _pages() -> dict[str, tuple[str, ...]]:
    return {
        "home.home": ("/",),
        "hand_over.ask": ("/hand-over", *(f"/hand-over?from={one}&to={3 - one}" for one in (1, 2))),
        "trash.trash": tuple(f"{path}/trash" for path in LISTS),
        "search.search": tuple(
            f"/search?q={text}{part}"
            for text in ("gold", "hush", "Oslo", "0001", "a", "Axe", "")
            for part in ("", PALETTE)
        ),
        "lookup.lookup": tuple(f"/lookup/{to}?q={text}&for={of}" for to, of in PICKED for text in ("", "a", "gold")),
        "files.opened": tuple(f"/files/{key}" for key in IDS),
        "files.small": tuple(f"/files/{key}/thumb/96" for key in IDS),
        "jobs.listed": ("/jobs",),
        "acts.listed": ("/done",),
        "acts.ask": tuple(f"/done/{kind}/{key}/undo" for kind in ("action", "change") for key in IDS),
    }


def _cards() -> dict[str, tuple[str, ...]]:
    begun = ("/records/order/new?client=1", "/records/order/new?copy=1")
    cells = (f"/records/{entity}/{key}/cell/{name}" for entity, name in FIELDS for key in IDS[:2])
    explained = (f"/records/{entity}/{key}/explain/{name}" for entity, name in FIELDS for key in IDS[:2])
    return {
        "card.card": CARDS,
        "card.glance": tuple(f"{path}/glance" for path in CARDS),
        "card.related": tuple(
            f"/records/client/{key}/related/orders?at={at}{more}"
            for key in IDS
            for at in ("0.0", "1.0", "2.0")
            for more in ("", "&q=hush", "&sort=-margin", "&view=late", "&view=gold")
        ),
        "card.edit": tuple(f"{path}/edit" for path in CARDS),
        "card.new": (*(f"{path}/new" for path in LISTS), *begun),
        "cells.editor": tuple(cells),
        "explain.explain": tuple(explained),
        "history.history": tuple(f"{path}/history" for path in CARDS),
        "history.then": tuple(f"{path}/then?at=2200-01-01T00:00" for path in CARDS),
        "timeline.timeline": tuple(f"{path}/{key}/timeline" for path in LISTS for key in (1, 2)),
    }


def _reports() -> dict[str, tuple[str, ...]]:
    return {
        "reports.listed": ("/reports",),
        "reports.one": (
            *(f"/reports/{name}" for name in ("cities", "gains", "hushed", "asked")),
            *(f"/reports/asked?p.who={key}" for key in IDS),
            "/reports/asked?p.note=hush&p.who.from=1",
        ),
        "saved_reports.one": tuple(f"/reports/{number}" for number in (*KEPT, 100000009)),
        "reports.new": tuple(f"/reports/new/{entity}?r={report}" for entity, report in ASKED),
        "reports.file": tuple(
            f"/reports/_file?format={form}&r={report}" for _, report in ASKED for form in ("csv", "live")
        ),
        "dashboards.listed": ("/dashboards",),
        "dashboards.one": ("/dashboards/board", "/dashboards/gains", *(f"/dashboards/{number}" for number in BOARDS)),
        "dashboards.tile": (
            *(f"/dashboards/board/_tile/{name}" for name in ("cities", "hushed", "gains", "busy", "clients")),
            "/dashboards/gains/_tile/gains",
            *(f"/dashboards/{board}/_tile/own_{at}" for board in (200000001, 200000005) for at in range(1, 9)),
        ),
    }


def _calls() -> dict[str, tuple[str, ...]]:
    lists = [f"/api/v1/{entity}" for entity in ENTITIES]
    return {
        "api.api_records.listed": tuple(f"{path}{query}" for path in lists for query in CALLED),
        "api.api_records.one": tuple(f"{path}/{key}" for path in lists for key in IDS),
        "api.api_reports.listed": ("/api/v1/_reports",),
        "api.api_reports.one": tuple(
            f"/api/v1/_reports/{name}" for name in ("cities", "gains", "hushed", 'asked?params={"who":"1"}', *KEPT)
        ),
        "api.api_metadata.views": tuple(f"{path}/_views" for path in lists),
        "api.api_metadata.metadata": ("/api/v1/_metadata",),
        "api.api_description.openapi": ("/api/v1/openapi.json",),
        "api.api_files.described": tuple(f"/api/v1/_files/{key}" for key in IDS),
        "api.api_files.content": tuple(f"/api/v1/_files/{key}/content" for key in IDS),
        "api.api_files.small": tuple(f"/api/v1/_files/{key}/small/96" for key in IDS),
    }


def routes(site: Site) -> set[str]:
    """The endpoints of the application that answer GET, administration apart."""
    found = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {name for name in found - THEIRS if name.partition(".")[0] not in ADMINISTRATION}


def visit(visitor: Visitor, secret: str) -> dict[str, bytes]:
    """What the viewer receives at each address, of the API with a token whose secret this is."""
    found: dict[str, bytes] = {}
    bearing = {"Authorization": f"Bearer {secret}"}
    for paths in addresses().values():
        for path in paths:
            called = path.startswith("/api/")
            part = {"HX-Request": "true"} if any(part in path for part in PARTS) else {}
            answer = visitor.get(path, headers=bearing if called else part)
            assert answer.status_code != 429, path
            found[path] = received(answer)
    found.update(_posted(visitor))
    return found


def _posted(visitor: Visitor) -> Iterator[tuple[str, bytes]]:
    """Questions that are asked with a form: previews of what a save would compute, and what a picker offers."""
    token = visitor.token("/keys")
    for entity in ("client", "order", "product"):
        for key in ("", "/1", "/2"):
            path = f"/records/{entity}{key}/preview"
            form = {"csrf_token": token, "name": "Typed", "client": "1", "manager": "1", "status": "paid", "note": "x"}
            yield path, received(visitor.client.post(path, data=form, buffered=True))
    for entity, name in (("client", "hush"), ("client", "Alfa"), ("product", "Axe"), ("product", "hush")):
        path = f"/records/{entity}/alike"
        yield (
            f"{path} {name}",
            received(visitor.client.post(path, data={"csrf_token": token, "name": name}, buffered=True)),
        )
    texts = json.dumps({"columns": ["product"], "rows": [["Axe"], ["Saw"], ["#1"], ["#2"], ["#99"], ["hush"]]})
    path = "/records/order/lines/lines/read"
    yield path, received(visitor.client.post(path, data={"csrf_token": token, "texts": texts}, buffered=True))


def received(answer: TestResponse) -> bytes:
    """Everything of an answer but what differs between any two: see `PASSING`."""
    assert answer.status_code < 500, answer.request.path
    body = answer.data
    if (answer.mimetype or "").endswith("sheet"):
        body = _unpacked(body)
    text = body.decode("utf-8", "replace")
    for pattern in PASSING:
        text = pattern.sub("*", text)
    headers = sorted((name, value) for name, value in answer.headers if name not in PASSING_HEADERS)
    return f"{answer.status_code}\n{headers}\n{text}".encode()


PASSING = (
    re.compile(r'(?<=name="csrf_token" value=")[^"]+'),  # signed anew, tied to the session
    re.compile(r'(?<="X-CSRFToken": ")[^"]+'),
    re.compile(r'(?<=name="_token" value=")[^"]+'),  # a form's own mark, random
    re.compile(r'(?<=data-token=")[^"]+'),
    re.compile(r"\b[0-9.]+ s(?=</p>)"),  # how long a report took
    re.compile(r"(?<=data-printed>)[^<]+"),  # when it was asked, to the minute
    re.compile(r'(?<=name="at" )value="[^"]+" max="[^"]+"'),  # now, to the minute
)
"""What is random in a page, or changes with the clock."""
PASSING_HEADERS = frozenset({"Date", "Set-Cookie", "Content-Length"})
"""Set by the clock, by the session, or following from what is random; the bytes themselves are compared."""


def _unpacked(body: bytes) -> bytes:
    """The parts of a workbook, but for the one that says when it was made."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(
            name.encode() + packed.read(name) for name in sorted(packed.namelist()) if "core.xml" not in name
        )
