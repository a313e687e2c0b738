"""Numbers and words together, in the language of the reader: amounts written out, forms of words."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import get_currency_name, get_currency_precision

from formulas.decimals import STORED_LIMIT, ZERO, canonical, rounded
from formulas.function import NUMERIC, Function, Parameter, number, text
from formulas.functions.languages import known
from formulas.functions.numerals import LANGUAGES, Gender, in_words, romanian_link
from formulas.types import TEXT
from formulas.values import Context, Fault, Money

_CODE = re.compile("[A-Z]{3}")
_CENTS = 2


def _in_words(context: Context, value: Decimal | Money | None, currency: str = "") -> str | None:
    if value is None:
        return None
    if context.language not in LANGUAGES:
        raise Fault("#VALUE!", f"Amounts are written out in {', '.join(LANGUAGES)}.")
    amount, own = (value.amount, value.currency) if isinstance(value, Money) else (value, "")
    if not -STORED_LIMIT < amount < STORED_LIMIT:
        raise Fault("#NUM!", "The number is too large to be written out.")
    code = currency.upper() or own
    if not code:
        return _plain(amount, context.language)
    if not _CODE.fullmatch(code):
        raise Fault("#VALUE!", "A currency has a code of three letters.")
    return _money(amount, code, context.language)


def _plain(amount: Decimal, language: str) -> str:
    shown = rounded(amount, _CENTS)
    whole, part = _split(shown, _CENTS)
    words = _signed(whole, shown, language)
    return f"{words} {part}" if shown % 1 else words


def _money(amount: Decimal, code: str, language: str) -> str:
    places = get_currency_precision(code)
    shown = rounded(amount, places)
    whole, part = _split(shown, places)
    noun = get_currency_name(code, count=whole, locale=known(language))
    gender = _gender(code, language)
    words = _signed(whole, shown, language, gender)
    if language == "ro":
        words = _before_noun(words, whole, gender)
    return " ".join(piece for piece in (words, noun, part) if piece)


def _split(amount: Decimal, places: int) -> tuple[int, str]:
    """The whole part without its sign, and the rest as a fraction of hundreds."""
    whole, _, rest = format(abs(amount), f".{places}f").partition(".")
    return int(whole), f"{rest}/{10**places}" if rest else ""


def _signed(whole: int, amount: Decimal, language: str, gender: Gender = "m") -> str:
    words = in_words(whole, language, gender)
    return f"{in_words(-1, language).split()[0]} {words}" if amount < ZERO else words


def _gender(code: str, language: str) -> Gender:
    """Of a currency's name, from its ending."""
    name = get_currency_name(code, count=1, locale=known(language))
    if language == "ru":
        return "f" if name.split()[0].endswith("ая") else "m"
    return "f" if language == "ro" and name.split()[0].endswith(("ă", "ie")) else "m"


def _before_noun(words: str, whole: int, gender: Gender) -> str:
    """Romanian counts one with an article, and links large numbers to their noun."""
    if whole == 1:
        return words[: -len("unu" if gender == "m" else "una")] + ("o" if gender == "f" else "un")
    return f"{words} de" if romanian_link(whole) else words


def _plural(context: Context, count: Decimal, one: str, *others: str) -> str:
    """Of two other forms the first is for a few; where many have a form of their own, it is for fractions too."""
    rule = known(context.language).plural_form
    category = rule(Decimal(canonical(abs(count))))
    if category == "one":
        return one
    few = category == "few" or (category == "other" and "many" in rule.tags)
    return others[0] if few else others[-1]


FUNCTIONS = (
    Function(
        "INWORDS",
        (Parameter("amount", NUMERIC, blanks=True), text("currency", optional=True)),
        TEXT,
        _in_words,
        "An amount written out, with the name of its currency: for invoices, in en, ru, ro, fi and sq.",
        (
            ("INWORDS(123)", '"one hundred twenty-three"'),
            ('INWORDS(123.45; "EUR")', '"one hundred twenty-three euros 45/100"'),
        ),
        context=True,
        currencies=True,
    ),
    Function(
        "PLURAL",
        (number("count"), text("one"), text("few_or_other"), text("other", optional=True)),
        TEXT,
        _plural,
        'The form of a word that goes with a number in the language: PLURAL(days; "day"; "days").',
        (('PLURAL(1; "day"; "days")', '"day"'), ('PLURAL(5; "day"; "days")', '"days"')),
        context=True,
    ),
)
