"""Hostile texts: each is refused, or computed, at once and in little memory; none raises, none reaches Python."""

from __future__ import annotations

import importlib
import time
import tracemalloc
from decimal import Decimal

import pytest

from formulas import FormulaError, compile_formula, evaluate
from tests.formulas.company import SCOPE

SECONDS = 0.05
BYTES = 10_000_000

REFUSED = (
    # What simpleeval, left to itself, would have computed.
    "4000000**4000000",
    "'%99999999d' % 1",
    "b'%99999999d' % 1",
    "f'{1:>999999999}'",
    "'a'.ljust(10**9)",
    "'a'.zfill(999999999)",
    "'\t'.expandtabs(999999999)",
    "'a'.replace('', 'b')",
    "','.join(lines)",
    "int(1e9999999)",
    "lines.clear()",
    "a = 5 = 6",
    "a := 5",
    "1; 2",
    "str",
    "int",
    "print('x')",
    # Ways to attributes, modules and frames.
    "().__class__.__bases__[0].__subclasses__()",
    "''.__class__",
    "number.__class__.__mro__",
    "__import__('os').system('id')",
    "__builtins__",
    "globals()",
    "locals()",
    "vars()",
    "getattr(number, 'x')",
    "eval('1')",
    "exec('1')",
    "open('x')",
    "compile('1', 'x', 'eval')",
    "(x for x in lines)",
    "[x for x in lines]",
    "{x: 1 for x in lines}",
    "lambda x: x",
    "lines.__iter__.__self__",
    "net.gi_frame.f_globals",
    "net._sa_instance_state",
    "client.metadata.bind",
    "number.format(net)",
    "number.format_map(net)",
    "'{0.__class__}'.format(net)",
    "f'{net.__class__}'",
    "net if net",
    "*lines",
    "**lines",
    "SUM(*lines)",
    "SUM(**lines)",
    "ROUND(net, digits=2)",
    "yield net",
    "await net",
    "import os",
    "from os import system",
    "del net",
    "net.total = 5; 1",
    "lines[0]",
    "lines[::2]",
    "...",
    "None",
    "1j",
    "0x7fffffffffffffff",
    "1_000_000",
    "1e308",
    "99999999999999999999999999",
    "0." + "0" * 3000 + "1",
    # Shape.
    "(" * 2000 + "1" + ")" * 2000,
    "-" * 3999 + "1",
    "not " * 900 + "archived",
    "+".join(["1"] * 1999),
    "^".join(["9"] * 1500),
    "9^(" * 60 + "9" + ")" * 60,
    "IF(archived;" * 300,
    "ROUND(" * 400 + "1" + ")" * 400,
    "1 if archived else " * 200 + "1",
    "a" * 4000,
    "a." * 1999 + "a",
    "{" * 4000,
    '"' * 3999,
    '""' * 1999 + '"',
    "“" * 4000,
    "'" + "\\'" * 1500,
    "1+" * 1999,
    "(((" * 10 + ")))" * 11,
    ")" * 4000,
    ";" * 4000,
    "." * 4000,
    "%" * 4000,
    "1" + "%" * 3999,
    "=" * 4000,
    "net " * 1000,
    "x" * 1_000_000,
    " " * 1_000_000 + "1",
    "\0",
    "net\0",
    '"\0"',
    "\ud800",
    "\u202e1 + 2",
    "ﬁeld",
    "𝐧𝐞𝐭",
    "net\u202e",
    "AND(" * 29 + "archived" + ", archived)" * 500,
)
COMPUTED = (
    "9^64^64^64",
    "2^64^64",
    "999999999999999999^64",
    "0.0000000001^64",
    "0.0000000001^-64",
    "1.0000000001^63.9999999999",
    "999999999999999999^0.9999999999",
    "*".join(["999999999999999999"] * 60),
    "*".join(["0.0000000001"] * 200),
    "/".join(["0.0000000001"] * 200),
    "+".join(["1"] * 250),
    "&".join(['"abc"'] * 250),
    "(" * 29 + "1" + ")" * 29,
    "ROUND(1; 999999999999999999)",
    "ROUND(1; -999999999999999999)",
    "ROUND(1/3; 999999999999999999)",
    "ROUNDUP(1; -999999999999999999)",
    'REPT("a"; 999999999999999999)',
    'REPT("abc"; 32767)',
    'REPT(REPT("a"; 32767); 32767)',
    'SUBSTITUTE(REPT("a"; 32767); "a"; REPT("b"; 32767))',
    'SUBSTITUTE(REPT("a"; 32767); "aa"; "b")',
    'REPLACE("a"; 999999999999999999; 999999999999999999; "b")',
    'TEXTJOIN(REPT("a"; 32767); FALSE; "x"; "x"; "x"; "x"; "x"; "x"; "x"; "x"; "x"; "x")',
    'FIND(REPT("a"; 16000) & "b"; REPT("a"; 32767))',
    'SEARCH(REPT("*a"; 100) & "b"; REPT("a"; 32767))',
    'SEARCH(REPT("a*"; 1000) & "b"; REPT("a"; 32767))',
    'SEARCH(REPT("?"; 1000) & "b"; REPT("a"; 32767))',
    'TEXT(1; REPT("0"; 32767))',
    'TEXT(999999999999999999; REPT("#,"; 10000))',
    'VALUE(REPT("9"; 32767))',
    'VALUE("1e999999999")',
    'MID(REPT("a"; 32767); -5; 5)',
    "FACT(999999999999999999)",
    "FACT(170)",
    "GCD(999999999999999999; 999999999999999998)",
    "LCM(999999999999999999; 999999999999999998; 999999999999999997)",
    "DATE(999999999999999999; 1; 1)",
    "DATE(2024; 999999999999999999; -999999999999999999)",
    "DATE(2024; 1; 1) + 999999999999999999",
    "EDATE(DATE(2024; 1; 1); 999999999999999999)",
    "EOMONTH(DATE(2024; 1; 1); -999999999999999999)",
    "WORKDAY(DATE(2024; 1; 1); 999999999999999999)",
    "WORKDAY(DATE(2024; 1; 1); 2000000)",
    "NETWORKDAYS(DATE(1; 1; 1); DATE(9999; 12; 31))",
    "PMT(0.0000000001; 999999999999999999; 1)",
    "NPER(0.0000000001; 0.0000000001; 999999999999999999)",
    "PV(999999999999999999; 999999999999999999; 1)",
    "EFFECT(999999999999999999; 999999999999999999)",
    "MROUND(999999999999999999; 0.0000000001)",
    "CEILING(999999999999999999; 0.0000000001)",
    "MOD(999999999999999999; 0.0000000003)",
    "CHAR(999999999999999999)",
    "CHAR(55296)",
    "EXP(999999999999999999)",
    "LN(0.0000000001)",
    "LOG(999999999999999999; 1.0000000001)",
    "SQRT(999999999999999999)",
    "INWORDS(999999999999999999)",
)


