"""How numbers of a report are written, errors and amounts with a currency of their own included."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.fields.locale import Locale
from engine.model.report import Report
from formulas import FormulaError, Money
from runtime_web.reports.amounts import writer_of
from tests.shop import shop_configuration


@pytest.mark.parametrize(
    ("measure", "value", "said"),
    [
        ({"field": "total"}, None, ""),
        ({"field": "total"}, FormulaError("#CURRENCY!"), "#CURRENCY!"),
        ({"field": "total", "show_as": "percent_of_total"}, FormulaError("#DIV/0!"), "#DIV/0!"),
        ({"field": "total"}, Money(Decimal("1234.5"), "USD"), "1,234.50 USD"),
        ({"formula": "1 / 0"}, FormulaError("#DIV/0!"), "#DIV/0!"),
    ],
)
def test_a_number_is_written_as_its_reader_reads_it(measure: dict[str, Any], value: Any, said: str) -> None:
    report = Report.model_validate({"of": "order", "values": {"one": measure}})
    assert writer_of(shop_configuration(), report, "one", Locale("en", "UTC"))(value) == said
