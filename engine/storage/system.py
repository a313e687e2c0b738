"""The tables that the program itself keeps; their names begin with an underscore, which no entity's can."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    or_,
    true,
)

from engine.storage.append_only import only_added_to
from engine.storage.types import Moment

KEY = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column that is INTEGER PRIMARY KEY to the letter."""


def add_system_tables(metadata: MetaData) -> None:
    """Describe the system tables in `metadata`, so that entities can refer to users and files."""
    _accounts(metadata)
    _membership(metadata)
    _sign_in(metadata)
    _records(metadata)
    _audit(metadata)
    _history(metadata)
    _notes(metadata)
    _touched(metadata)
    _rates(metadata)
    _jobs(metadata)
    _tokens(metadata)
    _made(metadata)
    _lists(metadata)
    Table(
        "_configuration",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("applied_at", Moment, nullable=False),
        Column("applied_by", Text, nullable=False),
        Column("content", Text, nullable=False),
    )


def _accounts(metadata: MetaData) -> None:
    Table(
        "_user",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("login", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False),
        Column("password", Text, nullable=False),
        Column("administrator", Boolean, nullable=False, server_default=false()),
        Column("active", Boolean, nullable=False, server_default=true()),
        Column("must_change", Boolean, nullable=False, server_default=false()),
        Column("preferences", Text, nullable=False, server_default="{}"),
        Column("created_at", Moment, nullable=False),
    )
    Table(
        "_session",
        metadata,
        Column("key", Text, primary_key=True),
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE")),
        Column("content", Text, nullable=False, server_default="{}"),
        Column("created_at", Moment, nullable=False),
        Column("seen_at", Moment, nullable=False, index=True),
    )
    attempt = Table(
        "_login_attempt",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("login", Text, nullable=False),
        Column("address", Text, nullable=False),
        Column("at", Moment, nullable=False),
    )
    Index("_login_attempt__at", attempt.c.at)


def _membership(metadata: MetaData) -> None:
    user, group = "_user.id", "_group.id"
    Table(
        "_user_role",
        metadata,
        Column("user_id", ForeignKey(user, ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True),
    )
    Table("_group", metadata, Column("id", KEY, primary_key=True), Column("name", Text, nullable=False, unique=True))
    Table(
        "_group_member",
        metadata,
        Column("user_id", ForeignKey(user, ondelete="CASCADE"), primary_key=True),
        Column("group_id", ForeignKey(group, ondelete="CASCADE"), primary_key=True, index=True),
    )
    Table(
        "_group_role",
        metadata,
        Column("group_id", ForeignKey(group, ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True),
    )
    Table(
        "_user_link",
        metadata,
        Column("user_id", ForeignKey(user, ondelete="CASCADE"), primary_key=True),
        Column("entity", Text, primary_key=True),
        Column("record_id", BigInteger, nullable=False),
    )


def _sign_in(metadata: MetaData) -> None:
    Table(
        "_session_origin",
        metadata,
        Column("key", ForeignKey("_session.key", ondelete="CASCADE"), primary_key=True),
        Column("browser", Text, nullable=False),
        Column("address", Text, nullable=False),
    )
    Table(
        "_second_factor",
        metadata,
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True),
        Column("secret", Text, nullable=False),  # encrypted: who reads the database makes no codes
        Column("confirmed_at", Moment),
        Column("last_step", BigInteger, nullable=False, server_default="0"),  # a code is worth something once
    )
    Table(
        "_recovery_code",
        metadata,
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True),
        Column("digest", Text, primary_key=True),
    )


