"""The amounts of the demo data agree to the cent, and payments with what orders will come to."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from engine.demo import LAST_DAY
from engine.demo.seasons import days
from tests.engine.demo.conftest import Rows

CENT = Decimal("0.01")


def places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


@pytest.fixture(scope="module")
def totals(rows: Rows) -> dict[int, Decimal]:
    """What the formulas of the sample give for each order."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for line in rows["order_line"]:
        sums[line["order"]] += (line["quantity"] * line["price"]).quantize(CENT, ROUND_HALF_UP)
    found: dict[int, Decimal] = {}
    for number, order in enumerate(rows["order"], 1):
        net = (sums[number] * (1 - (order["discount"] or 0))).quantize(CENT, ROUND_HALF_UP)
        found[number] = net + (net * order["vat_rate"]).quantize(CENT, ROUND_HALF_UP)
    return found


def test_what_is_computed_is_not_given(rows: Rows) -> None:
    computed = {"amount", "net", "vat", "total", "paid", "debt"}
    assert computed.isdisjoint(rows["order_line"][0])
    assert computed.isdisjoint(rows["order"][0])


def test_a_quantity_times_its_price_is_whole_cents(rows: Rows) -> None:
    for line in rows["order_line"]:
        assert line["quantity"] * line["price"] % CENT == 0
        assert places(line["price"]) == 2
        assert line["quantity"] > 0 < line["price"]


def test_some_quantities_are_not_whole(rows: Rows) -> None:
    assert any(line["quantity"] % 1 for line in rows["order_line"])


def test_the_rate_of_the_tax_is_that_of_the_day_and_none_for_firms_abroad(rows: Rows) -> None:
    rates: dict[tuple[bool, bool], set[Decimal]] = defaultdict(set)
    for order in rows["order"]:
        client = rows["client"][order["client"] - 1]
        abroad = client["kind"] == "company" and client["country"] != "FI"
        rates[abroad, order["date"] >= date(2024, 9, 1)].add(order["vat_rate"])
    assert rates == {
        (False, False): {Decimal("0.24")},
        (False, True): {Decimal("0.255")},
        (True, False): {Decimal(0)},
        (True, True): {Decimal(0)},
    }


def test_some_orders_have_a_discount(rows: Rows) -> None:
    share = sum(order["discount"] is not None for order in rows["order"]) / len(rows["order"])
    assert 0.3 < share < 0.95


def test_payments_agree_with_the_status_of_orders(rows: Rows, totals: dict[int, Decimal]) -> None:
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for payment in rows["payment"]:
        order = rows["order"][payment["order"] - 1]
        assert payment["client"] == order["client"]
        assert payment["date"] >= order["date"]
        paid[payment["order"]] += payment["amount"]
    for number, order in enumerate(rows["order"], 1):
        if order["status"] == "paid":
            assert paid[number] == totals[number]
        elif order["status"] == "shipped":
            assert paid[number] < totals[number]
        else:
            assert number not in paid


def test_most_orders_are_paid_and_some_are_not(rows: Rows) -> None:
    paid = sum(order["status"] == "paid" for order in rows["order"]) / len(rows["order"])
    assert 0.8 < paid < 0.97
    assert {order["status"] for order in rows["order"]} == {"new", "confirmed", "shipped", "paid", "cancelled"}


def test_only_settled_orders_have_invoices(rows: Rows) -> None:
    assert all(
        (order["invoice_number"] is not None) == (order["status"] in ("shipped", "paid")) for order in rows["order"]
    )


def test_numbers_rise_with_dates_and_have_no_gaps(rows: Rows) -> None:
    for entity, prefix in (("order", "ORD"), ("payment", "PAY")):
        counters: dict[int, int] = defaultdict(int)
        dates = [row["date"] for row in rows[entity]]
        assert dates == sorted(dates)
        for row in rows[entity]:
            counters[row["date"].year] += 1
            assert row["number"] == f"{prefix}-{row['date'].year}-{counters[row['date'].year]:05}"


def test_prices_rise_with_the_years(rows: Rows) -> None:
    by_product: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for line in rows["order_line"]:
        year = rows["order"][line["order"] - 1]["date"].year
        assert by_product[line["product"]].setdefault(year, line["price"]) == line["price"]
    for number, prices in by_product.items():
        rising = [prices[year] for year in sorted(prices)]
        assert rising == sorted(rising)
        assert rising[-1] <= rows["product"][number - 1]["price"]


def test_days_add_up_to_the_total() -> None:
    for total in (1, 7, 100, 12_345):
        assert sum(day.count for day in days(total, LAST_DAY)) == total
