"""What stands on paper beside what is printed."""

from __future__ import annotations

import datetime as dt

from engine.fields.locale import Locale
from engine.records import Records
from runtime_web.i18n import gettext as _


def printed_by(records: Records, locale: Locale) -> str:
    """Who has asked for something and when."""
    moment = locale.show_datetime(dt.datetime.now(dt.UTC).replace(second=0, microsecond=0))
    return _("As of %(moment)s, for %(name)s", moment=moment, name=records.principal.name)
