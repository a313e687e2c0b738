"""Amounts whose currency stands in the record: of each group it is asked which ones there are, and two are never added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.expressions.routes import currency_path
from engine.grouping import Amount, Answer, Grouping, Groups, Tally
from engine.model import Configuration
from formulas import FormulaError, Money

_COUNTS = frozenset({"count", "distinct"})
Marks = Mapping[int, int]
"""Where the first currency of an amount is asked for, by the place of the amount; the last one follows it."""


def with_currencies(configuration: Configuration, asked: Grouping) -> tuple[Grouping, Marks]:
    """The question, and with it the first and the last currency of what is added up."""
    marks: dict[int, int] = {}
    added: list[Amount] = []
    for place, amount in enumerate(asked.amounts):
        path = currency_path(configuration, asked.entity, amount.path) if amount.path else ""
        if path and amount.aggregate not in _COUNTS:
            marks[place] = len(asked.amounts) + len(added)
            added += [Amount("min", path, filled=amount.path), Amount("max", path, filled=amount.path)]
    return (replace(asked, amounts=(*asked.amounts, *added)) if added else asked), marks


def told_apart(answer: Answer, asked: Grouping, marks: Marks) -> Answer:
    """The answer to the question as it was put: amounts with their currency, or an error where there are several."""
    if not marks:
        return answer
    groups: Groups = {
        level: {
            keys: tuple(_in_currency(tallies, place, marks) for place in range(len(asked.amounts)))
            for keys, tallies in found.items()
        }
        for level, found in answer.groups.items()
    }
    return replace(answer, groups=groups)


def _in_currency(tallies: tuple[Tally, ...], place: int, marks: Marks) -> Tally:
    tally = tallies[place]
    if place not in marks or tally.value is None:
        return tally
    first, last = (tallies[marks[place] + step].value for step in (0, 1))
    if first is None:
        return tally
    if first != last:
        return replace(tally, value=FormulaError("#CURRENCY!", f"{first} and {last} are not taken together."))
    return replace(tally, value=Money(tally.value, first))
