"""What people make with the mouse and keep in the database: reports, dashboards, views and layouts of lists, pins."""

from engine.saved.arrangement import Place
from engine.saved.dashboards import Board, Placed, SavedDashboards
from engine.saved.layout import Layout, Shown
from engine.saved.layouts import Layouts
from engine.saved.mending import mended, unreadable, wrong_with
from engine.saved.pins import Pin, Pins
from engine.saved.report import Described, SavedReport
from engine.saved.reports import SavedReports
from engine.saved.view import Content, SavedView
from engine.saved.views import SavedViews

__all__ = [
    "Board",
    "Content",
    "Described",
    "Layout",
    "Layouts",
    "Pin",
    "Pins",
    "Place",
    "Placed",
    "SavedDashboards",
    "SavedReport",
    "SavedReports",
    "SavedView",
    "SavedViews",
    "Shown",
    "mended",
    "unreadable",
    "wrong_with",
]