def measured(text: str) -> tuple[object, float, int]:
    """The result of a text with the time of the processor and the memory that it took, the best of three."""
    evaluate(text)
    best, peak = 10.0, 0
    for _ in range(3):
        start = time.thread_time()
        found = evaluate(text)
        best = min(best, time.thread_time() - start)
    tracemalloc.start()
    evaluate(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found, best, peak


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40].encode("unicode_escape").decode())
def test_a_hostile_text_is_refused_at_once(text: str) -> None:
    found, seconds, peak = measured(text)
    assert isinstance(found, FormulaError)
    assert seconds < SECONDS
    assert peak < BYTES
    problems = compile_formula(text, SCOPE)
    assert isinstance(problems, tuple), "with the names of a record it must be refused too"


@pytest.mark.parametrize("text", COMPUTED, ids=lambda text: text[:40])
def test_a_heavy_computation_ends_at_once(text: str) -> None:
    found, seconds, peak = measured(text)
    assert not isinstance(found, FormulaError) or found.code != "#NAME?", found
    assert seconds < SECONDS
    assert peak < BYTES


def test_a_result_takes_a_bounded_number_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    # By its name alone it is the function of the same name.
    monkeypatch.setattr(importlib.import_module("formulas.evaluate"), "WORK", 100)
    assert evaluate("SUM(xs)", {"xs": [1] * 50}) == 50
    heavy = evaluate("IFERROR(SUM(xs); 0)", {"xs": [1] * 500})
    assert isinstance(heavy, FormulaError)
    assert heavy.code == "#NUM!"


@pytest.mark.parametrize("value", [0.1, float("nan"), object(), b"x", {1, 2}, range, 1j])
def test_a_value_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="pass numbers as Decimal or int"):
        evaluate("a", {"a": value})


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e9999999"), Decimal(10) ** 30, 10**400]
)
def test_a_number_that_formulas_cannot_hold_is_an_error_value(value: object) -> None:
    found = evaluate("a", {"a": value})
    assert isinstance(found, FormulaError)
    assert found.code == "#NUM!"
    assert evaluate("IFERROR(a; 5)", {"a": value}) == 5


def test_the_callers_data_is_not_changed() -> None:
    values = {"a": [1, 2], "b": {"c": [3]}}
    evaluate("SUM(a) + SUM(b.c)", values)
    assert values == {"a": [1, 2], "b": {"c": [3]}}
