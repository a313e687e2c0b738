"""Makes the Flask application: the one place where its parts are put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import PackageLoader, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from runtime_web import addresses
from runtime_web.api.routes import blueprint as api
from runtime_web.assets import asset, icon
from runtime_web.errors import init_errors
from runtime_web.frame import csrf_field, init_frames
from runtime_web.gate import init_gate
from runtime_web.i18n import init_i18n, problem_hint, problem_text
from runtime_web.notices import init_notices, take_notices
from runtime_web.pages import BLUEPRINTS
from runtime_web.parts import fixed, outlined
from runtime_web.security import init_security
from runtime_web.sessions import ServerSessions
from runtime_web.settings import DEBUGGING, LARGEST_FORM, Settings, SettingsWrong
from runtime_web.vendor import check_vendor
from runtime_web.workspace import Workspace

MOST_PARTS = 20_000
"""A card of a thousand lines has some ten inputs a line."""


class Application(Flask):
    """Flask, without the question of each function that it calls, fourteen times a request, whether it is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings) -> Flask:
    """The application over the database and configuration of these settings.

    Raises:
        AssetsMissing: the browser libraries were not built; the text says what to do.
        SettingsWrong: debugging is switched on.
    """
    check_vendor()
    app = Application("runtime_web", static_folder=None, template_folder=None)
    if app.debug:
        raise SettingsWrong(DEBUGGING)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=settings.largest_upload,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_PARTS,
        SESSION_COOKIE_NAME=settings.cookie,
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.url_map.converters["int"] = addresses.Key
    workspace = Workspace.open(settings)
    app.extensions["kartoteka"] = workspace
    app.session_interface = ServerSessions(settings, workspace.sessions)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    _init_templates(app)
    init_i18n(app)
    init_security(app, settings)
    init_notices(app)
    init_errors(app)
    for blueprint in (*BLUEPRINTS, api):
        app.register_blueprint(blueprint)
    init_gate(app)
    return app


def _init_templates(app: Flask) -> None:
    """Pages come from the templates package; an unknown name in one is an error, not a blank."""
    app.jinja_loader = PackageLoader("templates", "html")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = app.config["TESTING"]
    app.jinja_env.globals.update(
        asset=asset,
        icon=icon,
        fixed=fixed,
        outlined=outlined,
        macros=lambda name: app.jinja_env.get_template(name).module,
        address=addresses,
        csrf_field=csrf_field,
        take_notices=take_notices,
        problem_text=problem_text,
        problem_hint=problem_hint,
    )
    init_frames(app)