def _records(metadata: MetaData) -> None:
    Table(
        "_counter",
        metadata,
        Column("entity", Text, primary_key=True),
        Column("field", Text, primary_key=True),
        Column("period", Text, primary_key=True),
        Column("value", BigInteger, nullable=False),
    )
    Table(
        "_submission",
        metadata,
        Column("token", Text, primary_key=True),
        Column("entity", Text, nullable=False),
        Column("record_id", BigInteger, nullable=False),
        Column("at", Moment, nullable=False),
    )
    file = Table(
        "_file",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("entity", Text, nullable=False),
        Column("field", Text, nullable=False),
        Column("record_id", BigInteger),
        Column("position", Integer, nullable=False, server_default="0"),
        Column("name", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("digest", Text, nullable=False),
        Column("width", Integer),
        Column("height", Integer),
        Column("created_at", Moment, nullable=False),
        Column("created_by", ForeignKey("_user.id")),
        Column("loose_since", Moment),  # since when no record names it; NULL while one does
    )
    Index("_file__record", file.c.entity, file.c.record_id, file.c.field)
    Table(
        "_cleared",
        metadata,
        Column("entity", Text, nullable=False),
        Column("field", Text, nullable=False),
        Column("record_id", BigInteger, nullable=False),
        Column("target", Text, nullable=False),
        Column("target_id", BigInteger, nullable=False),
        UniqueConstraint("entity", "field", "record_id", "target_id", name="_cleared__once"),
    )


def _audit(metadata: MetaData) -> None:
    audit = Table(
        "_audit",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("event", Text, nullable=False),
        # No foreign keys: a line must be written whatever becomes of the users that it names.
        Column("done_by", BigInteger),
        Column("subject", BigInteger),
        Column("details", Text, nullable=False, server_default="{}"),
    )
    Index("_audit__at", audit.c.at)
    Index("_audit__event", audit.c.event, audit.c.id)
    only_added_to(audit)


def _history(metadata: MetaData) -> None:
    action = Table(
        "_action",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("done_by", BigInteger),
        Column("origin", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("summary", Text, nullable=False, server_default="{}"),
        Column("undoes_action", BigInteger),
        Column("undoes_change", BigInteger),
    )
    Index("_action__done_by", action.c.done_by, action.c.id)
    for name in ("undoes_action", "undoes_change"):
        some = action.c[name].is_not(None)
        Index(f"_action__{name}", action.c[name], sqlite_where=some, postgresql_where=some)
    change = Table(
        "_change",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("action_id", BigInteger),  # NULL where a save is an act by itself
        Column("entity", Text, nullable=False),
        Column("record_id", BigInteger, nullable=False),
        Column("parent_id", BigInteger),  # of a line that has changed without its record
        Column("at", Moment, nullable=False),
        Column("done_by", BigInteger),
        Column("origin", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("changes", Text, nullable=False, server_default="{}"),
    )
    Index("_change__record", change.c.entity, change.c.record_id)
    within, alone, line = change.c.action_id.is_not(None), change.c.action_id.is_(None), change.c.parent_id.is_not(None)
    Index("_change__action", change.c.action_id, sqlite_where=within, postgresql_where=within)
    Index("_change__alone", change.c.done_by, change.c.id, sqlite_where=alone, postgresql_where=alone)
    Index("_change__parent", change.c.entity, change.c.parent_id, sqlite_where=line, postgresql_where=line)
    brought = Table(
        "_brought",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("action_id", BigInteger, nullable=False, index=True),
        Column("entity", Text, nullable=False),
        Column("first_id", BigInteger, nullable=False),
        Column("last_id", BigInteger, nullable=False),
    )
    Index("_brought__first", brought.c.entity, brought.c.first_id)


def _notes(metadata: MetaData) -> None:
    """What people write on records: remarks and contacts, and whom they name in them."""
    note = Table(
        "_note",
        metadata,
        # A number by chance: one in a row would tell how much others write where one may not read.
        Column("id", KEY, primary_key=True, autoincrement=False),
        Column("entity", Text, nullable=False),
        Column("record_id", BigInteger, nullable=False),
        Column("kind", Text, nullable=False),
        Column("at", Moment, nullable=False),
        Column("text", Text, nullable=False),
        Column("next_step", Text, nullable=False, server_default=""),
        Column("next_on", Date),
        Column("done_at", Moment),  # when its writer had done the next step
        Column("written_by", ForeignKey("_user.id"), nullable=False),
        Column("written_at", Moment, nullable=False),
        Column("changed_at", Moment),
        Column("trashed_at", Moment),
    )
    Index("_note__record", note.c.entity, note.c.record_id)
    ahead = and_(or_(note.c.next_step != "", note.c.next_on.is_not(None)), note.c.done_at.is_(None))
    Index("_note__ahead", note.c.written_by, note.c.next_on, sqlite_where=ahead, postgresql_where=ahead)
    Table(
        "_mention",
        metadata,
        Column("note_id", ForeignKey("_note.id", ondelete="CASCADE"), primary_key=True),
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True, index=True),
        Column("read_at", Moment),
    )


def _touched(metadata: MetaData) -> None:
    touched = Table(
        "_touched",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("entity", Text, nullable=False),
        Column("spans", Text),  # NULL where any record may have been touched
        Column("transaction", BigInteger),  # of PostgreSQL, where rows do not become visible in their order
        sqlite_autoincrement=True,
    )
    numbered = touched.c.transaction.is_not(None)
    Index("_touched__transaction", touched.c.transaction, sqlite_where=numbered, postgresql_where=numbered)


def _rates(metadata: MetaData) -> None:
    Table(
        "_rate",
        metadata,
        Column("base", Text, primary_key=True),
        Column("currency", Text, primary_key=True),
        Column("date", Date, primary_key=True),
        Column("rate", Text, nullable=False),  # exact digits: no scale is enough for all pairs of currencies
    )


def _jobs(metadata: MetaData) -> None:
    job = Table(
        "_job",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("params", Text, nullable=False, server_default="{}"),
        Column("asked_by", ForeignKey("_user.id")),
        Column("state", Text, nullable=False),
        Column("done", BigInteger, nullable=False, server_default="0"),
        Column("total", BigInteger),
        Column("result", Text),
        Column("attempt", Integer, nullable=False, server_default="0"),
        Column("deaths", Integer, nullable=False, server_default="0"),
        Column("worker", Text),
        Column("cancel", Boolean, nullable=False, server_default=false()),
        Column("created_at", Moment, nullable=False),
        Column("started_at", Moment),
        Column("seen_at", Moment),
        Column("finished_at", Moment),
        sqlite_autoincrement=True,
    )
    Index("_job__state", job.c.state)
    Table(
        "_job_act",
        metadata,
        Column("action_id", BigInteger, primary_key=True, autoincrement=False),
        Column("job_id", ForeignKey("_job.id", ondelete="CASCADE"), nullable=False, index=True),
    )
    Table(
        "_queue",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("priority", Integer, nullable=False, server_default="0"),
        Column("message", Text, nullable=False),
    )
    Table(
        "_stale_stage",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("entity", Text, nullable=False),
        Column("fields", Text, nullable=False),
        UniqueConstraint("entity", "fields", name="_stale_stage__once"),
    )
    stale = Table(
        "_stale",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("stage_id", KEY, nullable=False),
        Column("record_id", KEY, nullable=False),
    )
    Index("_stale__stage", stale.c.stage_id, stale.c.record_id)


def _tokens(metadata: MetaData) -> None:
    token = Table(
        "_token",
        metadata,
        Column("id", KEY, primary_key=True),
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), nullable=False),
        Column("name", Text, nullable=False),
        Column("digest", Text, nullable=False, unique=True),
        Column("begins", Text, nullable=False),  # the first signs, by which people know it again
        Column("scopes", Text, nullable=False),
        Column("entities", Text),  # NULL where it reaches all that its user does
        Column("created_at", Moment, nullable=False),
        Column("used_at", Moment),
        Column("expires_at", Moment),
        Column("revoked_at", Moment),
    )
    Index("_token__user", token.c.user_id)


