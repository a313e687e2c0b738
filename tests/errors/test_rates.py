"""Each code about exchange rates has a reproducer in rates.yaml that is also its golden text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from engine.exchange import read_sheet
from engine.fields.locale import locale_for
from engine.problems import Problem, Refused
from engine.rates import ExchangeRates
from engine.rights import SYSTEM, Principal
from tests.shop import open_shop

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("rates.yaml"))


@pytest.mark.parametrize("case", CASES, ids=[case["code"] for case in CASES])
def test_one_wrong_rate_is_one_sentence(case: dict[str, Any], sqlite_url: str, tmp_path: Path) -> None:
    shop = open_shop(sqlite_url)
    asker = Principal(2, case["by"]) if "by" in case else SYSTEM
    (said,) = problems(ExchangeRates(shop.database, shop.tables, asker), case, tmp_path / "rates.csv")
    shop.database.close()
    assert (said.code, f"{said.sentence} {said.hint}".strip()) == (case["code"], case["says"])


def problems(rates: ExchangeRates, case: dict[str, Any], path: Path) -> tuple[Problem, ...]:
    rows = [["currency", "date", "rate"], *case["rows"]]
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    try:
        return tuple(bad.problem for bad in rates.import_sheet(read_sheet(path), locale_for("en")).bad)
    except Refused as refused:
        return refused.problems
