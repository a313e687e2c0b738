"""Why somebody may do something, or may not: which roles grant it, which conditions are met, what stands in the way.

The verdict is that of the rules which storage asks; the reasons are what the roles say, grant by grant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.fields.lines import LinesField
from engine.model import Configuration, Grant
from engine.model.role import EVERY_ENTITY, FieldRight
from engine.rights.access import roles_of
from engine.rights.principal import Principal
from engine.rights.rule import ALWAYS, Rule, any_of
from engine.rights.sight import FieldSight, Sight, beyond, sight_for, sight_of

Verdict = Literal["yes", "no", "depends"]
Reason = Literal[
    "administrator",
    "open",
    "granted",
    "depends",
    "nothing",
    "conditions",
    "restriction",
    "unreadable",
    "vanished",
    "hidden",
    "computed",
    "readonly",
]
Meets = Callable[[Rule], bool]
"""Whether the record in question meets a rule."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: an action, with the records of an entity, and one of their fields; lines.price is one of lines."""

    action: str
    entity: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition as it was written, and whether the record meets it; None where no record is named."""

    text: str
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """What a grant of a role says of what is asked. `closed` is what it does to the field."""

    role: str
    condition: Term | None = None
    closed: Literal["", "hidden", "readonly"] = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A restriction of a role that holds for what is asked."""

    role: str
    condition: Term


@dataclass(frozen=True, slots=True)
class Why:
    """Whether somebody may do what is asked, and why.

    Attributes:
        asked: what is explained: reading, where that is what is missing.
        grants: what allows it, of the roles of the person.
        limits: what has to hold besides.
        needs: what the field asks of a record beyond that: all of several, each one of several alternatives.
        lacking: what the field is made of that may not be read, as (entity, field).
        others: roles that the person does not have and that allow it, under conditions maybe.
    """

    asked: Asked
    verdict: Verdict
    reason: Reason
    grants: tuple[Granted, ...] = ()
    limits: tuple[Limit, ...] = ()
    needs: tuple[tuple[tuple[Term, ...], ...], ...] = ()
    lacking: tuple[str, str] | None = None
    others: tuple[str, ...] = ()


def why(configuration: Configuration, principal: Principal, asked: Asked, meets: Meets | None = None) -> Why:
    """Explain what somebody may do; with `meets` for one record, else for the entity."""
    if principal.administrator:
        return Why(asked, "yes", "administrator")
    if not configuration.roles:
        return Why(asked, "yes", "open")
    return _Explaining(configuration, principal, asked, meets).explained()


def verdict_of(rule: Rule, meets: Meets | None = None) -> Verdict:
    """Whether a rule lets something through."""
    if rule.always or rule.never:
        return "yes" if rule.always else "no"
    return "depends" if meets is None else "yes" if meets(rule) else "no"


