"""The expression language: a text and a scope become a checked formula, and that a Python value or an SQL expression.

The lowest layer: imports nothing else of ours, knows no entity and no web. One way through the modules:

    text -> spelling (tokens, Excel's spellings) -> parse (ast, limits) -> check (names, types) -> tree (typed, frozen)
    tree -> evaluate (the one definition of what a formula means) or to_sql (a subset, equal to it)

`types` and `values` say what there is before and while a formula is computed; `decimals` is the only arithmetic;
`function` says what a function is, `functions` is the library, one module per subject. `evaluate` alone knows
simpleeval, `to_sql` alone outside `engine/storage` builds SQL.

A function is one frozen `Function`: parameters, result, plain Python, a sentence, examples that are tests (with
TODAY() = 2024-05-15, and literals as `text.literal` writes them), Excel's names in other languages. Its Python sees no
error, and a blank only where a parameter asks for it; it raises `values.Fault` for an error value and never anything
else; it computes with `decimals` (inside `exactly()`, so that + - * are exact; `quotient` divides, `settled` rounds what
cannot be exact) and never with float. A new one goes into FUNCTIONS of its subject's module, and nowhere else.
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
