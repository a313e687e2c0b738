"""Files and what there is, over the API."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.model import Configuration
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.archive import ARCHIVE, picture
from tests.ready import ready_database
from tests.runtime_web.api.caller import Caller, caller, codes
from tests.runtime_web.visitor import SECRET, Site


@pytest.fixture
def archive(database_url: str, tmp_path: Path, quick_hashes: Callable[..., None]) -> Iterator[Site]:
    """Cases with papers and photos."""
    configuration = Configuration.model_validate(ARCHIVE)
    database = ready_database(database_url, configuration)
    database.close()
    site = Site(create_app(Settings(database_url, configuration, tmp_path / "files", SECRET, testing=True)))
    site.add_people()
    yield site
    site.workspace.database.close()


def send(program: Caller, field: str, content: bytes, name: str) -> Any:
    return program.call("POST", f"/case/_files/{field}", data={"file": (io.BytesIO(content), name)})


def test_a_file_is_sent_saved_and_opened(archive: Site) -> None:
    program = caller(archive)
    made = send(program, "papers", b"hello", "a.txt")
    assert made.status_code == 201
    assert made.json == {"id": 1, "name": "a.txt", "kind": "text/plain", "size": 5, "width": None, "height": None}
    case = program.made("case", name="First", papers=[1])
    assert case["papers"] == [1]
    assert program.get("/_files/1").json == made.json
    content = program.get("/_files/1/content")
    assert content.data == b"hello"
    assert "sandbox" in content.headers["Content-Security-Policy"]
    assert program.get("/_files/1/small/96").status_code == 404


def test_a_picture_has_small_copies(archive: Site) -> None:
    program = caller(archive)
    made = send(program, "photos", picture("PNG", (300, 200)), "a.png").json
    assert (made["width"], made["height"]) == (300, 200)
    assert program.get(f"/_files/{made['id']}/small/96").mimetype == "image/webp"


def test_what_cannot_be_sent(archive: Site) -> None:
    program = caller(archive)
    assert codes(send(program, "photos", b"text", "a.png")) == [("image-unsuitable", "photos")]
    assert codes(program.call("POST", "/case/_files/papers", data={})) == [("body-media-type", "")]
    assert codes(program.call("POST", "/case/_files/papers", data={"other": (io.BytesIO(b"x"), "a")})) == [
        ("parameter-invalid", "file")
    ]
    for entity, field in (("case", "name"), ("case", "ghost"), ("ghost", "papers"), ("_user", "name")):
        answer = program.call("POST", f"/{entity}/_files/{field}", data={"file": (io.BytesIO(b"x"), "a")})
        assert answer.status_code == 404
    assert codes(program.post("/case", {"name": "First", "papers": [99]})) == [("file-unknown", "papers")]


def test_what_waits_for_a_record_is_its_senders_alone(archive: Site) -> None:
    ana, ben = caller(archive), caller(archive, "ben")
    key = send(ana, "papers", b"hello", "a.txt").json["id"]
    assert ana.get(f"/_files/{key}/content").status_code == 200
    answers = {(answer.status_code, answer.data) for path in (key, 99) for answer in (ben.get(f"/_files/{path}"),)}
    assert len(answers) == 1
    assert codes(ben.post("/case", {"name": "Mine", "papers": [key]})) == [("file-unknown", "papers")]


def test_what_there_is(site: Site) -> None:
    found = caller(site, "ben", scopes=("read",)).get("/_metadata").json
    assert found["token"] == {"name": "Tests", "scopes": ["read"]}
    assert found["user"] == {"id": 2, "name": "Ben Virtanen"}
    assert list(found["entities"]) == ["client", "product", "order", "order_line", "payment"]
    order = found["entities"]["order"]
    assert order["fields"]["client"]["to"] == "client"
    assert order["fields"]["lines"]["of"] == "order_line"
    assert found["entities"]["client"]["fields"]["status"]["options"][0] == {
        "value": "new",
        "label": "New",
        "labels": {},
    }
    assert order["fields"]["total"]["scale"] == 2
    assert not order["fields"]["number"]["editable"]
