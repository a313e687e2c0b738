"""Rights: who asks, and what they may see and do under a configuration.

Roles say it (`engine.model.role`); users have roles in the database. `engine.storage.visible` and `engine.records` are
where it holds.
"""

from __future__ import annotations

from engine.rights.access import access_of, derivation_of, rights_of, roles_of
from engine.rights.covering import covers
from engine.rights.principal import SYSTEM, Principal
from engine.rights.rights import Access, EntityRights, Rights
from engine.rights.rule import ALWAYS, NEVER, Rule
from engine.rights.sight import FieldSight, Sight, beyond, sight_for, sight_of
from engine.rights.why import Asked, Granted, Limit, Term, Why, why

__all__ = [
    "ALWAYS",
    "NEVER",
    "SYSTEM",
    "Access",
    "Asked",
    "EntityRights",
    "FieldSight",
    "Granted",
    "Limit",
    "Principal",
    "Rights",
    "Rule",
    "Sight",
    "Term",
    "Why",
    "access_of",
    "beyond",
    "covers",
    "derivation_of",
    "rights_of",
    "roles_of",
    "sight_for",
    "sight_of",
    "why",
]
