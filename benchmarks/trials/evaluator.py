"""What the evaluator itself costs for one record: a formula with a product and a rounding, and a choice of four."""

from __future__ import annotations

import statistics
from decimal import Decimal

from benchmarks.clock import timed
from benchmarks.data import Data
from benchmarks.facts import expect
from benchmarks.trial import Outcome, Trial
from formulas import Evaluator, compile_formula
from formulas.compiled import Compiled
from formulas.once import context_of, described

ROUNDS, TIMES = 5, 5_000
ROUNDING = "ROUND(quantity * price * (1 - discount); 2)"
CHOICE = 'IFS(total >= 50000; "gold"; total >= 10000; "silver"; total >= 1000; "bronze"; TRUE; "none")'
CASES = (
    ("a rounded product", ROUNDING, {"quantity": "2.5", "price": "19.99", "discount": "0.15"}, Decimal("42.48")),
    ("a choice, its first branch", CHOICE, {"total": "60000"}, "gold"),
    ("a choice, its fourth branch", CHOICE, {"total": "10"}, "none"),
)


def run(_: Data) -> list[Outcome]:
    """Each formula many times; the medians of CPU time."""
    figures = {}
    for title, text, values, right in CASES:
        given = {name: Decimal(value) for name, value in values.items()}
        figures[f"µs {title}"] = each(text, given, right)
    return [Outcome("product", figures)]


def each(text: str, values: dict[str, Decimal], right: object) -> float:
    """Microseconds of one evaluation, compiled before."""
    scope, given = described(values)
    compiled = compile_formula(text, scope)
    assert isinstance(compiled, Compiled)
    evaluator = Evaluator(context_of())
    taken = []
    for _ in range(ROUNDS):
        with timed() as spent:
            found = [evaluator.value(compiled.tree, given) for _ in range(TIMES)]
        expect(f"results of {text}", {right}, set(found))
        taken.append(spent.cpu)
    return statistics.median(taken) / TIMES * 1_000_000


TRIAL = Trial("evaluator", "one formula for one record, in Python", "", run)
