"""What the generator knows of one country: how its people, firms and addresses are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def listed(text: str) -> tuple[str, ...]:
    """The parts of a text between commas."""
    return tuple(" ".join(part.split()) for part in text.split(","))


def unchanged(word: str) -> str:
    """Names that are the same for men and women."""
    return word


@dataclass(frozen=True, slots=True)
class City:
    """A city, the pattern of its postcodes, and that of its telephones' area code."""

    name: str
    postcode: str
    area: str


def cities(text: str) -> tuple[City, ...]:
    """Cities of a text with one `name, postcode, area` on each line."""
    return tuple(City(*listed(line)) for line in text.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Country:
    """Word lists and patterns of one country.

    Names of persons, firms and addresses are filled with `str.format`. In postcodes and telephones `#` is a digit and
    `@` a letter. Telephones follow the calling code: `landline` after a city's area, `mobiles` as they stand.
    """

    code: str
    calling: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]
    cities: tuple[City, ...]
    streets: tuple[str, ...]
    address: str
    landline: str
    mobiles: tuple[str, ...]
    stems: tuple[str, ...]
    trades: tuple[str, ...]
    firms: tuple[str, ...]
    positions: tuple[str, ...]
    remarks: tuple[str, ...]
    talks: tuple[str, ...]
    person: str = "{given} {surname}"
    middles: tuple[tuple[str, str], ...] = ()
    feminine: Callable[[str], str] = unchanged
