"""Conditions on rows: which records a view shows."""

from __future__ import annotations

from engine.expressions.scope import Members, asking, members_of
from engine.model import Configuration
from formulas import Compiled, FormulaProblems, compile_formula
from formulas.to_sql import obstacle
from formulas.tree import Node
from formulas.types import BOOLEAN


def compiled_condition(members: Members, entity: str, text: str) -> Compiled | FormulaProblems:
    """A condition on records of an entity that a database can compute, or what is wrong with it."""
    return safe(compile_formula(text, asking(members, entity), result=BOOLEAN))


def looked_at(members: Members, entity: str, text: str) -> Compiled | FormulaProblems:
    """A condition that is computed of single records, as cards ask for it."""
    return compile_formula(text, asking(members, entity), result=BOOLEAN)


def safe(found: Compiled | FormulaProblems) -> Compiled | FormulaProblems:
    """The same where a database can compute it."""
    problem = obstacle(found.tree) if isinstance(found, Compiled) else None
    return (problem,) if problem else found


def condition_of(configuration: Configuration, entity: str, text: str) -> Node:
    """A condition of a configuration that has no problems."""
    found = compiled_condition(members_of(configuration), entity, text)
    assert isinstance(found, Compiled), f"{text} was not checked"
    return found.tree