@dataclass(frozen=True, eq=False)
class _Explaining:
    configuration: Configuration
    principal: Principal
    asked: Asked
    meets: Meets | None

    def explained(self) -> Why:
        sight = sight_for(self.configuration, self.principal, self.asked.entity)
        if self.asked.action != "read" and self._fails(sight.rows["read"]):
            reading = replace(self, asked=Asked("read", self.asked.entity)).explained()
            return replace(reading, reason="unreadable")
        row, field = sight.rows[self.asked.action], self._field()
        rule = row & _field_rule(field, self.asked.action)
        verdict = verdict_of(rule, self.meets)
        reasons: dict[Verdict, Callable[[], Reason]] = {
            "yes": lambda: "granted",
            "depends": lambda: "depends",
            "no": lambda: self._reason(row, field),
        }
        return Why(
            self.asked,
            verdict,
            reasons[verdict](),
            tuple(self._grants()),
            tuple(self._limits()),
            self._needs(beyond(_field_rule(field, self.asked.action), row)),
            field.lacking if field else None,
            () if verdict == "yes" else tuple(self._others()),
        )

    def _fails(self, rule: Rule) -> bool:
        return verdict_of(rule, self.meets) == "no"

    def _reason(self, row: Rule, field: FieldSight | None) -> Reason:
        grants = list(self._found(self.principal.roles))
        if not grants:
            return "nothing"
        if self._fails(row):
            granted = any_of([[grant.where] if grant.where else [] for _, grant in grants])
            return "conditions" if self._fails(granted) else "restriction"
        if field and field.lacking:
            return "vanished"
        if field and self._fails(field.read):
            return "hidden"
        return "readonly" if self._is_editable() else "computed"

    def _is_editable(self) -> bool:
        holder, name = self._holder()
        return self.configuration.entities[holder].fields[name].editable

    def _holder(self) -> tuple[str, str]:
        """The entity of the field in question, and its name there."""
        head, dot, rest = self.asked.field.partition(".")
        lines = self.configuration.entities[self.asked.entity].fields.get(head)
        return (lines.of, rest) if dot and isinstance(lines, LinesField) else (self.asked.entity, self.asked.field)

    def _field(self) -> FieldSight | None:
        """What may be done with the field in question.

        Raises:
            KeyError: there is no such field.
        """
        if not self.asked.field:
            return None
        holder, name = self._holder()
        found = _field_of(sight_for(self.configuration, self.principal, holder), name)
        if holder == self.asked.entity:
            return found
        rows = sight_for(self.configuration, self.principal, holder).rows["read"]
        return replace(found, read=found.read & rows, create=found.create & rows, update=found.update & rows)

    def _found(self, roles: frozenset[str]) -> Iterator[tuple[str, Grant]]:
        for name in sorted(roles_of(self.configuration, roles)):
            for grant in self.configuration.roles[name].grants:
                if grant.entity in (self.asked.entity, EVERY_ENTITY) and grant.allows(self.asked.action):
                    yield name, grant

    def _grants(self) -> Iterator[Granted]:
        for role, grant in self._found(self.principal.roles):
            yield Granted(role, self._term(grant.where) if grant.where else None, self._closed(grant))

    def _closed(self, grant: Grant) -> Literal["", "hidden", "readonly"]:
        head, dot, _ = self.asked.field.partition(".")
        rights = [grant.fields.get(name) for name in ({self.asked.field, head} if dot else {self.asked.field})]
        if "hidden" in rights or self._is_met(rights, "hidden_if"):
            return "hidden"
        writes = self.asked.action in ("create", "update")
        return "readonly" if writes and ("readonly" in rights or self._is_met(rights, "readonly_if")) else ""

    def _is_met(self, rights: Sequence[str | FieldRight | None], key: str) -> bool:
        texts = [getattr(right, key) for right in rights if isinstance(right, FieldRight)]
        return self.meets is not None and any(self.meets(any_of([[text]])) for text in texts if text)

    def _limits(self) -> Iterator[Limit]:
        for name in sorted(roles_of(self.configuration, self.principal.roles)):
            for found in self.configuration.roles[name].restrictions:
                if found.entity == self.asked.entity and (
                    found.holds_for(self.asked.action) or found.holds_for("read")
                ):
                    yield Limit(name, self._term(found.where))

    def _needs(self, rule: Rule) -> tuple[tuple[tuple[Term, ...], ...], ...]:
        return tuple(
            tuple(tuple(self._term(text) for text in sorted(terms)) for terms in sorted(clause, key=sorted))
            for clause in rule.clauses
            if clause
        )

    def _term(self, text: str) -> Term:
        return Term(text, None if self.meets is None else self.meets(any_of([[text]])))

    def _others(self) -> Iterator[str]:
        own = roles_of(self.configuration, self.principal.roles)
        for name in self.configuration.roles:
            if name not in own and not self._allowed_by(name).never:
                yield name

    def _allowed_by(self, role: str) -> Rule:
        row = sight_of(self.configuration, [role], self.asked.entity).rows[self.asked.action]
        if not self.asked.field:
            return row
        holder, name = self._holder()
        return row & _field_rule(_field_of(sight_of(self.configuration, [role], holder), name), self.asked.action)


def _field_of(sight: Sight, name: str) -> FieldSight:
    found = next((field for field in sight.fields if field.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


def _field_rule(field: FieldSight | None, action: str) -> Rule:
    """Where a field may be read, or written where the action does that."""
    if field is None:
        return ALWAYS
    return {"create": field.create, "update": field.update}.get(action, field.read)
