"""Numbers whose mask has expressions: each result is counted by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.exchange import Import, read_sheet
from engine.fields.locale import locale_for
from engine.fields.sequence import SequenceField
from engine.model import Configuration
from engine.records import Edit, Records
from engine.rights import Principal
from engine.storage.tables import describe_tables
from tests.ready import ready_database

SHOP = Configuration.model_validate(
    {
        "kartoteka": 1,
        "name": "shop",
        "entities": {
            "branch": {"fields": {"code": {"type": "text"}, "name": {"type": "text"}}},
            "order": {
                "kind": "document",
                "fields": {
                    "number": {
                        "type": "sequence",
                        "mask": '{=IF(ISBLANK(branch); "X"; branch.code)}-{YYYY}-{###}/{=USER().name}',
                        "reset": "year",
                    },
                    "date": {"type": "date", "default": "=DATE(2026; 3; 1)"},
                    "branch": {"type": "reference", "to": "branch"},
                },
            },
        },
    }
)


@pytest.fixture
def shop(database_url: str) -> Iterator[Records]:
    database = ready_database(database_url, SHOP)
    yield Records(database, describe_tables(SHOP), Principal(7, "ann"))
    database.close()


def number(shop: Records, branch: int | None, day: dt.date | None = None) -> str:
    values = {"branch": branch, **({"date": day} if day else {})}
    return str(shop.get("order", shop.create("order", Edit(values)).id).values["number"])


def test_each_result_is_counted_by_itself(shop: Records) -> None:
    riga, oslo = (shop.create("branch", Edit({"code": code})).id for code in ("R", "{O}"))
    assert [number(shop, branch) for branch in (riga, riga, oslo, None, riga)] == [
        "R-2026-001/ann",
        "R-2026-002/ann",
        "{O}-2026-001/ann",
        "X-2026-001/ann",
        "R-2026-003/ann",
    ]
    assert number(shop, riga, dt.date(2027, 1, 1)) == "R-2027-001/ann"


def test_imports_count_on_and_move_the_counter(shop: Records, tmp_path: Path) -> None:
    riga = shop.create("branch", Edit({"code": "R", "name": "Riga"})).id
    number(shop, riga)
    text = "number;date;branch\n;2026-03-01;R\nR-2026-010/ann;2026-03-01;R\n;2026-03-01;R\n"
    file = tmp_path / "orders.csv"
    file.write_text(text, encoding="utf-8")
    result = Import(shop, "order", read_sheet(file), locale_for("en")).run()
    assert result.written, result
    assert number(shop, riga) == "R-2026-013/ann"


def test_a_mask_reads_its_own_numbers() -> None:
    field = SHOP.entities["order"].fields["number"]
    assert isinstance(field, SequenceField)
    assert field.counted("R-1-2026-017/ann b") == ("2026|R-1|ann b", 17)
    assert field.counted("R-2026-017") is None
