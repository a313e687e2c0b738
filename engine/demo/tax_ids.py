"""Tax numbers whose check digits are right, each given out once.

The numbers are spread over the whole range by a step that shares no divisor with its size, so that the n-th of
every country is different from all others without keeping a list. python-stdnum computes the check digits.
"""

from __future__ import annotations

from collections.abc import Callable

from stdnum.fi import alv
from stdnum.gb import vat
from stdnum.ro import cui
from stdnum.ru import inn

_STEP = 7_654_321
_REGIONS = ("77", "78", "16", "52", "66", "54", "63", "59", "36", "76", "10", "69", "60", "39", "51", "57")


def tax_id(country: str, number: int) -> str:
    """The tax number of a firm there, as it stands on invoices; different for each `number` below 300,000."""
    return _FIRMS[country](number)


def personal_tax_id(number: int) -> str:
    """The tax number of a Russian sole trader or private person: two check digits instead of one."""
    payer = f"{_REGIONS[number % len(_REGIONS)]}{_spread(number, 10**8):08}"
    return payer + inn.calc_personal_check_digits(payer)


def _spread(number: int, size: int) -> int:
    return (number * _STEP + 2_718_281) % size


def _russia(number: int) -> str:
    payer = f"{_REGIONS[number % len(_REGIONS)]}{_spread(number, 10**7):07}"
    return payer + inn.calc_company_check_digit(payer)


def _finland(number: int) -> str:
    # One remainder in eleven has no check digit: there the digit before it is 1, which changes the remainder.
    start = 100_000 + _spread(number, 300_000)
    rests = ((f"{start}{digit}", -alv.checksum(f"{start}{digit}0") % 11) for digit in (0, 1))
    return next(f"{payer}{rest}" for payer, rest in rests if rest < 10)


def _romania(number: int) -> str:
    payer = str(1_000_000 + _spread(number, 9_000_000))
    return f"RO{payer}{cui.calc_check_digit(payer)}"


def _britain(number: int) -> str:
    payer = str(1_000_000 + _spread(number, 9_000_000))
    return f"GB{payer}{-vat.checksum(payer + '00') % 97:02}"


def _albania(number: int) -> str:
    # How the last letter follows from the digits is not published, so any letter is valid.
    return f"AL{chr(65 + number % 13)}{_spread(number, 10**8):08}{chr(65 + number % 26)}"


_FIRMS: dict[str, Callable[[int], str]] = {
    "RU": _russia,
    "FI": _finland,
    "RO": _romania,
    "GB": _britain,
    "AL": _albania,
}
