"""Attached files over HTTP: what comes in, who gets it, and that no browser runs it."""

from __future__ import annotations

import gc
import io
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from engine.model import Configuration
from engine.query import Query
from engine.records import Edit
from runtime_web.app import create_app
from runtime_web.settings import Settings
from tests.archive import ARCHIVE, picture
from tests.ready import ready_database
from tests.runtime_web.visitor import SECRET, Site, Visitor

JSON = {"Accept": "application/json"}
MEGABYTE = 1024 * 1024


@dataclass
class Office:
    """A site with two people signed in."""

    site: Site
    ana: Visitor
    ben: Visitor

    def send(
        self, content: bytes = b"hello", name: str = "a.txt", field: str = "papers", who: str = "ana", **more: Any
    ) -> TestResponse:
        """Upload as the page's script does it."""
        visitor: Visitor = getattr(self, who)
        token = visitor.token("/keys")
        files = more.pop("files", [(content, name)])
        sent = {"file": [(io.BytesIO(part), called) for part, called in files]}
        headers = {**JSON, "X-CSRFToken": token, **more}
        entity = "find" if field == "photo" else "case"
        answer = visitor.client.post(f"/files/{entity}/{field}", data=sent, headers=headers)
        answer.request.environ["wsgi.input"].close()
        return answer

    def get(self, path: str, who: str = "ana", **options: Any) -> TestResponse:
        """A page or a file, read to its end."""
        visitor: Visitor = getattr(self, who)
        return visitor.get(path, buffered=True, **options)

    def stored(self, *args: Any, **options: Any) -> int:
        answer = self.send(*args, **options)
        assert answer.status_code == 201, answer.text
        key: int = answer.get_json()["files"][0]["id"]
        return key

    def attached(self, *args: Any, **options: Any) -> int:
        """An upload that hangs on a case."""
        key = self.stored(*args, **options)
        field = options.get("field", "papers")
        assert self.ana.post("/records/case/new", {"name": "x", field: str(key)}).status_code == 303
        return key


@pytest.fixture
def make_office(tmp_path: Path, sqlite_url: str) -> Any:
    opened: list[Site] = []

    def make(**settings: Any) -> Office:
        configuration = Configuration.model_validate(ARCHIVE)
        database = ready_database(sqlite_url, configuration)
        database.close()
        wanted = Settings(
            database_url=sqlite_url,
            configuration=configuration,
            files=tmp_path / "files",
            secret_key=SECRET,
            testing=True,
            **settings,
        )
        site = Site(create_app(wanted))
        opened.append(site)
        site.add_people()
        return Office(site, site.visitor("ana"), site.visitor("ben"))

    yield make
    for site in opened:
        site.workspace.database.close()


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    return make_office()


def test_an_upload_is_answered_with_what_the_form_shows(office: Office) -> None:
    answer = office.send(picture("JPEG", (800, 600)), "dir/Фото.jpg", "photos").get_json()
    (made,) = answer["files"]
    assert (made["name"], made["url"]) == ("Фото.jpg", f"/files/{made['id']}/%D0%A4%D0%BE%D1%82%D0%BE.jpg")
    assert made["thumb"] == f"/files/{made['id']}/thumb/96"
    assert re.fullmatch(r"\d+ kB", made["size"])
    assert f'value="{made["id"]}" checked' in made["html"]
    assert answer["problems"] == []


def test_without_a_script_an_upload_is_answered_in_html(office: Office) -> None:
    answer = office.send(Accept="text/html")
    assert (answer.status_code, answer.mimetype) == (201, "text/html")
    assert 'class="file"' in answer.text


def test_several_at_once_each_have_their_answer(office: Office) -> None:
    files = [(b"one", "1.txt"), (b"", "2.txt"), (b"x" * (MEGABYTE + 1), "3.txt")]
    answer = office.send(files=files)
    said = answer.get_json()
    assert answer.status_code == 413
    assert [made["name"] for made in said["files"]] == ["1.txt"]
    assert [problem["code"] for problem in said["problems"]] == ["upload-empty", "upload-too-large"]
    assert said["problems"][1]["message"] == "“3.txt” is larger than 1 MB."
    many = office.send(files=[(b"x", "x.txt")] * 4)
    assert (many.status_code, many.get_json()["problems"][0]["code"]) == (422, "too-many-items")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png", "image-unsuitable"),
        (b"<!doctype html><script>alert(1)</script>", "a.png", "image-unsuitable"),
        (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "a.gif", "image-damaged"),
    ],
)
def test_what_only_claims_to_be_a_picture_is_refused(office: Office, content: bytes, name: str, code: str) -> None:
    answer = office.send(content, name, "photos")
    assert (answer.status_code, answer.get_json()["problems"][0]["code"]) == (422, code)


