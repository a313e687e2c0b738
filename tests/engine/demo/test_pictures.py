"""The pictures and papers of the demo data."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from engine.demo import Attachment, Scale, attachments
from tests.engine.demo.conftest import Rows


@pytest.fixture(scope="module")
def files() -> tuple[Attachment, ...]:
    return tuple(attachments())


def test_numbers_run_from_one(files: tuple[Attachment, ...]) -> None:
    assert [file.number for file in files] == list(range(1, len(files) + 1))


def test_a_handful_whatever_the_scale(files: tuple[Attachment, ...]) -> None:
    assert len(files) == len(tuple(attachments(Scale(5_000)))) == 33
    assert sum(len(file.content) for file in files) < 300_000


def test_the_rows_refer_to_each_file_once(files: tuple[Attachment, ...], rows: Rows) -> None:
    columns = (("client", "logo"), ("client", "files"), ("employee", "photo"), ("product", "image"))
    named = [number for entity, column in columns for row in rows[entity] for number in row[column] or ()]
    assert sorted(named) == [file.number for file in files]


def test_a_picture_belongs_to_the_right_kind_of_row(files: tuple[Attachment, ...], rows: Rows) -> None:
    for entity, column, kind in (
        ("client", "logo", "logo"),
        ("employee", "photo", "photo"),
        ("product", "image", "product"),
    ):
        names = [files[number - 1].name for row in rows[entity] for number in row[column] or ()]
        assert names == [f"{kind}-{number}.png" for number in range(1, len(names) + 1)]


def test_only_firms_have_logos(rows: Rows) -> None:
    assert {row["kind"] for row in rows["client"] if row["logo"]} == {"company"}


def test_pictures_open_and_differ(files: tuple[Attachment, ...]) -> None:
    pictures = [file for file in files if file.media_type == "image/png"]
    for picture in pictures:
        with Image.open(io.BytesIO(picture.content)) as image:
            assert (image.format, image.size) == ("PNG", (256, 256))
    assert len({picture.content for picture in pictures}) == len(pictures)


def test_papers_are_what_their_names_say(files: tuple[Attachment, ...]) -> None:
    papers = {file.name: file.content for file in files if file.media_type != "image/png"}
    assert papers["Framework agreement.pdf"].startswith(b"%PDF-")
    assert "Разгрузка" in papers["Памятка по доставке.txt"].decode()
    assert papers["Price list.csv"].startswith(b"\xef\xbb\xbf")


def test_the_same_seed_draws_the_same_pictures(files: tuple[Attachment, ...]) -> None:
    assert tuple(attachments()) == files
    assert tuple(attachments(seed=2)) != files
