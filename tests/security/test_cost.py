"""What one request may cost: an answer within seconds, or a refusal; and what is too large is not even read."""

from __future__ import annotations

import io
import time
import tracemalloc
from urllib.parse import quote

import pytest

from tests.runtime_web.visitor import Site, token_in

SECONDS = 5
MANY = 5_000


@pytest.fixture
def filled(any_site: Site) -> Site:
    """A list that is long enough for what grows with it to be felt."""
    with any_site.records.batch() as batch:
        batch.add("client", ("name",), [(f"Client {number} of many",) for number in range(MANY)])
    return any_site


ADDRESSES = {
    "a page of a million": "/records/client?size=1000000",
    "the millionth page": "/records/client?page=999999999",
    "a condition with 10,000 values": "/records/client?f=partners:any_of:" + ",".join(map(str, range(1, 10_001))),
    "500 conditions": "/records/client?" + "&".join(f"f=name:contains:{number}" for number in range(500)),
    "500 orders": "/records/client?sort=" + ",".join(["name", "-city"] * 250),
    "wildcards": "/records/client?q=" + quote("%_" * 500),
    "a thousand words": "/records/client?q=" + quote("an " * 1000),
    "a search with everything": "/search?q=" + quote("% a e i o u " * 20),
    "a picker with a long text": "/lookup/client?q=" + "a" * 5000,
    "a number of many digits": "/records/client/" + "9" * 4000,
    "a text that repeats": "/records/client?f=name:contains:" + quote("a" * 20_000),
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_no_address_costs_more_than_seconds(filled: Site, address: str) -> None:
    ben = filled.visitor("ben")
    start = time.perf_counter()
    answer = ben.get(address)
    assert time.perf_counter() - start < SECONDS
    assert answer.status_code < 500
    assert len(answer.data) < 2_000_000


class Endless(io.RawIOBase):
    """A body that never ends, and knows how much of it was read."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        self.taken += len(buffer)
        assert self.taken < 200_000_000, "too much of it is read"
        buffer[:] = b"a" * len(buffer)
        return len(buffer)


@pytest.mark.parametrize("path", ["/login", "/records/client/new", "/files/client/name", "/users/new"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_a_body_of_a_gigabyte_is_not_read(site: Site, path: str, kind: str) -> None:
    visitor = site.visitor("ben" if path != "/login" else "")
    token = token_in(visitor.get("/keys" if path != "/login" else path).text)
    body = Endless()
    tracemalloc.start()
    answer = visitor.client.post(
        path,
        headers={"X-CSRFToken": token},
        environ_overrides={
            "wsgi.input": io.BufferedReader(body),
            "CONTENT_TYPE": kind,
            "CONTENT_LENGTH": str(1024**3),
        },
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code in (400, 413)
    assert peak < 60_000_000
    assert body.taken < 60_000_000


def test_a_name_in_a_form_may_not_be_endless(site: Site) -> None:
    visitor = site.visitor("ana")
    token = visitor.token("/keys")
    body = b"login=eve&name=" + b"a" * 9_000_000
    kind = "application/x-www-form-urlencoded"
    answer = visitor.client.post("/users/new", data=body, content_type=kind, headers={"X-CSRFToken": token})
    assert answer.status_code == 413
    assert len(site.workspace.people.all()) == 2
