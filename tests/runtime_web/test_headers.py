"""What each response says to the browser about safety, on every route."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

import pytest

from runtime_web.app import create_app
from runtime_web.assets import asset
from runtime_web.settings import Settings, SettingsWrong
from runtime_web.vendor import STATIC
from tests.runtime_web.visitor import Site
from tests.shop import shop_configuration

NAMES = {"accent.sheet": {"name": "2a62b8"}, "assets.static": {"version": "now", "name": "css/app.css"}}


def pages(site: Site) -> list[str]:
    """A path for each route that answers a GET."""
    values = {
        "name": "css/app.css",
        "entity": "client",
        "record_id": 1,
        "user_id": 1,
        "field": "name",
        "target": "client",
        "kind": "change",
    }
    adapter = site.app.url_map.bind("localhost")
    paths = []
    for rule in site.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            known = {name: values.get(name, 1) for name in rule.arguments}
            known |= NAMES.get(rule.endpoint, {})
            paths.append(adapter.build(rule.endpoint, known))
    return [*paths, "/nothing/here"]


@pytest.mark.parametrize("login", ["", "ana"])
def test_the_headers_stand_on_every_response(site: Site, login: str) -> None:
    visitor = site.visitor(login)
    for path in pages(site):
        answer = visitor.get(path)
        assert answer.status_code < 500, path
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, path
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Server" not in answer.headers
        if not path.startswith(("/static", "/look")) and "/files/" not in path:
            assert answer.headers["Cache-Control"] == "no-store", path


def test_no_page_has_a_script_or_a_style_of_its_own(site: Site) -> None:
    for visitor in (site.visitor(), site.visitor("ana")):
        for path in pages(site):
            text = visitor.get(path).text
            if text.startswith("<!doctype"):
                assert "style=" not in text, path
                assert "<script>" not in text, path
                assert " onclick" not in text, path
                assert "javascript:" not in text, path


def test_libraries_are_sent_compressed_and_kept(site: Site) -> None:
    visitor = site.visitor()
    address = next(part for part in visitor.get("/login").text.split('"') if "css/pages/frame.css" in part)
    answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"].endswith("immutable")
    assert len(answer.data) < 100_000
    older = address.replace(address.split("/")[2], "0123456789ab")
    assert visitor.get(older).headers["Cache-Control"] == "no-cache"


def test_a_module_finds_the_others_where_they_are_kept_too(site: Site) -> None:
    visitor = site.visitor("ana")
    page = visitor.get("/records/client")
    module = next(part for part in page.text.split('"') if part.endswith("js/list_page.js"))
    others = re.findall(r'^import .*"(\./.+)";$', visitor.get(module).text, re.MULTILINE)
    assert others
    for other in others:
        assert visitor.get(urljoin(module, other)).headers["Cache-Control"].endswith("immutable")


def test_a_style_sheet_comes_with_those_that_it_imports(site: Site) -> None:
    text = site.visitor().get(asset("css/pages/list.css")).text
    assert "@import" not in text
    sheets = [(STATIC / "css" / name).read_text(encoding="utf-8") for name in ("list.css", "grouped.css", "grid.css")]
    places = [text.index(sheet) for sheet in sheets]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/now/a%00b",
        "/static/now/vendor/.stamp",
        f"/static/now/{'a' * 5000}",
        "/static/now/../app.py",
        "/static//etc/passwd",
        "/static/css",
    ],
)
def test_only_static_files_are_static_files(site: Site, path: str) -> None:
    assert site.visitor().get(path).status_code in {404, 308}


@pytest.mark.parametrize("key", ["", "short", "a" * 64, "changeme"])
def test_a_weak_key_is_refused(key: str, tmp_path: Any) -> None:
    with pytest.raises(SettingsWrong, match="at least 32"):
        Settings(database_url="sqlite://", configuration=shop_configuration(), files=tmp_path, secret_key=key)


def test_debugging_is_off(site: Site) -> None:
    assert not site.app.debug
    assert create_app.__doc__