def _made(metadata: MetaData) -> None:
    """What people make for themselves and for each other: reports, dashboards, and what stands on their home page."""
    report = Table(
        "_report",
        metadata,
        # A number by chance: one in a row would tell how many others have made.
        Column("id", KEY, primary_key=True, autoincrement=False),
        Column("owner_id", ForeignKey("_user.id", ondelete="CASCADE"), nullable=False),
        Column("name", Text, nullable=False),
        Column("help", Text, nullable=False, server_default=""),
        Column("content", Text, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("trashed_at", Moment),
    )
    Index("_report__owner", report.c.owner_id)
    Table(
        "_report_role",
        metadata,
        Column("report_id", ForeignKey("_report.id", ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True, index=True),
    )
    Table(
        "_pin",
        metadata,
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True),
        # What is pinned may be gone, or not be seen for a while: no foreign key.
        Column("kind", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("position", Integer, nullable=False),
    )
    Table(
        "_dashboard",
        metadata,
        Column("id", KEY, primary_key=True, autoincrement=False),
        Column("owner_id", ForeignKey("_user.id", ondelete="CASCADE"), nullable=False),
        Column("base", Text),  # the key of the one that it arranges; NULL where it is its owner's own
        Column("name", Text, nullable=False),
        Column("help", Text, nullable=False, server_default=""),
        Column("content", Text, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("trashed_at", Moment),
        UniqueConstraint("owner_id", "base", name="_dashboard__arranged"),
    )
    Table(
        "_dashboard_role",
        metadata,
        Column("dashboard_id", ForeignKey("_dashboard.id", ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True, index=True),
    )


def _lists(metadata: MetaData) -> None:
    """What people make of lists: views of their own, with which they begin, and how they lay out columns."""
    view = Table(
        "_view",
        metadata,
        Column("id", KEY, primary_key=True, autoincrement=False),
        Column("owner_id", ForeignKey("_user.id", ondelete="CASCADE"), nullable=False),
        Column("entity", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("content", Text, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("trashed_at", Moment),
    )
    Index("_view__owner", view.c.owner_id)
    Index("_view__entity", view.c.entity)
    Table(
        "_view_role",
        metadata,
        Column("view_id", ForeignKey("_view.id", ondelete="CASCADE"), primary_key=True),
        Column("role", Text, primary_key=True, index=True),
    )
    Table(
        "_first_view",
        metadata,
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True),
        Column("entity", Text, primary_key=True),
        # The key of a view. It may be gone, or not be seen for a while: no foreign key.
        Column("view", Text, nullable=False),
    )
    Table(
        "_layout",
        metadata,
        Column("user_id", ForeignKey("_user.id", ondelete="CASCADE"), primary_key=True),
        Column("entity", Text, primary_key=True),
        Column("view", Text, primary_key=True),
        Column("content", Text, nullable=False),
    )


_METADATA = MetaData()
add_system_tables(_METADATA)


def system_table(name: str) -> Table:
    """A table of the program, for statements that are the same whatever the configuration."""
    return _METADATA.tables[name]
