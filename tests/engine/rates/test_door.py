"""The table of rates, and the results that follow it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from engine.fields.locale import locale_for
from engine.problems import Refused
from engine.rates import Entry, ExchangeRates, Rate
from engine.records import Edit, Records
from engine.rights import SYSTEM, Principal
from engine.schema import apply, complete
from engine.storage import ddl
from engine.storage.rates import SINGLY, Rates
from engine.storage.recompute import Recompute
from engine.storage.tables import describe_tables
from tests.engine.rates.abroad import abroad

ENGLISH = locale_for("en")


def enter(rates: ExchangeRates, currency: str, day: str, rate: str) -> tuple[Rate, Rate | None]:
    return rates.set(Entry(currency, day, rate), ENGLISH)


def bill(business: Records, money: str, amount: str, day: str, customer: int | None = None) -> int:
    values: dict[str, Any] = {"money": money, "amount": Decimal(amount), "date": dt.date.fromisoformat(day)}
    return business.create("bill", Edit({**values, "customer": customer})).id


def home(business: Records, bill_id: int) -> Any:
    record = business.get("bill", bill_id)
    return record.errors.get("home", record.values["home"])


class TestConverting:
    def test_the_last_rate_on_the_day_or_before_counts(self, business: Records, rates: ExchangeRates) -> None:
        enter(rates, "USD", "2026-03-10", "0.9")
        enter(rates, "USD", "2026-03-12", "0.8")
        days = ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2027-01-01")
        found = [home(business, bill(business, "USD", "100", day)) for day in days]
        assert found == ["#N/A", Decimal("90.00"), Decimal("90.00"), Decimal("80.00"), Decimal("80.00")]

    def test_between_two_foreign_currencies_the_amount_is_rounded_once(
        self, business: Records, rates: ExchangeRates
    ) -> None:
        enter(rates, "USD", "2026-01-01", "0.9")
        enter(rates, "MDL", "2026-01-01", "0.07")
        million = bill(business, "MDL", "9000000", "2026-02-01")
        # A rate rounded to ten places, 0.0777777778, would give two tenths of a cent too much.
        assert business.get("bill", million).values["dollars"] == Decimal("700000.00")
        euros = bill(business, "EUR", "90000", "2026-02-01")
        assert business.get("bill", euros).values["dollars"] == Decimal("100000.00")

    def test_a_changed_rate_changes_results_and_what_depends_on_them(
        self, business: Records, rates: ExchangeRates
    ) -> None:
        customer = business.create("customer", Edit({"name": "Ann"})).id
        first = bill(business, "USD", "100", "2026-03-10", customer)
        second = bill(business, "EUR", "50", "2026-03-10", customer)
        assert home(business, first) == "#N/A"
        assert business.get("customer", customer).errors == {"turnover": "#N/A"}
        enter(rates, "USD", "2026-03-01", "0.9")
        assert business.get("bill", first).values["words"] == "small"
        assert business.get("customer", customer).values["turnover"] == Decimal("140.00")
        _, before = enter(rates, "USD", "2026-03-01", "1.25")
        assert before == Rate("USD", dt.date(2026, 3, 1), Decimal("0.9"))
        assert business.get("bill", first).values["words"] == "large"
        assert business.get("customer", customer).values["turnover"] == Decimal("175.00")
        rates.remove("USD", dt.date(2026, 3, 1))
        assert home(business, first) == "#N/A"
        assert home(business, second) == Decimal("50.00")
        assert rates.remove("USD", dt.date(2026, 3, 1)) is None

    def test_a_rate_moved_to_another_day_leaves_none_behind(self, rates: ExchangeRates) -> None:
        rate, _ = enter(rates, "USD", "2026-03-01", "0.9")
        rates.set(Entry("USD", "2026-03-02", "0.9"), ENGLISH, rate)
        assert [one.date for one in rates.page().rates] == [dt.date(2026, 3, 2)]

    def test_defaults_and_checks_know_the_rates(self, business: Records, rates: ExchangeRates) -> None:
        enter(rates, "USD", "2026-03-01", "0.9")
        found = business.get("bill", bill(business, "USD", "100", "2026-03-10"))
        assert found.values["limit"] == Decimal("180.00")
        with pytest.raises(Refused) as refused:
            bill(business, "USD", "1111112", "2026-03-10")
        assert [one.code for one in refused.value.problems] == ["check-failed"]

    def test_what_is_previewed_is_what_is_saved(self, business: Records, rates: ExchangeRates) -> None:
        enter(rates, "USD", "2026-03-01", "0.9")
        day = dt.date(2026, 3, 10)
        found = business.preview("bill", None, Edit({"money": "USD", "amount": Decimal(10), "date": day}))
        assert found is not None
        assert found.record.values["home"] == Decimal("9.00")

    def test_computing_everything_anew_changes_nothing(self, business: Records, rates: ExchangeRates) -> None:
        enter(rates, "USD", "2026-03-01", "0.9")
        enter(rates, "RUB", "2026-02-01", "0.01")
        ids = [
            bill(business, money, "77.77", day)
            for money in ("USD", "RUB", "MDL", "EUR")
            for day in ("2026-02-15", "2026-04-01")
        ]
        enter(rates, "USD", "2026-02-15", "0.95")
        before = [business.get("bill", one) for one in ids]
        with business.database.write() as connection:
            Recompute(business.database, business.tables).everything(connection, ["bill"])
        assert [business.get("bill", one) for one in ids] == before

    def test_only_what_converts_is_computed(self, business: Records) -> None:
        stages = business.tables.computation.stages
        assert [stage.entity for stage in stages if stage.converts] == ["bill"]

    def test_many_days_are_read_at_once(self, business: Records, rates: ExchangeRates) -> None:
        first = dt.date(2026, 1, 1)
        for number in range(0, 40, 2):
            enter(rates, "USD", (first + dt.timedelta(number)).isoformat(), f"0.{50 + number}")
        with business.database.read() as connection:
            known = Rates(connection, "EUR")
            found = [known("USD", "EUR", first + dt.timedelta(number)) for number in range(-1, 41)]
        expected = [Decimal(f"0.{50 + number // 2 * 2}") for number in range(40)]
        assert found == [None, *expected, expected[-1]]
        assert len(found) > SINGLY


class TestTheTable:
    def test_the_newest_come_first_page_by_page(self, rates: ExchangeRates) -> None:
        for day in ("2026-03-01", "2026-03-03", "2026-03-02"):
            enter(rates, "USD", day, "0.9")
        enter(rates, "GBP", "2026-03-02", "1.17")
        found = rates.page(1, 3)
        assert [(one.currency, one.date.day) for one in found.rates] == [("USD", 3), ("GBP", 2), ("USD", 2)]
        assert found.count == 4
        assert [(one.currency, one.date.day) for one in rates.page(2, 3).rates] == [("USD", 1)]

    def test_every_digit_stays(self, rates: ExchangeRates) -> None:
        for typed in ("0.000000000000000001", "9999999999.5", "0.1234567890123"):
            rate, _ = enter(rates, "USD", "2026-03-01", typed)
            assert rates.get("USD", rate.date) == Rate("USD", rate.date, Decimal(typed))

    def test_all_that_is_wrong_is_told_at_its_field(self, rates: ExchangeRates) -> None:
        with pytest.raises(Refused) as refused:
            enter(rates, "EURO!", "2026-02-30", "0")
        found = [(one.path, one.code) for one in refused.value.problems]
        assert found == [(("currency",), "choice-unknown"), (("date",), "not-a-date"), (("rate",), "rate-not-positive")]
        with pytest.raises(Refused) as refused:
            enter(rates, "EUR", "", "")
        found = [(one.path, one.code) for one in refused.value.problems]
        assert found == [(("currency",), "rate-own-currency"), (("date",), "required"), (("rate",), "required")]

    def test_it_is_for_administrators(self, rates: ExchangeRates) -> None:
        ben = replace(rates, principal=Principal(2, "Ben"))
        for work in (
            ben.page,
            lambda: enter(ben, "USD", "2026-03-01", "1"),
            lambda: ben.remove("USD", dt.date(2026, 3, 1)),
            lambda: ben.get("USD", dt.date(2026, 3, 1)),
        ):
            with pytest.raises(Refused) as refused:
                work()
            assert refused.value.problems[0].code == "administrators-only"


class TestTheDatabase:
    def test_a_database_of_an_earlier_version_gets_the_table(self, business: Records) -> None:
        with business.database.write() as connection:
            connection.execute(text("DROP TABLE _rate"))
        complete(business.database, business.configuration)
        with business.database.read() as connection:
            assert "_rate" in ddl.table_names(connection)
        with business.database.write() as connection:
            connection.execute(text("DROP TABLE _rate"))
        apply(business.database, abroad(label="Other"), "tests")
        with business.database.read() as connection:
            assert "_rate" in ddl.table_names(connection)

    def test_rates_belong_to_the_currency_of_the_business(self, business: Records, rates: ExchangeRates) -> None:
        enter(rates, "USD", "2026-03-01", "0.9")
        found = bill(business, "USD", "100", "2026-03-10")
        assert home(business, found) == Decimal("90.00")
        wanted = abroad(currency="GBP")
        apply(business.database, wanted, "tests")
        later = Records(business.database, describe_tables(wanted), SYSTEM)
        assert home(later, found) == "#N/A"
        assert ExchangeRates(later.database, later.tables, SYSTEM).page().count == 0

    def test_a_save_beside_a_change_of_rates_has_the_new_one_in_the_end(
        self, business: Records, rates: ExchangeRates
    ) -> None:
        enter(rates, "USD", "2026-01-01", "1")

        def work(number: int) -> None:
            if number % 4:
                bill(business, "USD", "100", "2026-03-10")
            else:
                enter(rates, "USD", "2026-01-01", f"1.{number:02}")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(24)))
        with business.database.read() as connection:
            stored = set(connection.execute(text("SELECT home FROM bill")).scalars())
        assert len(stored) == 1
