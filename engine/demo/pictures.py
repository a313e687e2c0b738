"""Small pictures and papers, drawn on the spot, so that no binary file lies in the repository."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont

from engine.demo.batch import Attachment, Scale
from engine.demo.chance import Chance
from engine.demo.gallery import gallery

_SIDE = 256
_FINE = 2
"""Pictures are drawn so many times larger and then reduced, which smooths their edges."""

_COLOURS = (
    "#2a62b8",
    "#2f9e44",
    "#e8590c",
    "#9c36b5",
    "#0c8599",
    "#c2255c",
    "#5f3dc4",
    "#846358",
    "#364fc7",
    "#d9a400",
)
_LIGHT = "#f4f1ea"

_AGREEMENT = """Framework agreement

1. The seller delivers goods at the prices of the list that is valid on the day of the order.
2. The buyer pays within the days named on the invoice.
3. A box that arrives damaged is replaced with the next delivery.
4. Either side may end this agreement with a month's notice.
"""
_DELIVERY = """Памятка по доставке

Въезд со двора, ворота открывает охрана.
Разгрузка с 8:00 до 16:00, подъёмник заказывать накануне.
Поддоны возвращаем со следующей машиной.
"""
_PRICES = "Article;Unit;Price\r\nPine board 18 mm;m;4,20\r\nWood oil, clear;l;18,90\r\nWork table, birch;pcs;289,00\r\n"


def attachments(scale: Scale | None = None, seed: int = 1) -> Iterator[Attachment]:
    """The files that the rows of `generate` refer to, numbered from 1, for the same scale and seed."""
    shown = gallery(scale or Scale())
    chance = Chance(seed, "pictures")
    number = 0
    kinds = (("logo", shown.logos.count), ("photo", shown.photos.count), ("product", shown.goods.count))
    for kind, count in kinds:
        for row in range(1, count + 1):
            number += 1
            yield Attachment(number, f"{kind}-{row}.png", "image/png", _DRAWN[kind](chance))
    for name, media_type, content in _papers()[: shown.papers.count]:
        number += 1
        yield Attachment(number, name, media_type, content)


def _papers() -> tuple[tuple[str, str, bytes], ...]:
    return (
        ("Framework agreement.pdf", "application/pdf", _page(_AGREEMENT)),
        ("Памятка по доставке.txt", "text/plain", _DELIVERY.encode()),
        ("Price list.csv", "text/csv", b"\xef\xbb\xbf" + _PRICES.encode()),
    )


def _page(text: str) -> bytes:
    page = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(page).multiline_text((70, 90), text, "#222222", ImageFont.load_default(15), spacing=12)
    out = io.BytesIO()
    # Without dates of its own the page would take the clock's, and no two would be the same.
    page.save(out, "PDF", resolution=100, creationDate=time.gmtime(0), modDate=time.gmtime(0))
    return out.getvalue()


def _logo(chance: Chance) -> bytes:
    """Two figures one upon the other, on a ground of one colour."""
    ground, figure = chance.some(_COLOURS, 2)
    image, draw = _canvas(ground)
    side = image.width
    edge = side // 6
    box = (edge, edge, side - edge, side - edge)
    inner = (side // 3, side // 3, side - side // 3, side - side // 3)
    if chance.happens(0.5):
        draw.ellipse(box, _LIGHT)
        draw.regular_polygon((side / 2, side / 2, side / 4), chance.between(3, 6), chance.below(60), figure)
    else:
        draw.regular_polygon((side / 2, side / 2, side / 2.4), chance.between(3, 8), chance.below(60), _LIGHT)
        draw.ellipse(inner, figure)
    return _png(image)


def _photo(chance: Chance) -> bytes:
    """A head and shoulders in plain shapes."""
    ground, clothes = chance.some(_COLOURS, 2)
    image, draw = _canvas(ground)
    side = image.width
    skin, hair = (
        chance.pick(("#f2d3b3", "#e0ac7e", "#c68642")),
        chance.pick(("#2b2118", "#6b4423", "#b8860b", "#9a9a9a")),
    )
    draw.ellipse((side * 0.12, side * 0.72, side * 0.88, side * 1.5), clothes)
    draw.ellipse((side * 0.29, side * 0.18, side * 0.71, side * 0.66), hair)
    draw.ellipse((side * 0.33, side * 0.27, side * 0.67, side * 0.74), skin)
    return _png(image)


def _product(chance: Chance) -> bytes:
    """A box with a label."""
    image, draw = _canvas(_LIGHT)
    side = image.width
    colour, label = chance.some(_COLOURS, 2)
    draw.rounded_rectangle((side * 0.2, side * 0.26, side * 0.8, side * 0.82), side * 0.04, colour)
    draw.rectangle((side * 0.2, side * 0.4, side * 0.8, side * 0.62), label)
    for step in range(chance.between(2, 4)):
        draw.rectangle((side * 0.27, side * (0.44 + step * 0.05), side * 0.6, side * (0.46 + step * 0.05)), _LIGHT)
    return _png(image)


def _canvas(ground: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (_SIDE * _FINE, _SIDE * _FINE), ground)
    return image, ImageDraw.Draw(image)


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


_DRAWN = {"logo": _logo, "photo": _photo, "product": _product}
