"""Small copies of pictures: upright, painted anew, and none of what is broken or too large."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from engine.files.pictures import Extent, paint_small
from engine.problems import Unfit
from tests.archive import claiming, picture

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
SECRET = b"taken at home"


def paint(tmp_path: Path, content: bytes, kind: str, sizes: tuple[int, ...] = (96, 480)) -> Extent:
    path = tmp_path / "original"
    path.write_bytes(content)
    return paint_small(path, kind, {size: tmp_path / str(size) for size in sizes})


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gets_its_copies(tmp_path: Path, kind: str) -> None:
    assert paint(tmp_path, picture(kind, (1200, 800)), KINDS[kind]) == Extent(1200, 800)
    for side in (96, 480):
        with Image.open(tmp_path / str(side)) as small:
            assert (small.format, small.width, small.height) == ("WEBP", side, side * 2 // 3)


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    paint(tmp_path, picture(size=(30, 20)), "image/png")
    with Image.open(tmp_path / "480") as small:
        assert small.size == (30, 20)


def test_a_photo_stands_the_way_the_camera_was_held(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = SECRET.decode()
    extent = paint(tmp_path, picture("JPEG", (400, 200), exif=exif, comment=SECRET, quality=95), "image/jpeg")
    assert extent == Extent(200, 400)
    with Image.open(tmp_path / "96") as small:
        assert small.size == (48, 96)
        red = small.convert("RGB").getpixel((24, 5))
    assert isinstance(red, tuple)
    assert red[0] > 150 > red[2]


def test_nothing_of_the_original_goes_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    content = picture("JPEG", exif=exif, comment=SECRET, icc_profile=b"profile" + SECRET)
    assert SECRET in content
    paint(tmp_path, content + SECRET, "image/jpeg")
    assert SECRET not in (tmp_path / "96").read_bytes() + (tmp_path / "480").read_bytes()


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    paint(tmp_path, out.getvalue(), "image/png")
    with Image.open(tmp_path / "96") as small:
        assert small.convert("RGBA").getpixel((10, 10)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_way_of_keeping_colours_can_be_shown(tmp_path: Path, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    paint(tmp_path, out.getvalue(), "image/jpeg" if mode == "CMYK" else "image/png")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script>", "image/png"),
        (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", "image/gif"),
        (picture("JPEG", (800, 800))[:2000], "image/jpeg"),
        (picture("PNG", (800, 800))[:600], "image/png"),
        (picture("GIF"), "image/png"),
    ],
)
def test_what_is_broken_is_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    with pytest.raises(Unfit, match="image-damaged"):
        paint(tmp_path, content, kind)
    assert not (tmp_path / "96").exists()


@pytest.mark.parametrize("side", [7746, 30_000])
def test_a_claim_of_too_many_pixels_is_not_believed(tmp_path: Path, side: int) -> None:
    with pytest.raises(Unfit, match="image-too-many-pixels"):
        paint(tmp_path, claiming(side), "image/png")
