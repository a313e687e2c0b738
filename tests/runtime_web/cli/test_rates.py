"""kartoteka rates: entered, listed, removed and imported on the terminal."""

from __future__ import annotations

from sqlalchemy import text

from engine.storage import Database
from tests.runtime_web.cli.conftest import Terminal


def test_rates_are_set_listed_and_removed(shop: Terminal) -> None:
    assert "no exchange rates yet" in shop.run("rates", "list").stdout
    said = shop.run("rates", "set", "usd", "0.920", "--date", "2026-03-01").stdout
    assert said == "From 2026-03-01: 1 USD = 0.92 EUR.\n"
    said = shop.run("rates", "set", "USD", "0.93", "--date", "2026-03-01").stdout
    assert said == "From 2026-03-01: 1 USD = 0.93 EUR; it was 0.92.\n"
    shop.run("rates", "set", "GBP", "1.17", "--date", "2026-02-01")
    assert shop.run("rates", "list").stdout == "2026-03-01  1 USD = 0.93 EUR\n2026-02-01  1 GBP = 1.17 EUR\n"
    assert "and 1 earlier" in shop.run("rates", "list", "--limit", "1").stdout
    assert shop.run("rates", "remove", "USD", "2026-03-01").stdout == "Removed: 2026-03-01, 1 USD = 0.93 EUR.\n"
    shop.run("rates", "remove", "USD", "2026-03-01", code=1)
    found = shop.read("rates", "list", "--json")
    assert found == {
        "currency": "EUR",
        "count": 1,
        "rates": [{"currency": "GBP", "date": "2026-02-01", "rate": "1.17"}],
    }


def test_what_is_wrong_is_told(shop: Terminal) -> None:
    assert "is always 1" in shop.run("rates", "set", "EUR", "1", code=1).stdout
    shop.write("rates.csv", "currency,date,rate\nUSD,2026-03-01,none\n")
    found = shop.run("rates", "import", "rates.csv", code=1)
    assert "rates.csv: row 2, column C (rate): “none” is not a number." in found.stdout
    assert [bad["code"] for bad in shop.read("rates", "import", "rates.csv", "--json", code=1)["bad"]] == [
        "not-a-number"
    ]


def test_a_file_is_imported(shop: Terminal) -> None:
    shop.write("rates.csv", "currency,date,rate\nUSD,2026-03-01,0.92\nGBP,2026-03-01,1.17\n")
    assert shop.run("rates", "import", "rates.csv").stdout == "Entered 2 new rates, changed 0.\n"


def test_a_database_of_an_earlier_version_gets_its_table(shop: Terminal) -> None:
    database = Database(f"sqlite:///{(shop.folder / 'data/kartoteka.sqlite').as_posix()}")
    with database.write() as connection:
        connection.execute(text("DROP TABLE _rate"))
    database.close()
    shop.run("rates", "set", "USD", "1")
