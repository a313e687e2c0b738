"""Whole numbers in words, below 10^15, in the languages of the product.

A language is a way to say a number below a thousand, and the thousands, millions and so on behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

Gender = Literal["m", "f", "n"]
"""Of the noun that is counted. Neuter nouns are masculine in the singular and feminine in the plural, as in Romanian."""
GROUPS = 5


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


_EN_ONES = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_EN_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_SCALES = ("", "thousand", "million", "billion", "trillion")
_RU_ONES = _words(
    "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
_RU_TENS = _words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_RU_HUNDREDS = _words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
_RU_SCALES = (
    ("тысяча", "тысячи", "тысяч"),
    ("миллион", "миллиона", "миллионов"),
    ("миллиард", "миллиарда", "миллиардов"),
    ("триллион", "триллиона", "триллионов"),
)
_RO_ONES = _words(
    "zero unu doi trei patru cinci șase șapte opt nouă zece unsprezece doisprezece treisprezece paisprezece "
    "cincisprezece șaisprezece șaptesprezece optsprezece nouăsprezece"
)
_RO_TENS = _words("douăzeci treizeci patruzeci cincizeci șaizeci șaptezeci optzeci nouăzeci")
_RO_SCALES: tuple[tuple[str, str, Gender], ...] = (
    ("o mie", "mii", "f"),
    ("un milion", "milioane", "n"),
    ("un miliard", "miliarde", "n"),
    ("un trilion", "trilioane", "n"),
)
_FI_ONES = _words("nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen")
_FI_SCALES = (("miljoona", "miljoonaa"), ("miljardi", "miljardia"), ("biljoona", "biljoonaa"))
_SQ_ONES = _words(
    "zero një dy tre katër pesë gjashtë shtatë tetë nëntë dhjetë njëmbëdhjetë dymbëdhjetë trembëdhjetë katërmbëdhjetë "
    "pesëmbëdhjetë gjashtëmbëdhjetë shtatëmbëdhjetë tetëmbëdhjetë nëntëmbëdhjetë"
)
_SQ_TENS = _words("njëzet tridhjetë dyzet pesëdhjetë gjashtëdhjetë shtatëdhjetë tetëdhjetë nëntëdhjetë")
_SQ_SCALES = (("mijë", "mijë"), ("milion", "milionë"), ("miliard", "miliardë"), ("bilion", "bilionë"))


def _groups(number: int) -> Iterator[tuple[int, int]]:
    """Thousands of thousands first: the power of a thousand, and how many of it; those that are none are left out."""
    for power in reversed(range(GROUPS)):
        count = number // 1000**power % 1000
        if count:
            yield power, count


def _english(number: int, _: Gender) -> str:
    parts = [f"{_english_hundreds(count)} {_EN_SCALES[power]}".strip() for power, count in _groups(number)]
    return " ".join(parts)


def _english_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_EN_ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        above = _EN_TENS[tens - 2] + (f"-{_EN_ONES[ones]}" if ones else "") if rest >= 20 else _EN_ONES[rest]
        parts.append(above)
    return " ".join(parts)


def _russian(number: int, gender: Gender) -> str:
    parts: list[str] = []
    for power, count in _groups(number):
        parts += _russian_hundreds(count, ("f" if power == 1 else "m") if power else gender)
        if power:
            parts.append(_RU_SCALES[power - 1][russian_form(count)])
    return " ".join(parts)


def _russian_hundreds(number: int, gender: Gender) -> list[str]:
    hundreds, rest = divmod(number, 100)
    parts = [_RU_HUNDREDS[hundreds - 1]] if hundreds else []
    if rest >= 20:
        parts.append(_RU_TENS[rest // 10 - 2])
        rest %= 10
    words = {"f": {1: "одна", 2: "две"}, "n": {1: "одно"}}.get(gender, {})
    return [*parts, words.get(rest, _RU_ONES[rest])] if rest else parts


def russian_form(count: int) -> int:
    """Which of the three forms of a noun goes with a number: 0 for one, 1 for a few, 2 for many."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else 2


def _romanian(number: int, gender: Gender) -> str:
    parts: list[str] = []
    for power, count in _groups(number):
        if not power:
            parts.append(_romanian_hundreds(count, gender))
            continue
        one, several, of_scale = _RO_SCALES[power - 1]
        link = " de " if romanian_link(count) else " "
        parts.append(one if count == 1 else f"{_romanian_hundreds(count, of_scale)}{link}{several}")
    return " ".join(parts)


def _romanian_hundreds(number: int, gender: Gender) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [{1: "o sută", 2: "două sute"}.get(hundreds, f"{_RO_ONES[hundreds]} sute")] if hundreds else []
    words = {"f": {1: "una", 2: "două", 12: "douăsprezece"}, "n": {2: "două", 12: "douăsprezece"}}.get(gender, {})
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        parts.append(_RO_TENS[tens - 2] + (f" și {words.get(ones, _RO_ONES[ones])}" if ones else ""))
    elif rest:
        parts.append(words.get(rest, _RO_ONES[rest]))
    return " ".join(parts)


def romanian_link(count: int) -> bool:
    """Whether "de" stands between a number and its noun: after 20 and more, and after whole hundreds."""
    return count % 100 >= 20 or (count > 0 and count % 100 == 0)


def _finnish(number: int, _: Gender) -> str:
    parts: list[str] = []
    for power, count in _groups(number):
        words = _finnish_hundreds(count)
        if power == 1:
            parts.append("tuhat" if count == 1 else f"{words}tuhatta")
        elif power:
            one, several = _FI_SCALES[power - 2]
            parts.append(one if count == 1 else f"{words} {several}")
        else:
            parts.append(words)
    return " ".join(parts)


def _finnish_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = {0: "", 1: "sata"}.get(hundreds, f"{_FI_ONES[hundreds]}sataa")
    tens, ones = divmod(rest, 10)
    if rest <= 10:
        return words + (_FI_ONES[rest] if rest else "")
    if tens == 1:
        return f"{words}{_FI_ONES[ones]}toista"
    return f"{words}{_FI_ONES[tens]}kymmentä{_FI_ONES[ones] if ones else ''}"


def _albanian(number: int, _: Gender) -> str:
    parts: list[str] = []
    for power, count in _groups(number):
        words = _albanian_hundreds(count)
        parts.append(f"{words} {_SQ_SCALES[power - 1][count > 1]}" if power else words)
    return " e ".join(parts)


def _albanian_hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = [f"{_SQ_ONES[hundreds]}qind"] if hundreds else []
    if rest >= 20:
        parts.append(_SQ_TENS[rest // 10 - 2])
        rest %= 10
    return " e ".join([*parts, _SQ_ONES[rest]] if rest else parts)


_LANGUAGES: Mapping[str, tuple[Callable[[int, Gender], str], str, str]] = MappingProxyType(
    {
        "en": (_english, "zero", "minus"),
        "ru": (_russian, "ноль", "минус"),
        "ro": (_romanian, "zero", "minus"),
        "fi": (_finnish, "nolla", "miinus"),
        "sq": (_albanian, "zero", "minus"),
    }
)
"""How a language says a number, nothing, and less than nothing."""
LANGUAGES = tuple(_LANGUAGES)


def in_words(number: int, language: str, gender: Gender = "m") -> str:
    """A whole number in words."""
    say, zero, minus = _LANGUAGES[language]
    words = say(abs(number), gender) or zero
    return f"{minus} {words}" if number < 0 else words
