"""Golden files of this folder: blocks between blank lines, the formula first, what is expected below it.

`python -m tests.formulas.golden` writes what the language says now; read the difference before keeping it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from formulas import Compiled, compile_formula
from formulas.problems import FormulaProblem
from formulas.types import BOOLEAN
from tests.formulas.company import CHECKS, NOBODY, SCOPE
from tests.formulas.shown import shown

FOLDER = Path(__file__).parent
# What the place demands that a formula of problems.txt is written for: `stored: age + 1`.
DEMANDS = ("stored", "condition", "check", "nobody")


def blocks(name: str) -> list[tuple[str, str]]:
    """The formulas of a golden file with what is expected of each."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    parts = (block.split("\n", 1) for block in text.strip("\n").split("\n\n"))
    return [(part[0], part[1] if len(part) > 1 else "") for part in parts]


def read_as(formula: str) -> str:
    """How a formula is read, with its type."""
    compiled = compile_formula(formula, SCOPE)
    assert isinstance(compiled, Compiled), [found.code for found in compiled]
    return f"  {shown(compiled.tree)}\n  {compiled.type}"


def told(line: str) -> str:
    """Every problem of a formula below its place."""
    word, colon, rest = line.partition(": ")
    demand, formula = (word, rest) if colon and word in DEMANDS else ("", line)
    compiled = compile_formula(
        formula,
        {"check": CHECKS, "nobody": NOBODY}.get(demand, SCOPE),
        result=BOOLEAN if demand == "condition" else None,
        stored=demand == "stored",
    )
    if isinstance(compiled, Compiled):
        return "fine"
    return "\n".join(_marked(len(line) - len(formula), found) for found in compiled)


def _marked(indent: int, found: FormulaProblem) -> str:
    mark = " " * (indent + found.start) + "^" * max(found.end - found.start, 1)
    return f"{mark}\n  {found.code}: {found.sentence}{' ' if found.hint else ''}{found.hint}"


GOLDEN: dict[str, Callable[[str], str]] = {"parsing.txt": read_as, "problems.txt": told}

if __name__ == "__main__":
    for file, answer in GOLDEN.items():
        lines = [formula for formula, _ in blocks(file)]
        written = "\n\n".join(f"{formula}\n{answer(formula)}" for formula in lines) + "\n"
        (FOLDER / file).write_text(written, encoding="utf-8", newline="\n")
