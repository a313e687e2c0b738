"""Pages: one module for each kind, each with a blueprint that is listed here.

A view asks `runtime_web.request` who is there, the engine for values, makes a frozen view object of them, and renders
one template. Whoever has not signed in never reaches a view, unless it is marked `@public`.
"""

from flask import Blueprint

from runtime_web.accent import blueprint as accent_sheet
from runtime_web.assets import blueprint as static_files
from runtime_web.pages.account import blueprint as account_pages
from runtime_web.pages.acts import blueprint as acts_pages
from runtime_web.pages.audit import blueprint as audit_pages
from runtime_web.pages.bulk import blueprint as bulk_pages
from runtime_web.pages.card import blueprint as card_pages
from runtime_web.pages.cells import blueprint as cells_pages
from runtime_web.pages.columns import blueprint as columns_pages
from runtime_web.pages.dashboards import blueprint as dashboards_pages
from runtime_web.pages.dashboards_edit import blueprint as dashboards_edit_pages
from runtime_web.pages.explain import blueprint as explain_pages
from runtime_web.pages.exports import blueprint as exports_pages
from runtime_web.pages.files import blueprint as files_pages
from runtime_web.pages.grouped import blueprint as grouped_pages
from runtime_web.pages.groups import blueprint as groups_pages
from runtime_web.pages.hand_over import blueprint as hand_over_pages
from runtime_web.pages.history import blueprint as history_pages
from runtime_web.pages.home import blueprint as home_pages
from runtime_web.pages.jobs import blueprint as jobs_pages
from runtime_web.pages.keys import blueprint as keys_pages
from runtime_web.pages.listing import blueprint as listing_pages
from runtime_web.pages.lookup import blueprint as lookup_pages
from runtime_web.pages.moving import blueprint as moving_pages
from runtime_web.pages.own import blueprint as own_pages
from runtime_web.pages.pins import blueprint as pins_pages
from runtime_web.pages.prints import blueprint as prints_pages
from runtime_web.pages.rates import blueprint as rates_pages
from runtime_web.pages.reports import blueprint as reports_pages
from runtime_web.pages.rights import blueprint as rights_pages
from runtime_web.pages.rights_edit import blueprint as rights_edit_pages
from runtime_web.pages.rights_who import blueprint as rights_who_pages
from runtime_web.pages.rights_why import blueprint as rights_why_pages
from runtime_web.pages.saved_reports import blueprint as saved_reports_pages
from runtime_web.pages.saved_views import blueprint as saved_views_pages
from runtime_web.pages.search import blueprint as search_pages
from runtime_web.pages.timeline import blueprint as timeline_pages
from runtime_web.pages.tokens import blueprint as tokens_pages
from runtime_web.pages.trash import blueprint as trash_pages
from runtime_web.pages.user import blueprint as user_pages
from runtime_web.pages.users import blueprint as users_pages
from runtime_web.pages.viewing import blueprint as viewing_pages

BLUEPRINTS: tuple[Blueprint, ...] = (
    static_files,
    accent_sheet,
    account_pages,
    acts_pages,
    audit_pages,
    bulk_pages,
    card_pages,
    columns_pages,
    cells_pages,
    dashboards_pages,
    dashboards_edit_pages,
    explain_pages,
    exports_pages,
    files_pages,
    grouped_pages,
    groups_pages,
    hand_over_pages,
    history_pages,
    home_pages,
    jobs_pages,
    keys_pages,
    listing_pages,
    lookup_pages,
    moving_pages,
    own_pages,
    pins_pages,
    prints_pages,
    rates_pages,
    reports_pages,
    rights_pages,
    rights_edit_pages,
    rights_who_pages,
    rights_why_pages,
    saved_reports_pages,
    saved_views_pages,
    search_pages,
    timeline_pages,
    tokens_pages,
    trash_pages,
    user_pages,
    users_pages,
    viewing_pages,
)
"""Every page of the program."""
