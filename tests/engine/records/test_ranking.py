"""Quick search gives the record first that is likeliest meant."""

from __future__ import annotations

import pytest

from engine.records import Edit, Found, Records
from engine.records.ranking import farness_from


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("ann", ["Ann", "Anna Lee", "Lee Ann", "Joanna", "Bob"]),
        ("елкин  пётр", ["Ёлкин Пётр", "Ёлкин Пётр Ильич", "Пётр Ёлкин", "Непётр Неёлкин", "Ёлкин"]),
        ("ORD-2", ["ord-2", "ORD-2026-1", "of ORD-2026-1", "xord-2", ""]),
    ],
)
def test_titles_are_nearer_the_more_of_them_was_typed(text: str, titles: list[str]) -> None:
    found = [Found("client", number, title) for number, title in enumerate(titles)]
    assert sorted(set(found), key=farness_from(text)) == found


def test_whose_title_was_typed_comes_before_earlier_records_and_those_that_refer_to_it(fresh: Records) -> None:
    for number in range(8):
        fresh.create("client", Edit({"name": f"Nr {number}", "city": "Zed"}))
    zed = fresh.create("client", Edit({"name": "Zed"})).id
    fresh.create("order", Edit({"client": zed}))
    found = fresh.search("zed", 3)
    assert [(one.entity, one.title) for one in found[:1]] == [("client", "Zed")]
    assert [one.entity for one in found] == ["client", "client", "client", "order"]
    # Of two entities the one comes first whose record is called so.
    fresh.create("client", Edit({"name": "Some", "city": "ord-2026-0001"}))
    assert [one.title for one in fresh.search("ORD-2026-0001")] == ["ORD-2026-0001", "Some"]
