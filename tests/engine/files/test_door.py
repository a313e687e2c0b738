"""Taking files in, who may have them, and what is cleaned up."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable

import pytest
from sqlalchemy import update

from engine.files import LARGE, SMALL, door
from engine.problems import Refused
from engine.records import Edit, LineEdit, Missing
from engine.rights import SYSTEM
from tests.archive import Archive, picture

MEGABYTE = 1024 * 1024


def refusal(run: Callable[[], object]) -> tuple[str, tuple[str, ...], str]:
    with pytest.raises(Refused) as refused:
        run()
    (found,) = refused.value.problems
    return found.code, found.path, found.sentence


def test_what_was_stored_can_be_described_and_opened(archive: Archive) -> None:
    made = archive.store("Договор".encode(), "C:\\Договор.txt")
    assert (made.name, made.kind, made.size, made.width) == ("Договор.txt", "text/plain", 14, None)
    files = archive.files(archive.ada)
    assert files.describe([made.id, 99]) == (made,)
    opened = files.open(made.id)
    assert (opened.attached, opened.kind, opened.path.read_bytes().decode()) == (made, "text/plain", "Договор")


def test_a_picture_has_a_size_and_small_copies(archive: Archive) -> None:
    made = archive.store(picture("JPEG", (800, 600)), "p.jpg", "photos")
    assert (made.kind, made.width, made.height) == ("image/jpeg", 800, 600)
    files = archive.files(archive.ada)
    small, large = files.open_small(made.id, SMALL), files.open_small(made.id, LARGE)
    assert (small.kind, small.digest == large.digest) == ("image/webp", False)
    small.path.unlink()
    assert files.open_small(made.id, SMALL).path.read_bytes()
    with pytest.raises(Missing):
        files.open_small(made.id, 97)
    with pytest.raises(Missing):
        files.open_small(archive.store().id, SMALL)


def test_the_name_says_what_a_browser_will_show(archive: Archive) -> None:
    assert archive.store(picture("GIF"), "x.js").name == "x.js.gif"
    assert archive.store(b"%PDF-1.4", "paper.html").name == "paper.html.pdf"
    assert archive.store(picture("JPEG"), "x.JPG").name == "x.JPG"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload-empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image-unsuitable"),
        (b"%PDF-1.4", "image-unsuitable"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 99, "image-heic"),
        (picture("JPEG", (300, 300))[:700], "image-damaged"),
    ],
)
def test_a_field_of_pictures_takes_sound_pictures_only(archive: Archive, content: bytes, code: str) -> None:
    found = refusal(lambda: archive.store(content, "dir/p.jpg", "photos"))
    assert found[:2] == (code, ("photos",))
    assert "“p.jpg”" in found[2]
    assert archive.contents() == []


def test_as_a_file_a_damaged_picture_is_just_bytes(archive: Archive) -> None:
    made = archive.store(picture("JPEG", (300, 300))[:700], "p.jpg")
    assert (made.kind, made.width) == ("application/octet-stream", None)


def test_limits_of_the_field_and_of_all(archive: Archive) -> None:
    assert archive.store(b"x" * MEGABYTE).size == MEGABYTE
    assert refusal(lambda: archive.store(b"x" * (MEGABYTE + 1)))[2] == "“a.txt” is larger than 1 MB."
    archive.largest = 3 * MEGABYTE
    assert refusal(lambda: archive.store(b"x" * (4 * MEGABYTE), field="notes"))[2] == "“a.txt” is larger than 3 MB."


def test_more_uploads_than_any_form_has_are_refused(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_WAITING", 2)
    case = archive.case(papers=(archive.store().id,))
    archive.store(), archive.store()
    assert refusal(archive.store)[0] == "uploads-waiting"
    assert archive.store(who=archive.bea).id > case


def test_only_fields_of_files_take_files(archive: Archive) -> None:
    for entity, field in (("case", "name"), ("case", "none"), ("none", "papers"), ("case", "finds")):
        with pytest.raises(KeyError):
            archive.store(entity=entity, field=field)


def test_an_upload_is_its_uploaders_until_a_record_names_it(archive: Archive) -> None:
    made = archive.store()
    ada, bea = archive.files(archive.ada), archive.files(archive.bea)
    with pytest.raises(Missing):
        bea.open(made.id)
    assert (bea.describe([made.id]), len(ada.describe([made.id]))) == ((), 1)
    case = archive.case(papers=(made.id,))
    assert bea.open(made.id).attached == made
    archive.records(archive.bea).delete("case", [case])
    assert bea.open(made.id).attached == made, "the trash can be looked through"


def test_missing_and_forbidden_are_one_answer(archive: Archive) -> None:
    made = archive.store()
    answers = []
    for key in (made.id, made.id + 1000):
        with pytest.raises(Missing) as missing:
            archive.files(archive.bea).open(key)
        answers.append((type(missing.value), missing.value.args[0]))
    assert answers[0] == answers[1]


def test_a_file_whose_bytes_are_lost_is_missing(archive: Archive) -> None:
    made = archive.store()
    assert archive.files(SYSTEM).missing() == ()
    opened = archive.files(archive.ada).open(made.id)
    opened.path.unlink()
    assert archive.files(SYSTEM).missing() == (opened.digest,)
    with pytest.raises(Missing):
        archive.files(archive.ada).open(made.id)
    assert archive.files(archive.ada).describe([made.id]) == (made,)


# Saving records that name files


def test_a_record_keeps_its_files_in_order(archive: Archive) -> None:
    one, two, three = (archive.store(name=f"{n}.txt").id for n in "123")
    case = archive.case(papers=(three, one))
    records = archive.records(archive.ada)
    assert records.get("case", case).values["papers"] == (three, one)
    records.update("case", case, Edit({"papers": (one, two, three)}, base={"papers": (three, one)}))
    assert records.get("case", case).values["papers"] == (one, two, three)


def test_others_may_keep_move_and_remove_what_is_attached(archive: Archive) -> None:
    one, two = archive.store().id, archive.store().id
    case = archive.case(papers=(one, two))
    bea = archive.records(archive.bea)
    bea.update("case", case, Edit({"papers": (two, one)}))
    own = archive.store(who=archive.bea).id
    bea.update("case", case, Edit({"papers": (own, two)}))
    assert bea.get("case", case).values["papers"] == (own, two)


def unknown(archive: Archive, *ids: int, who: str = "ada", field: str = "papers") -> bool:
    """Whether a new case with these files is refused."""
    try:
        archive.records(getattr(archive, who)).create("case", Edit({"name": "Two", field: ids}))
    except Refused as refused:
        return [(found.code, found.path) for found in refused.problems] == [("file-unknown", (field,))]
    return False


def test_nobody_can_attach_what_is_not_theirs(archive: Archive) -> None:
    loose, hanging = archive.store().id, archive.store().id
    archive.case(papers=(hanging,))
    assert unknown(archive, 4711), "there is none"
    assert unknown(archive, loose, who="bea"), "somebody else's upload"
    assert unknown(archive, hanging), "another record's, though one's own"
    assert unknown(archive, loose, field="notes"), "meant for another field"
    assert unknown(archive, archive.store(who=SYSTEM).id), "the program's own"
    assert not unknown(archive, loose)


def test_lines_have_files_of_their_own(archive: Archive) -> None:
    one, two = (archive.store(picture(), "p.png", "photo", entity="find").id for _ in "12")
    papers = archive.store().id
    lines = (
        LineEdit(None, {"photo": (one,)}, key="n1"),
        LineEdit(None, {"photo": (one,)}, key="n2"),
        LineEdit(None, {"photo": (papers,)}, key="n3"),
        LineEdit(None, {"photo": (two,)}, key="n4"),
    )
    ada = archive.records(archive.ada)
    with pytest.raises(Refused) as refused:
        ada.create("case", Edit({"name": "x"}, lines={"finds": lines}))
    assert [(found.code, found.path) for found in refused.value.problems] == [
        ("file-unknown", ("finds", "n2", "photo")),
        ("file-unknown", ("finds", "n3", "photo")),
    ]
    case = ada.create("case", Edit({"name": "x"}, lines={"finds": (lines[0], lines[3])})).id
    first, second = ada.get("case", case).lines["finds"]
    assert (first.values["photo"], second.values["photo"]) == ((one,), (two,))
    assert archive.files(archive.bea).open(one).attached.id == one
    swap = (LineEdit(first.id, {"photo": (two,)}, key="a"), LineEdit(second.id, {"photo": (two,)}, key="b"))
    with pytest.raises(Refused) as refused:
        ada.update("case", case, Edit({}, lines={"finds": swap}))
    assert [found.path for found in refused.value.problems] == [("finds", "a", "photo")]


def test_too_many_are_counted_when_the_record_is_saved(archive: Archive) -> None:
    ids = tuple(archive.store().id for _ in range(4))
    assert refusal(lambda: archive.case(papers=ids))[0] == "too-many-items"


# Cleaning up


def later(archive: Archive, days: float) -> None:
    """Let time pass: everything that was done becomes so much older."""
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    file = archive.tables.system("_file")
    with archive.database.write() as connection:
        connection.execute(update(file).where(file.c.loose_since.is_not(None)).values(loose_since=moment))
    for path in archive.folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_what_nobody_saved_goes_after_a_day(archive: Archive) -> None:
    kept, dropped, loose = (archive.store(name.encode(), name) for name in ("kept", "dropped", "loose"))
    case = archive.case(papers=(kept.id, dropped.id))
    later(archive, 30)
    archive.records(archive.bea).update("case", case, Edit({"papers": (kept.id,)}))
    files = archive.files(SYSTEM)
    first = files.sweep()
    assert (first.files, first.contents) == (1, 1), "only what had been loose for days"
    assert archive.files(archive.ada).describe([kept.id, dropped.id, loose.id]) == (kept, dropped)
    later(archive, 2)
    second = files.sweep()
    assert (second.files, second.contents) == (1, 1)
    assert archive.files(archive.ada).describe([kept.id, dropped.id]) == (kept,)
    assert archive.contents() == [archive.files(archive.ada).open(kept.id).digest]


def test_a_content_that_two_records_have_stays_for_the_second(archive: Archive) -> None:
    first, second = archive.store(picture(), "a.png"), archive.store(picture(), "b.png")
    case = archive.case(papers=(first.id,))
    archive.case(papers=(second.id,))
    assert len(archive.contents()) == 3, "one content with two small copies"
    archive.records(archive.ada).update("case", case, Edit({"papers": None}))
    later(archive, 2)
    assert archive.files(SYSTEM).sweep().contents == 0
    assert archive.files(archive.ada).open_small(second.id, SMALL).path.is_file()


def test_fresh_uploads_survive_a_clean_up(archive: Archive) -> None:
    made = archive.store()
    assert archive.files(SYSTEM).sweep() == door.Swept(0, 0)
    assert archive.case(papers=(made.id,))


def test_storing_within_a_transaction_goes_with_it(archive: Archive) -> None:
    files = archive.files(archive.ada)

    def fail() -> int:
        with archive.database.write() as connection:
            made = files.store_within(connection, ("case", "papers"), "a.txt", io.BytesIO(b"x"))
            return made.id // 0

    with pytest.raises(ZeroDivisionError):
        fail()
    assert files.describe([1, 2, 3]) == ()
