"""The Configuration: one frozen tree of pydantic models that says what a business keeps.

It refers by name, never by pointer, so it compares, diffs, hashes and serialises. Only `engine.config` builds one,
and one that exists is valid. The field types stand in `engine.fields`.
"""

from engine.model.card import Layout, Section, Tab
from engine.model.configuration import Configuration
from engine.model.dashboard import Dashboard, Number, Tile
from engine.model.entity import Entity, Kind, NoteKind
from engine.model.report import Dimension, Filter, Measure, Report, Top
from engine.model.role import Grant, Restriction, Role
from engine.model.tint import Tint
from engine.model.view import View

__all__ = [
    "Configuration",
    "Dashboard",
    "Dimension",
    "Entity",
    "Filter",
    "Grant",
    "Kind",
    "Layout",
    "Measure",
    "NoteKind",
    "Number",
    "Report",
    "Restriction",
    "Role",
    "Section",
    "Tab",
    "Tile",
    "Tint",
    "Top",
    "View",
]
