"""Which rows have pictures and files, and the numbers these have: a handful, whatever the scale."""

from __future__ import annotations

from dataclasses import dataclass

from engine.demo.batch import Scale


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pictures of the first rows of an entity: row 1 has the number `before` + 1, and so on."""

    before: int
    count: int

    def of(self, row: int) -> tuple[int, ...] | None:
        """The value of an image field: one picture, or blank."""
        return (self.before + row,) if row <= self.count else None


@dataclass(frozen=True, slots=True)
class Gallery:
    """The numbers of all attachments."""

    logos: Shelf
    photos: Shelf
    goods: Shelf
    papers: Shelf


def gallery(scale: Scale) -> Gallery:
    """Twelve logos, eight faces, ten goods and three papers at most."""
    logos = Shelf(0, min(12, scale.clients))
    photos = Shelf(logos.before + logos.count, min(8, scale.employees))
    goods = Shelf(photos.before + photos.count, 10)
    papers = Shelf(goods.before + goods.count, min(3, scale.clients))
    return Gallery(logos, photos, goods, papers)
