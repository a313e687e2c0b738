"""The one catalogue of problem codes and their texts.

A code is a kebab-case sentence. `text` is one sentence, `hint` says what to do; both may name params in braces.
A hint is shown only when every param it names is known. `tests/errors/` holds one reproducer for each code.
"""

from __future__ import annotations

from types import MappingProxyType

from engine.problems.calling import CALLS, TOKENS
from engine.problems.configuring import FILES, FORMULAS, MEANINGS, NAMES, PLANS, SHAPES
from engine.problems.entering import ACCOUNTS, INPUTS, JOBS, REPORTS, SHEETS

CATALOGUE = MappingProxyType(
    {
        **FILES,
        **SHAPES,
        **NAMES,
        **MEANINGS,
        **FORMULAS,
        **PLANS,
        **SHEETS,
        **INPUTS,
        **ACCOUNTS,
        **TOKENS,
        **JOBS,
        **REPORTS,
        **CALLS,
    }
)
