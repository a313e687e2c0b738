"""How wide columns are. As soon as somebody has sized one of a table, all have a width, and none depends on its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from engine.model import Entity

BY_KIND = {
    "boolean": 90,
    "rating": 110,
    "color": 110,
    "integer": 110,
    "percent": 110,
    "currency": 110,
    "date": 120,
    "time": 100,
    "duration": 110,
    "decimal": 130,
    "money": 140,
    "choice": 150,
    "datetime": 160,
    "phone": 160,
    "sequence": 150,
    "image": 100,
    "file": 100,
    "long_text": 300,
}
OTHERS = 200


def sized(entity: Entity, columns: Sequence[str], widths: Mapping[str, int]) -> Iterator[Markup]:
    """The attribute of each column that says its width; "" for all of them where nobody has sized one."""
    for name in columns:
        field = entity.fields.get(name)
        usual = BY_KIND.get(field.kind, OTHERS) if field else OTHERS
        # An attribute is what a page may say of a width that no sheet knows, without a style of its own.
        yield Markup(' width="%d"') % widths.get(name, usual) if widths else Markup("")
