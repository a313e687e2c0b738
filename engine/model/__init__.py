"""The Configuration: one frozen tree of pydantic models that says what a business keeps.

It refers by name, never by pointer, so it compares, diffs, hashes and serialises. Only `engine.config` builds one,
and one that exists is valid. The field types stand in `engine.fields`.
"""

from engine.model.card import Section, Tab
from engine.model.configuration import Configuration
from engine.model.entity import Entity, Kind
from engine.model.report import Dimension, Filter, Measure, Report, Top
from engine.model.role import Grant, Restriction, Role
from engine.model.view import Tint, View

__all__ = [
    "Configuration",
    "Dimension",
    "Entity",
    "Filter",
    "Grant",
    "Kind",
    "Measure",
    "Report",
    "Restriction",
    "Role",
    "Section",
    "Tab",
    "Tint",
    "Top",
    "View",
]
