"""Amounts written out and forms of words, in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formulas import FormulaError, Money, evaluate
from formulas.functions.numerals import LANGUAGES, in_words

IN_WORDS = [
    ("en", "INWORDS(0)", "zero"),
    ("en", "INWORDS(1000001)", "one million one"),
    ("en", 'INWORDS(1; "EUR")', "one euro 00/100"),
    ("en", 'INWORDS(-12.345; "USD")', "minus twelve US dollars 35/100"),
    ("en", 'INWORDS(-0.001; "EUR")', "zero euros 00/100"),
    ("en", 'INWORDS(5; "JPY")', "five Japanese yen"),
    ("en", "INWORDS(12.5)", "twelve 50/100"),
    ("en", "INWORDS(0.999)", "one"),
    ("ru", 'INWORDS(21; "MDL")', "двадцать один молдавский лей 00/100"),
    ("ru", 'INWORDS(122.05; "SEK")', "сто двадцать две шведские кроны 05/100"),
    ("ru", "INWORDS(21022)", "двадцать одна тысяча двадцать два"),
    ("ru", 'INWORDS(111; "EUR")', "сто одиннадцать евро 00/100"),
    ("ro", 'INWORDS(1; "MDL")', "un leu moldovenesc 00/100"),
    ("ro", 'INWORDS(19; "EUR")', "nouăsprezece euro 00/100"),
    ("ro", 'INWORDS(20; "EUR")', "douăzeci de euro 00/100"),
    ("ro", 'INWORDS(101; "EUR")', "o sută unu euro 00/100"),
    ("ro", 'INWORDS(100; "EUR")', "o sută de euro 00/100"),
    ("ro", 'INWORDS(22; "SEK")', "douăzeci și două de coroane suedeze 00/100"),
    ("ro", "INWORDS(21000)", "douăzeci și una de mii"),
    ("ro", "INWORDS(2000001)", "două milioane unu"),
    ("fi", 'INWORDS(123; "EUR")', "satakaksikymmentäkolme euroa 00/100"),
    ("fi", "INWORDS(2011000)", "kaksi miljoonaa yksitoistatuhatta"),
    ("fi", "INWORDS(1910)", "tuhat yhdeksänsataakymmenen"),
    ("sq", 'INWORDS(123; "EUR")', "njëqind e njëzet e tre euro 00/100"),
    ("sq", "INWORDS(2016)", "dy mijë e gjashtëmbëdhjetë"),
]
PLURALS = [
    ("ru", "1", "день"),
    ("ru", "21", "день"),
    ("ru", "2", "дня"),
    ("ru", "5", "дней"),
    ("ru", "11", "дней"),
    ("ru", "0", "дней"),
    ("ru", "1.5", "дня"),
    ("ru", "-3", "дня"),
]


@pytest.mark.parametrize(("language", "formula", "words"), IN_WORDS)
def test_an_amount_in_words(language: str, formula: str, words: str) -> None:
    assert evaluate(formula, locale=language) == words


@pytest.mark.parametrize("language", LANGUAGES)
@given(numbers=st.lists(st.integers(0, 10**15 - 1), min_size=2, max_size=2, unique=True))
def test_two_numbers_never_have_the_same_words(language: str, numbers: list[int]) -> None:
    first, second = (in_words(number, language) for number in numbers)
    assert first != second
    assert first == " ".join(first.split())


def test_money_says_its_currency_itself() -> None:
    assert evaluate("INWORDS(total)", {"total": Money(Decimal(2), "EUR")}) == "two euros 00/100"


@pytest.mark.parametrize(
    ("formula", "language", "code"),
    [
        ("INWORDS(1)", "de", "#VALUE!"),
        ("INWORDS(10^15)", "en", "#NUM!"),
        ('INWORDS(1; "euro")', "en", "#VALUE!"),
    ],
)
def test_what_is_not_written_out(formula: str, language: str, code: str) -> None:
    found = evaluate(formula, locale=language)
    assert isinstance(found, FormulaError)
    assert found.code == code


@pytest.mark.parametrize(("language", "count", "form"), PLURALS)
def test_the_form_of_a_word(language: str, count: str, form: str) -> None:
    assert evaluate(f'PLURAL({count}; "день"; "дня"; "дней")', locale=language) == form


def test_romanian_has_a_form_for_a_few_and_one_for_more() -> None:
    forms = [evaluate(f'PLURAL({count}; "zi"; "zile"; "de zile")', locale="ro") for count in (1, 2, 19, 20, 100, 101)]
    assert forms == ["zi", "zile", "zile", "de zile", "de zile", "zile"]


def test_two_forms_serve_every_language() -> None:
    assert evaluate('PLURAL(3; "file"; "files")', locale="ru") == "files"
    assert evaluate('PLURAL(1; "tiedosto"; "tiedostoa")', locale="fi") == "tiedosto"


@pytest.mark.parametrize(
    ("language", "pattern", "text"),
    [
        ("ru", "d mmmm yyyy", "15 мая 2024"),
        ("ru", "mmmm yyyy", "май 2024"),
        ("ro", "dddd, d mmmm", "miercuri, 15 mai"),
        ("fi", "d. mmmm", "15. toukokuuta"),
        ("sq", "mmmm", "maj"),
        ("en", "mmm", "May"),
    ],
)
def test_months_and_days_have_their_names(language: str, pattern: str, text: str) -> None:
    assert evaluate(f'TEXT(DATE(2024; 5; 15); "{pattern}")', locale=language) == text
