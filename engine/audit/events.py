"""The events of the audit log and what they are called; the one place where a new one is added."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    "log-in": "Signed in",
    "log-in-refused": "Log-in refused",
    "log-out": "Signed out",
    "session-ended": "Session ended",
    "password-changed": "Password changed",
    "password-reset": "Password reset",
    "second-factor-on": "Second factor switched on",
    "second-factor-off": "Second factor switched off",
    "user-added": "User added",
    "user-changed": "User changed",
    "user-disabled": "User disabled",
    "user-enabled": "User enabled",
    "roles-changed": "Roles changed",
    "rights-changed": "Rights of a role changed",
    "groups-changed": "Groups changed",
    "link-changed": "Linked record changed",
    "view-as": "Looked as somebody else",
    "refused": "Request refused",
    "export": "Exported",
    "import": "Imported",
    "hand-over": "Records handed over",
    "token-made": "Token made",
    "token-revoked": "Token revoked",
    "report-saved": "Report saved",
    "report-shared": "Sharing of a report changed",
    "dashboard-shared": "Sharing of a dashboard changed",
    "report-deleted": "Report deleted",
    "report-restored": "Report restored",
    "configuration-applied": "Configuration applied",
}
