"""Conditions of records under which something is allowed: a value that adds up, before any database is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Terms = frozenset[str]
"""Conditions that are all met, as texts of expressions; none at all is met always."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Met by a record where of each clause one alternative is met. Without a clause it is met by every record.

    The conditions are about the record itself; where it is a line, about the record that it belongs to.
    """

    clauses: tuple[frozenset[Terms], ...] = ()

    @property
    def always(self) -> bool:
        return not self.clauses

    @property
    def never(self) -> bool:
        return any(not clause for clause in self.clauses)

    @property
    def texts(self) -> frozenset[str]:
        """Every condition that it names."""
        return frozenset(text for clause in self.clauses for terms in clause for text in terms)

    def __and__(self, other: Rule) -> Rule:
        if other.always:
            return self
        found = Rule(tuple(dict.fromkeys((*self.clauses, *other.clauses))))
        return NEVER if found.never else found


ALWAYS = Rule()
NEVER = Rule((frozenset(),))


def any_of(alternatives: Iterable[Iterable[str]]) -> Rule:
    """One of several sets of conditions."""
    found = frozenset(frozenset(terms) for terms in alternatives)
    return ALWAYS if frozenset() in found else Rule((found,))


def not_if(text: str) -> str:
    """The condition that another is not met. What cannot be computed meets neither, so that doubt allows nothing."""
    return f"NOT ({text})"
