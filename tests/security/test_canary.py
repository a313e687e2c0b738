"""A word that stands wherever Ann may not look is in nothing that she receives: no body, no header, no page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.noninterference.visits import addresses
from tests.runtime_web.seen import unmarked
from tests.security.hidden import AMOUNT, CANARY, GOOD, Hidden, open_hidden

HIDDEN = (CANARY, CANARY.upper(), str(AMOUNT), "7,391.53", "73.91", "7391")
"""How it may be written: as it is, folded, and amounts in the ways of pages and files."""
MORE = (
    *(f"/files/{key}" for key in range(1, 6)),
    *(f"/files/{key}/thumb/96" for key in range(1, 6)),
    *(f"/api/v1/_files/{key}{suffix}" for key in range(1, 6) for suffix in ("", "/content", "/small/96")),
    *(f"/records/order/{key}{suffix}" for key in (3, 4, 5) for suffix in ("", "/edit", "/history")),
    *(f"/records/order/{key}/then?at=2200-01-01T00:00" for key in (3, 4, 5)),
    *(f"/records/client/filter/{name}" for name in ("secret", "discount", "contract")),
    "/records/order?q=quokka&exact=1",
    "/search?q=quokka",
    "/api/v1/order?q=quokka",
    "/done",
    "/audit",
    "/rights",
    "/users",
)


@pytest.fixture
def trade(database_url: str, tmp_path: Path) -> Iterator[Hidden]:
    yield from open_hidden(database_url, tmp_path)


def everything(answer: TestResponse) -> str:
    """The status, all headers, and the body as text; of a workbook what is packed in it."""
    body = answer.data
    if (answer.mimetype or "").endswith("sheet"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return f"{answer.status} {answer.headers} {unmarked(body.decode('utf-8', 'replace'))}"


def test_no_response_holds_it(trade: Hidden) -> None:
    asked = {path for paths in addresses().values() for path in paths} | set(MORE)
    found = {}
    shown = 0
    for path in sorted(asked):
        text = everything(trade.get(path))
        found[path] = [word for word in HIDDEN if word in text]
        shown += GOOD in text
    for entity in ("client", "order", "product"):
        for key in ("", "/1", "/2", "/3"):
            form = {"name": "Typed", "client": "1", "manager": "1", "status": "new"}
            for action in ("/preview", ""):
                path = f"/records/{entity}{key}{action}"
                if key or action:
                    text = everything(trade.post(path, form))
                    found[f"POST {path}"] = [word for word in HIDDEN if word in text]
    assert {path: words for path, words in found.items() if words} == {}
    assert shown > 20


def test_the_word_is_there_for_whoever_may_see_it(trade: Hidden) -> None:
    """Otherwise the test above would show nothing."""
    ana = trade.site.visitor("ana")
    paths = (
        "/records/client/1",
        "/records/client/1/history",
        "/records/order",
        "/records/order/3",
        "/files/1",
        "/done",
    )
    assert [path for path in paths[:5] if CANARY not in everything(ana.get(path))] == []
    assert f"{AMOUNT}" in everything(ana.get("/records/product/export?format=csv"))
