"""The demo data is believable: numbers that validators accept, names in several alphabets, a year with seasons."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import phonenumbers
import pytest
from email_validator import validate_email
from stdnum import ean, get_cc_module

from engine.demo.latin import latin
from engine.demo.people import MAIL
from engine.demo.tax_ids import tax_id
from engine.demo.words import COUNTRIES
from tests.engine.demo.conftest import Rows

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def values(rows: Rows, column: str) -> list[Any]:
    return [row[column] for found in rows.values() for row in found if row.get(column) is not None]


def test_every_telephone_is_valid(rows: Rows) -> None:
    phones = values(rows, "phone")
    assert len(phones) > 400
    wrong = [phone for phone in phones if not phonenumbers.is_valid_number(phonenumbers.parse(phone))]
    assert wrong == []


def test_a_client_has_a_telephone_of_its_country(rows: Rows) -> None:
    for client in rows["client"]:
        assert phonenumbers.region_code_for_number(phonenumbers.parse(client["phone"])) == client["country"]


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.code)
def test_every_area_and_mobile_code_of_a_country_is_valid(country: Any) -> None:
    codes = [city.area + country.landline for city in country.cities] + list(country.mobiles)
    for code in codes:
        for digit in "0189":
            phone = phonenumbers.parse(country.calling + code.replace("#", digit))
            assert phonenumbers.is_valid_number_for_region(phone, country.code), (country.code, code, digit)


def test_every_address_of_mail_is_valid_and_leads_nowhere(rows: Rows) -> None:
    mails = values(rows, "email")
    assert len(mails) > 400
    for mail in mails:
        assert validate_email(mail, check_deliverability=False).normalized == mail
        assert mail.endswith(".example")


def test_every_website_leads_nowhere(rows: Rows) -> None:
    sites = values(rows, "website")
    assert sites
    assert all(re.fullmatch(r"https://www\.[a-z0-9-]+\.example", site) for site in sites)


def test_every_tax_number_is_valid_in_its_country(rows: Rows) -> None:
    numbers = [(row["country"], row["tax_id"] or row["tax_id_abroad"]) for row in rows["client"]]
    given = [(country, number) for country, number in numbers if number]
    assert len(given) > 100
    assert {country for country, _ in given} == {country.code for country in COUNTRIES}
    for country, number in given:
        module = get_cc_module(country.lower(), "vat")
        assert module is not None
        assert module.is_valid(number), (country, number)


@pytest.mark.parametrize("country", [country.code for country in COUNTRIES])
def test_tax_numbers_are_given_out_once(country: str) -> None:
    numbers = {tax_id(country, number) for number in range(1, 20_001)}
    assert len(numbers) == 20_000


@pytest.mark.parametrize(
    ("entity", "columns"),
    [
        ("client", ("tax_id", "tax_id_abroad")),
        ("product", ("sku", "name", "barcode")),
        ("order", ("number", "invoice_number")),
        ("payment", ("number",)),
        ("employee", ("email",)),
    ],
)
def test_what_must_be_unique_is(rows: Rows, entity: str, columns: tuple[str, ...]) -> None:
    for column in columns:
        found = [row[column] for row in rows[entity] if row[column] is not None]
        assert len(set(found)) == len(found) > 0


def test_no_two_firms_are_called_the_same(rows: Rows) -> None:
    firms = Counter(row["name"] for row in rows["client"] if row["kind"] == "company")
    assert firms.most_common(1)[0][1] == 1


def test_barcodes_have_their_check_digit(rows: Rows) -> None:
    assert all(ean.is_valid(row["barcode"]) for row in rows["product"])


def test_a_third_of_the_clients_is_cyrillic(rows: Rows) -> None:
    cyrillic = sum(bool(CYRILLIC.search(row["name"])) for row in rows["client"])
    assert 0.30 <= cyrillic / len(rows["client"]) <= 0.37


@pytest.mark.parametrize("letter", ["ё", "ä", "ö", "ș", "ț", "ă", "ë", "ç"])
def test_letters_that_search_must_fold_occur(rows: Rows, letter: str) -> None:
    texts = values(rows, "name") + values(rows, "city") + values(rows, "address") + values(rows, "summary")
    assert any(letter in text for text in texts)


def test_few_clients_place_most_orders(rows: Rows) -> None:
    orders = Counter(row["client"] for row in rows["order"])
    fifth = sum(count for _, count in orders.most_common(len(rows["client"]) // 5))
    assert 0.5 < fifth / len(rows["order"]) < 0.85


def test_nobody_orders_before_becoming_a_client(rows: Rows) -> None:
    clients = rows["client"]
    assert all(clients[row["client"] - 1]["since"] <= row["date"] for row in rows["order"])
    assert all(clients[row["client"] - 1]["since"] <= row["date"].date() for row in rows["contact_event"])


def test_weekends_are_quiet(rows: Rows) -> None:
    by_day = Counter(row["date"].weekday() for row in rows["order"])
    assert by_day[5] + by_day[6] < by_day[0] / 2


def test_july_is_quiet_and_may_is_busy(rows: Rows) -> None:
    by_month = Counter(row["date"].month for row in rows["order"])
    assert by_month[5] > by_month[7] * 1.3


def test_business_grows(rows: Rows) -> None:
    dates = [row["date"] for row in rows["order"]]
    first = sum(day < date(2024, 6, 30) for day in dates)
    last = sum(day >= date(2025, 6, 30) for day in dates)
    assert last > first * 1.1


def test_latin_spellings() -> None:
    assert latin("ООО «Норд-Лес»") == "ooo-nord-les"
    assert latin("Щербакова Юлия") == "shcherbakova-yuliya"
    assert latin("Țurcanu Ștefănescu") == "turcanu-stefanescu"
    assert latin("O'Connor & Bijtë") == "oconnor-bijte"


def test_private_mail_stays_below_the_reserved_domain() -> None:
    assert all(domain.endswith(".example") for domain in MAIL)
