"""Whether one access shows all that another shows, whoever asks and whatever the records hold.

Where that cannot be told from the rules alone, it does not: an administrator whose own sight is limited must not see
more by looking with another's eyes.
"""

from __future__ import annotations

from engine.expressions import computation_of
from engine.expressions.conditions import condition_of
from engine.expressions.needs import needs_of, with_user
from engine.expressions.routes import inputs_of
from engine.model import Configuration
from engine.model.role import ACTIONS, WRITING
from engine.rights.rights import Access, EntityRights
from engine.rights.rule import NEVER, Rule

_SHOWING = tuple(action for action in ACTIONS if action not in WRITING)


def covers(configuration: Configuration, wide: Access, narrow: Access) -> bool:
    """Whether whatever `narrow` shows to anybody is shown by `wide` to everybody who has it."""
    if not narrow.functions <= wide.functions or (narrow.unlimited and not wide.unlimited):
        return False
    return wide.unlimited or all(
        name in wide.entities and _opens(configuration, wide.entities[name], rights)
        for name, rights in narrow.entities.items()
    )


def _opens(configuration: Configuration, wide: EntityRights, narrow: EntityRights) -> bool:
    pairs = [(wide.rows.get(action, NEVER), narrow.rows[action]) for action in _SHOWING if action in narrow.rows]
    pairs += [(wide.readable.get(name, NEVER), rule) for name, rule in narrow.readable.items()]
    pairs += [(wide.explained.get(name, NEVER), rule) for name, rule in narrow.explained.items()]
    pairs.append((wide.title, narrow.title))
    return all(_implied(configuration, wide.head, rule, other) for rule, other in pairs)


def _implied(configuration: Configuration, entity: str, wide: Rule, narrow: Rule) -> bool:
    """Whether what meets one rule meets the other, as far as it can be told without asking a database."""
    return narrow.never or all(
        any(all(any(terms <= more for terms in clause) for more in other) for other in narrow.clauses)
        and all(_same_for_all(configuration, entity, text) for terms in clause for text in terms)
        for clause in wide.clauses
    )


def _same_for_all(configuration: Configuration, entity: str, text: str) -> bool:
    """Whether a condition does not depend on who asks."""
    if "user" in text.casefold():
        return False
    tree = condition_of(configuration, entity, text)
    inputs = inputs_of(configuration, entity, with_user(needs_of([tree])))
    return not any(one.key in computation_of(configuration).virtual for one in inputs)
