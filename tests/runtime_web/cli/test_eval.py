"""kartoteka eval: a formula's value, its error or its problems, for people and for programs."""

from __future__ import annotations

import pytest

from tests.runtime_web.cli.conftest import Terminal

CASES = (
    (("ROUND(net*0.21; 2)", "--set", "net=10.05"), "2.11"),
    (("2^3^2",), "64"),
    (("SUM(xs; xs > 1)", "--set", "xs=1;2;3.5"), "5.5"),
    (("name & '!'", "--set", "name=Anna"), "Anna!"),
    (("code & ''", "--set", "code='007'"), "007"),
    (("due - TODAY()", "--set", "due=2024-05-20", "--today", "2024-05-15"), "5"),
    (("HOUR(at)", "--set", "at=10:30:00"), "10"),
    (("IF(paid; 1; 2)", "--set", "paid=true"), "1"),
    (("ISBLANK(x)", "--set", "x="), "TRUE"),
    (('""',), "(blank)"),
    (("CONVERT(x; 'EUR'; TODAY())", "--set", "x=100 USD", "--rate", "USD=0.92"), "92"),
    (("CONVERT(x; 'GBP'; TODAY())", "--set", "x=100 USD", "--rate", "USD=0.92", "--rate", "GBP=1.15"), "80"),
)


@pytest.mark.parametrize(("words", "said"), CASES)
def test_a_value(words: tuple[str, ...], said: str, terminal: Terminal) -> None:
    assert terminal.run("eval", *words).stdout == f"{said}\n"


def test_an_error_value_has_its_reason(terminal: Terminal) -> None:
    assert terminal.run("eval", "1/0", code=1).stdout == "#DIV/0! The divisor is zero or blank.\n"
    assert terminal.read("--json", "eval", "1/0", code=1) == {
        "error": "#DIV/0!",
        "reason": "The divisor is zero or blank.",
    }


def test_problems_stand_below_their_places(terminal: Terminal) -> None:
    said = terminal.run("eval", "nett + 'a'*2", "--set", "net=1", code=1).stdout.splitlines()
    assert said == [
        "error: There is no field “nett”.",
        "    nett + 'a'*2",
        "    ^^^^",
        "  Did you mean net?",
        "error: “*” does not go between a text and a number.",
        "    nett + 'a'*2",
        "           ^^^^^",
    ]


def test_a_program_reads_one_document(terminal: Terminal) -> None:
    assert terminal.read("eval", "1/3", "--json") == {"value": "0.3333333333", "type": "number"}
    assert terminal.read("eval", "nett", "--json", "--set", "net=1", code=1) == {
        "problems": [
            {
                "code": "formula-unknown-name",
                "message": "There is no field “nett”.",
                "hint": "Did you mean net?",
                "start": 0,
                "end": 4,
                "candidates": ["net"],
            }
        ]
    }


def test_a_setting_has_a_name(terminal: Terminal) -> None:
    assert "5 is not like name=value." in terminal.run("eval", "1", "--set", "5", code=2).stderr


def test_a_rate_is_a_code_and_a_number(terminal: Terminal) -> None:
    for wrong in ("USD", "USD=much", "dollar=1", "USD=0"):
        assert f"{wrong} is not like USD=0.92." in terminal.run("eval", "1", "--rate", wrong, code=2).stderr


def test_the_own_currency_is_that_of_the_configuration(shop: Terminal) -> None:
    words = ("CONVERT(x; 'EUR'; TODAY())", "--set", "x=100 USD")
    assert shop.run("eval", *words, "--rate", "USD=0.5").stdout == "50\n"
    assert "No rate from USD to EUR is known" in shop.run("eval", *words, code=1).stdout
