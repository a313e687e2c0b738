"""Rates out of files: as other programs write them, and all or nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from engine.exchange import read_sheet
from engine.exchange.findings import ImportResult
from engine.fields.locale import locale_for
from engine.problems import Refused
from engine.rates import ExchangeRates
from engine.records import Edit, Records


def imported(
    rates: ExchangeRates, folder: Path, text: str, language: str = "en", encoding: str = "utf-8"
) -> ImportResult:
    path = folder / "rates.csv"
    path.write_text(text, encoding=encoding)
    return rates.import_sheet(read_sheet(path), locale_for(language))


def shown(rates: ExchangeRates) -> list[tuple[str, str, str]]:
    return [(one.currency, one.date.isoformat(), str(one.rate)) for one in rates.page().rates]


def test_a_file_is_entered_and_results_follow(business: Records, rates: ExchangeRates, tmp_path: Path) -> None:
    values = {"money": "USD", "amount": Decimal(10), "date": dt.date(2026, 3, 2)}
    bill = business.create("bill", Edit(values)).id
    result = imported(rates, tmp_path, "currency,date,rate\nUSD,2026-03-01,0.92\nGBP,2026-03-01,1.17\n")
    assert (result.rows, result.added, result.updated, result.written) == (2, 2, 0, True)
    assert business.get("bill", bill).values["home"] == Decimal("9.20")
    again = imported(
        rates, tmp_path, "currency,date,rate\nUSD,2026-03-01,0.93\nGBP,2026-03-01,1.17\n\nUSD,2026-03-02,1\n"
    )
    assert (again.rows, again.added, again.updated, again.unchanged) == (3, 1, 1, 1)
    assert business.get("bill", bill).values["home"] == Decimal("10.00")


def test_separators_headings_and_numbers_are_those_of_the_language(rates: ExchangeRates, tmp_path: Path) -> None:
    imported(rates, tmp_path, "Дата;Валюта;Курс\n01.03.2026;usd;0,92\n02.03.2026;$;0,9\n", "ru", "cp1251")
    assert shown(rates) == [("USD", "2026-03-02", "0.9"), ("USD", "2026-03-01", "0.92")]


def test_a_workbook_holds_numbers_and_days(rates: ExchangeRates, tmp_path: Path) -> None:
    path = tmp_path / "rates.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("Valuutta", "Päivä", "Kurssi"))
        page.write(1, 0, "USD")
        page.write_datetime(1, 1, dt.datetime(2026, 3, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_number(1, 2, 0.92276460274984)
    rates.import_sheet(read_sheet(path), locale_for("fi"))
    assert shown(rates) == [("USD", "2026-03-01", "0.92276460274984")]


def test_nothing_is_entered_where_one_cell_is_wrong(rates: ExchangeRates, tmp_path: Path) -> None:
    text = "currency,date,rate\nUSD,2026-03-01,0.92\nUSX,2026-03-01,-1\nEUR,,abc\nUSD,2026-03-01,0.93\n"
    result = imported(rates, tmp_path, text)
    assert not result.written
    assert shown(rates) == []
    found = [(bad.row, bad.letters, bad.problem.code) for bad in result.bad]
    assert found == [
        (3, "A", "choice-unknown"),
        (3, "C", "rate-not-positive"),
        (4, "A", "rate-own-currency"),
        (4, "B", "required"),
        (4, "C", "not-a-number"),
        (5, "B", "rate-twice"),
    ]


def test_all_three_columns_are_needed(rates: ExchangeRates, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        imported(rates, tmp_path, "currency,price\nUSD,1\n")
    assert [one.code for one in refused.value.problems] == ["column-unknown", "column-missing", "column-missing"]


def test_a_file_without_rows_changes_nothing(rates: ExchangeRates, tmp_path: Path) -> None:
    assert imported(rates, tmp_path, "currency,date,rate\n").written
