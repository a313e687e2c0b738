"""The time line of a record: what was written on it and done to it, and who is named."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from werkzeug.test import TestResponse

from engine.accounts import Changes
from engine.records import Edit
from tests.runtime_web.test_history import words
from tests.runtime_web.visitor import Site, Visitor

HERE = "/records/client/1/timeline"
WRITING = "/records/client/1/notes"
HTMX = {"HX-Request": "true"}


def made(site: Site) -> tuple[Visitor, Visitor]:
    """Two who may do everything, and a client."""
    site.workspace.people.change(2, Changes(administrator=True), by=None)
    site.records.create("client", Edit({"name": "Acme"}))
    return site.visitor("ana"), site.visitor("ben")


def write(visitor: Visitor, text: str, kind: str = "comment", **form: str) -> TestResponse:
    return visitor.post(WRITING, {"text": text, "kind": kind, **form}, headers=HTMX)


def heads(page: str) -> list[str]:
    """What stands on a time line, without its times."""
    found = re.findall(r'(?s)class="timeline-head">(.*?)</p>', page)
    return [" ".join(re.sub(r"(?s)<time.*?</time>|<[^>]+>", "", head).split()) for head in found]


def numbers(page: str) -> list[str]:
    return re.findall(r'id="note-(\d+)"', page)


def problems(page: str) -> Mapping[str, str]:
    return dict(re.findall(r'id="note-(\w+)-said" role="alert">([^<]+)<', page))


def test_notes_and_changes_stand_in_one_order(any_site: Site) -> None:
    ana, ben = made(any_site)
    answer = write(
        ana, "Wants <b>a saw</b>\nsoon", "call", at="2001-03-02T10:30", next_step="Send", next_on="2001-03-05"
    )
    assert answer.status_code == 200
    any_site.records.update("client", 1, Edit({"city": "Oslo"}))
    write(ben, "@ana popa knows why")
    page = ana.get(HERE).text
    assert heads(page) == ["Ben Virtanen Comment", "The program Changed", "The program Created", "Ana Popa Call"]
    told = words(page)
    assert "City Oslo" in told
    assert "Wants &lt;b&gt;a saw&lt;/b&gt; soon" in told
    assert "Send, on " in told
    assert '<b class="mention">@ana popa</b>' in page
    assert 'value="2001-03-02T10:30"' in page
    assert heads(ana.get(f"{HERE}?only=notes").text) == ["Ben Virtanen Comment", "Ana Popa Call"]
    assert heads(ana.get(f"{HERE}?only=changes", headers=HTMX).text) == ["The program Changed", "The program Created"]
    card = ana.get("/records/client/1").text
    assert f'data-timeline="{HERE}"' in card
    assert "data-timeline" not in ana.get("/records/client/1/edit").text


def test_a_long_time_line_is_shown_by_and_by(site: Site) -> None:
    ana, _ = made(site)
    for number in range(45):
        write(ana, f"Note {number}")
    assert len(heads(ana.get(HERE).text)) == 40
    assert f'href="{HERE}?all=1"' in ana.get(HERE).text
    assert len(heads(ana.get(f"{HERE}?all=1").text)) == 46


def test_what_does_not_fit_comes_back_with_the_reason(any_site: Site) -> None:
    ana, _ = made(any_site)
    page = write(ana, "  ", "meeting", at="soon", next_step="Call back").text
    assert "“soon” is not a day with a time." in problems(page)["at"]
    page = write(ana, "  ", "meeting", next_step="Call back").text
    assert problems(page) == {"text": "This field must be filled in."}
    assert 'value="Call back"' in page
    assert re.search(r'value="meeting" checked', page)
    assert "not a date" in problems(write(ana, "x", "meeting", next_on="31.31.31").text)["next_on"]
    answer = ana.post(WRITING, {"text": ""})
    assert answer.status_code == 422
    assert "Time line: Acme" in answer.text
    assert write(ana, "x", "party").text.count("Your role does not let you do this here.") == 1
    assert heads(ana.get(f"{HERE}?only=notes").text) == []


def test_a_note_is_put_in_other_words_deleted_and_brought_back(any_site: Site) -> None:
    ana, ben = made(any_site)
    answer = ana.post(WRITING, {"text": "Frist", "kind": "comment"})
    assert (answer.status_code, answer.location) == (303, "/records/client/1#timeline")
    (number,) = numbers(ana.get(HERE).text)
    assert "First" in ana.post(f"/notes/{number}", {"text": "First", "kind": "comment"}, headers=HTMX).text
    wrong = ana.post(f"/notes/{number}", {"text": "", "kind": "comment"}, headers=HTMX).text
    assert re.search(r'<details class="note-edit" open>', wrong)
    assert f"/notes/{number}" not in re.findall(r'hx-post="([^"]+)"', ben.get(HERE).text)
    ben.post(f"/notes/{number}", {"text": "Mine", "kind": "comment"})
    assert "First" in ana.get(HERE).text
    answer = ana.post(f"/notes/{number}/delete")
    assert answer.location == "/records/client/1#timeline"
    page = ana.get("/records/client/1").text
    assert "The note was deleted." in page
    assert f'action="/notes/{number}/restore"' in page
    assert numbers(ana.get(HERE).text) == []
    ana.post(f"/notes/{number}/restore")
    assert numbers(ben.get(HERE).text) == [number]


def test_who_is_named_finds_it_at_home_until_they_put_it_aside(any_site: Site) -> None:
    ana, ben = made(any_site)
    write(ana, "Please call, @Ben Virtanen")
    (number,) = numbers(ana.get(HERE).text)
    assert "You are named" not in ana.get("/").text
    home = ben.get("/").text
    assert "Please call, @Ben Virtanen" in home
    assert 'href="/records/client/1#timeline">Acme</a>' in home
    assert ben.post(f"/notes/{number}/read", {"back": "/"}).location == "/"
    assert "You are named" not in ben.get("/").text


def test_next_steps_stand_at_home_until_they_are_done(any_site: Site) -> None:
    ana, ben = made(any_site)
    today = dt.datetime.now(dt.UTC).date()
    for days, step in ((-40, "Ask again"), (3, "Send <prices>"), (40, "Visit")):
        on = (today + dt.timedelta(days=days)).isoformat()
        write(ana, "Spoke", "call", at="2001-03-02T10:30", next_step=step, next_on=on)
    assert "Next steps" not in ben.get("/").text
    home = ana.get("/").text
    (panel,) = re.findall(r'(?s)aria-labelledby="steps-title".*?</section>', home)
    assert re.findall(r"<li><div><p>(.*?)</p>", panel) == ["Ask again", "Send &lt;prices&gt;", "Visit"]
    assert panel.count('class="step-late"') == 1
    url = re.findall(r'action="(/notes/\d+/done)"', panel)[0]
    assert url.split("/")[2] in numbers(ana.get(HERE).text)
    ben.post(url, {"back": "/"})
    assert "Your role does not let you do this here." in ben.get("/").text
    assert ana.post(url, {"back": "/"}).location == "/"
    home = ana.get("/").text
    assert "Ask again" not in home
    undo = url.replace("/done", "/undone")
    assert f'action="{undo}"' in home
    assert 'class="timeline-next timeline-done"' in ana.get(HERE).text
    assert ana.post(undo).location == "/records/client/1#timeline"
    assert "Ask again" in ana.get("/").text


def test_there_is_none_where_there_is_nothing_to_see(site: Site) -> None:
    ana, _ = made(site)
    for path in ("/records/client/9/timeline", "/records/order_line/1/timeline", "/records/nothing/1/timeline"):
        assert ana.get(path).status_code == 404
    assert ana.post("/records/client/9/notes", {"text": "x"}).status_code == 404
    for path in ("/notes/5", "/notes/5/delete", "/notes/5/restore", "/notes/5/done", "/notes/5/undone"):
        assert ana.post(path, {"text": "x"}).status_code == 404
