"""The expression language: a text and a scope become a checked formula, and that a Python value or an SQL expression.

The lowest layer: imports nothing else of ours, knows no entity and no web. One way through the modules:

    text -> tokens -> spelling (Excel's grammar) -> parse (ast, limits) -> check (names, types) -> tree (typed, frozen)
    tree -> evaluate (the one definition of what a formula means) or to_sql (a declared part, equal to it)

`compiled` is the door: `compile_formula(text, scope)` gives a Compiled or every problem. `scope` says what a formula may
name; whoever knows records implements it. `once` evaluates with plain values. `types` and `values` say what there is
before and while a formula is computed; `decimals` is the only arithmetic, `operators` what stands between values;
`sentences` holds all texts. `evaluate` alone knows simpleeval, `to_sql` alone outside `engine/storage` builds SQL.
`explain` takes a formula apart for one record, by evaluating its parts.

A function is one frozen `Function`: parameters, result, plain Python, a sentence, examples that are tests (with
TODAY() = 2024-05-15, and literals as `text.literal` writes them), Excel's names in other languages. Its Python sees no
error, and a blank only where a parameter asks for it; it raises `values.Fault` for an error value and never anything
else; it computes with `decimals` (inside `exactly()`, so that + - * are exact; `quotient` divides, `settled` rounds what
cannot be exact) and never with float. A new one goes into FUNCTIONS of its subject's module, and nowhere else; one that
says `sql=True` has a form in `to_sql`.
"""

from formulas.compiled import Compiled, compile_formula
from formulas.evaluate import Evaluator
from formulas.once import evaluate
from formulas.problems import FormulaProblem, FormulaProblems
from formulas.values import Context, FormulaError, Money

__all__ = [
    "Compiled",
    "Context",
    "Evaluator",
    "FormulaError",
    "FormulaProblem",
    "FormulaProblems",
    "Money",
    "compile_formula",
    "evaluate",
]
