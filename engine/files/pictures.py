"""Pictures: whether one is sound and how large, and the small copies that lists and forms show.

A small copy is painted anew, turned the way the camera was held. Nothing of the original's own data goes along: no
place, no maker of the camera, nothing that might hide in it.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from engine.problems import Unfit

SMALL, LARGE = 96, 480
SIZES = (SMALL, LARGE)
"""The longest sides of the small copies."""
SUFFIX = "webp"
THUMBNAIL_KIND = "image/webp"
MOST_PIXELS = 60_000_000

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
_TURNED = (5, 6, 7, 8)
_ORIENTATION = 0x0112

# A few bytes can claim to be a picture of any size. Pillow looks at what is claimed before it makes room for it.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_at_once = threading.Lock()
"""One picture is decoded at a time, so that a crowd of large ones cannot take all memory."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Width and height as the picture is shown, in pixels."""

    width: int
    height: int


def paint_small(path: Path, kind: str, places: Mapping[int, Path]) -> Extent:
    """Write the small copies of a picture, by their longest side; how large the picture itself is.

    Raises:
        Unfit: `image-too-many-pixels`, or `image-damaged`: it is not what its first bytes say.
    """
    with _at_once:
        try:
            image, extent = _decoded(path, kind, max(places))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Unfit("image-too-many-pixels", maximum=MOST_PIXELS // 1_000_000) from error
        except Exception as error:  # bytes made to break a decoder may raise anything
            raise Unfit("image-damaged") from error
        for side, place in sorted(places.items(), reverse=True):
            image.thumbnail((side, side), Image.Resampling.LANCZOS)
            image.save(place, SUFFIX, quality=80, method=4)
    return extent


def _decoded(path: Path, kind: str, side: int) -> tuple[Image.Image, Extent]:
    """The picture at about this size, upright, in plain colours, without anything that came with it; its true size."""
    with Image.open(path, formats=[_FORMATS[kind]]) as image:
        width, height = image.size
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=3)
        turned = image.getexif().get(_ORIENTATION) in _TURNED
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        fresh = Image.new(plain.mode, plain.size)
        fresh.paste(plain)
    return fresh, Extent(height, width) if turned else Extent(width, height)
