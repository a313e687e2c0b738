"""Rights in words: actions, conditions, fields and roles as pages about rights call them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.fields.lines import LinesField
from engine.model import Configuration
from engine.model.role import ACTIONS, EVERYONE
from engine.rights import Rule
from runtime_web.i18n import current_language, marked
from runtime_web.i18n import gettext as _
from runtime_web.person import workspace
from runtime_web.views.rights import Condition

ACTION_WORDS: Mapping[str, str] = {
    "read": marked("Read"),
    "create": marked("Add"),
    "update": marked("Change"),
    "delete": marked("Delete"),
    "export": marked("Export"),
    "import": marked("Import"),
    "print": marked("Print"),
    "report": marked("Use in reports"),
    "mail": marked("Send by mail"),
    "hand_over": marked("Hand over"),
}
assert tuple(ACTION_WORDS) == ACTIONS


def action_word(action: str) -> str:
    return _(ACTION_WORDS[action])


def role_label(name: str) -> str:
    """What a role is called; the one that everybody has may have no name of its own."""
    role = workspace().configuration.roles.get(name)
    if name == EVERYONE and (role is None or role.label is None):
        return _("Everyone")
    return role.label_in(current_language(), name) if role else name


def entity_label(name: str) -> str:
    return workspace().configuration.entities[name].plural_in(current_language(), name)


def field_label(entity: str, name: str) -> str:
    """What a field is called; of what is not a field, its name."""
    field = workspace().configuration.entities[entity].fields.get(name)
    return field.label_in(current_language(), name) if field else name


def input_said(entity: str, name: str) -> str:
    """Something that a computed field reads: a field of an entity, or the records themselves."""
    own = workspace().configuration.entities[entity]
    label = own.label_in(current_language(), entity)
    return f"{label}: {field_label(entity, name)}" if name in own.fields else label


def condition_of(rule: Rule) -> Condition:
    """A rule as its texts, in an order that stays."""
    return tuple(
        tuple(tuple(sorted(terms)) for terms in sorted(clause, key=lambda terms: (len(terms), sorted(terms))))
        for clause in rule.clauses
    )


def condition_said(rule: Rule) -> str:
    """A rule in one line."""
    both, either = f" {_('and')} ", f" {_('or')} "
    texts = rule.texts
    return both.join(
        either.join(both.join(text if len(texts) == 1 else f"({text})" for text in terms) for terms in clause)
        for clause in condition_of(rule)
    )


def heads(configuration: Configuration) -> tuple[str, ...]:
    """The entities that have rights of their own: all but lines."""
    return tuple(name for name, entity in configuration.entities.items() if entity.kind != "child")


def lines_in(configuration: Configuration, entity: str) -> tuple[tuple[str, str], ...]:
    """The fields of an entity that hold lines, with the entity of the lines."""
    fields = configuration.entities[entity].fields.items()
    return tuple((name, field.of) for name, field in fields if isinstance(field, LinesField))