@pytest.fixture
def half_read() -> Iterator[None]:
    """What was read of a body that is refused half-way goes when it is collected, here and now."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.usefixtures("half_read")
def test_a_body_beyond_all_limits_is_refused_in_words(make_office: Callable[..., Office]) -> None:
    office = make_office(largest_upload=2 * MEGABYTE)
    answer = office.send(b"x" * (3 * MEGABYTE), field="notes")
    assert answer.status_code == 413
    assert "larger than this program accepts" in answer.get_json()["error"]["message"]
    page = office.send(b"x" * (3 * MEGABYTE), field="notes", Accept="text/html")
    assert (page.status_code, "This is too large" in page.text) == (413, True)


def test_only_fields_of_files_take_them(office: Office) -> None:
    headers = {**JSON, "X-CSRFToken": office.ana.token("/keys")}
    for path in ("/files/case/name", "/files/case/none", "/files/none/papers", "/files/case/finds"):
        sent = {"file": (io.BytesIO(b"x"), "a.txt")}
        assert office.ana.client.post(path, data=sent, headers=headers).status_code == 404, path
    assert office.ana.client.post("/files/case/papers", data={}, headers=headers).status_code == 400


def test_an_upload_needs_a_person_and_a_token(office: Office) -> None:
    sent = {"file": (io.BytesIO(b"x"), "a.txt")}
    assert office.ana.client.post("/files/case/papers", data=sent, headers=JSON).status_code == 400
    stranger = office.site.visitor()
    token = stranger.token("/login")
    headers = {**JSON, "X-CSRFToken": token}
    sent = {"file": (io.BytesIO(b"x"), "a.txt")}
    assert stranger.client.post("/files/case/papers", data=sent, headers=headers).status_code == 401
    key = office.attached()
    for path in (f"/files/{key}", f"/files/{key}/a.txt", f"/files/{key}/thumb/96"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.location.startswith("/login")) == (302, True)


# Giving out


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (picture("PNG"), "p.png", "image/png"),
        (picture("JPEG"), "p.jpg", "image/jpeg"),
        (picture("GIF"), "p.gif", "image/gif"),
        (picture("WEBP"), "p.webp", "image/webp"),
        (picture("PDF"), "p.pdf", "application/pdf"),
    ],
)
def test_pictures_and_pdf_are_shown_in_a_sandbox(office: Office, content: bytes, name: str, kind: str) -> None:
    answer = office.get(f"/files/{office.attached(content, name)}/{name}")
    assert (answer.data, answer.headers["Content-Type"]) == (content, kind)
    assert answer.headers["Content-Disposition"] == f"inline; filename={name}"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_a_pdf_may_stand_in_a_page_of_ours(office: Office) -> None:
    pdf = office.get(f"/files/{office.attached(picture('PDF'), 'p.pdf')}/p.pdf?framed")
    assert pdf.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf.headers["Content-Security-Policy"]
    assert "script-src 'none'" in pdf.headers["Content-Security-Policy"]
    assert (pdf.mimetype, pdf.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    for content in (picture("PNG"), b"<!doctype html><script>alert(1)</script>", b"text"):
        answer = office.get(f"/files/{office.attached(content, 'p.pdf')}?framed")
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"<!doctype html><script>alert(1)</script>", "p.png", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.svg", "application/octet-stream"),
        (b"<?xml version='1.0'?><x/>", "a.xml", "application/octet-stream"),
        (picture("JPEG", (300, 300))[:600], "half.jpg", "application/octet-stream"),
        (b"plain", "a.txt", "text/plain; charset=utf-8"),
    ],
)
def test_everything_else_is_only_saved(office: Office, content: bytes, name: str, kind: str) -> None:
    answer = office.get(f"/files/{office.attached(content, name)}")
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={name}")
    assert answer.headers["Content-Type"] == kind
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_names_stand_in_the_header_as_they_should(office: Office) -> None:
    key = office.attached(b"x", "Прайс “июнь”; x.txt")
    said = office.get(f"/files/{key}").headers["Content-Disposition"]
    assert "filename*=UTF-8''%D0%9F%D1%80%D0%B0%D0%B9%D1%81" in said
    assert said.endswith("%3B%20x.txt")


def test_the_browser_keeps_it_but_asks_each_time(office: Office) -> None:
    key = office.attached(picture(), "p.png", field="photos")
    for path in (f"/files/{key}", f"/files/{key}/thumb/96"):
        first = office.get(path, "ben")
        assert first.headers["Cache-Control"] == "no-cache, private"
        assert "Cookie" in first.headers["Vary"]
        again = office.get(path, "ben", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    part = office.get(f"/files/{key}", "ben", headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.data) == (206, b"PNG")


def test_a_304_needs_the_right_too(office: Office) -> None:
    key = office.stored(picture(), "p.png", field="photos")
    tag = office.get(f"/files/{key}").headers["ETag"]
    assert office.get(f"/files/{key}", "ben", headers={"If-None-Match": tag}).status_code == 404


def test_missing_and_forbidden_are_one_answer(office: Office) -> None:
    key = office.stored(picture(), "p.png", field="photos")
    for path in ("/files/{}", "/files/{}/p.png", "/files/{}/thumb/96"):
        answers = [office.get(path.format(number), "ben") for number in (key, key + 1000, 2**70)]
        assert [answer.status_code for answer in answers] == [404] * 3
        pages = {
            re.sub(r'(next=|here" value=|csrf[^>]*)[^>]*', "", a.text.replace(a.request.path, "")) for a in answers
        }
        assert len(pages) == 1
        assert office.get(path.format(key)).status_code == 200
    assert office.get(f"/files/{key}/thumb/97").status_code == 404


def test_nobody_can_save_somebody_elses_upload(office: Office) -> None:
    key = office.stored()
    stolen = office.ben.post("/records/case/new", {"name": "mine", "papers": str(key)})
    assert stolen.status_code == 422
    assert "belongs elsewhere" in stolen.text
    assert "a.txt" not in stolen.text
    assert office.site.records.count(Query("case")).number == 0


# Cards and lists


def test_a_form_without_scripts_sends_its_files_along(office: Office) -> None:
    assert 'enctype="multipart/form-data"' in office.ana.get("/records/case/new").text
    form = {
        "name": "One",
        "papers": [(io.BytesIO(b"one"), "1.txt"), (io.BytesIO(b"two"), "2.txt"), (io.BytesIO(b""), "")],
        "finds.n1.name": "coin",
        "finds.n1.photo": (io.BytesIO(picture()), "coin.png"),
    }
    assert office.ana.post("/records/case/new", form).status_code == 303
    record = office.site.records.get("case", 1)
    assert len(record.values["papers"]) == 2
    (line,) = record.lines["finds"]
    assert len(line.values["photo"]) == 1
    page = office.ben.get("/records/case/1").text
    assert all(f"/files/{key}/" in page for key in (*record.values["papers"], *line.values["photo"]))
    assert "1.txt" in page


def test_a_refused_form_keeps_what_came_with_it(office: Office) -> None:
    sent = {"name": "", "papers": (io.BytesIO(b"one"), "1.txt"), "photos": (io.BytesIO(b"no"), "p.png")}
    answer = office.ana.post("/records/case/new", sent)
    assert answer.status_code == 422
    assert "“p.png” is not a picture that can be shown here." in answer.text
    kept = re.search(r'name="papers" value="(\d+)" checked', answer.text)
    assert kept
    assert office.ana.post("/records/case/new", {"name": "x", "papers": kept[1]}).status_code == 303
    assert office.site.records.get("case", 1).values["papers"] == (int(kept[1]),)


def test_the_form_lets_files_go(office: Office) -> None:
    one, two = office.stored(name="1.txt"), office.stored(name="2.txt")
    office.ana.post("/records/case/new", {"name": "x", "papers": [str(one), str(two)]})
    page = office.ana.get("/records/case/1/edit").text
    assert 'data-upload="/files/case/papers"' in page
    base = re.search(r'name="_base" value="([^"]*)"', page)
    assert base
    sent = {"name": "x", "papers": ["", str(two)], "_base": base[1].replace("&#34;", '"')}
    assert office.ana.post("/records/case/1", sent).status_code == 303
    assert office.site.records.get("case", 1).values["papers"] == (two,)


def test_two_people_who_change_the_same_files_see_names(office: Office) -> None:
    key = office.attached(name="old.txt")
    page = office.ana.get("/records/case/1/edit").text
    base = re.search(r'name="_base" value="([^"]*)"', page)
    assert base
    theirs, mine = office.stored(name="theirs.txt", who="ben"), office.stored(name="mine.txt")
    office.ben.post(
        "/records/case/1", {"name": "x", "papers": [str(key), str(theirs)], "_base": base[1].replace("&#34;", '"')}
    )
    answer = office.ana.post(
        "/records/case/1", {"name": "x", "papers": [str(key), str(mine)], "_base": base[1].replace("&#34;", '"')}
    )
    assert answer.status_code == 409
    assert "old.txt, theirs.txt" in answer.text
    assert "old.txt, mine.txt" in answer.text


def test_lists_show_a_small_picture_and_a_count(office: Office) -> None:
    one, two = (office.stored(picture(), "p.png", field="photos") for _ in "12")
    paper = office.stored()
    edit = {"name": "x", "photos": [str(one), str(two)], "papers": str(paper)}
    assert office.ana.post("/records/case/new", edit).status_code == 303
    office.site.records.create("case", Edit({"name": "none"}))
    page = office.ana.get("/records/case").text
    assert f'src="/files/{one}/thumb/96"' in page
    assert "+1</small>" in page
    assert page.count("/thumb/96") == 1
