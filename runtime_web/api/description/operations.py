"""The operations of the API: for each address and method its parameters, its body and every answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.accounts.tokens import FILES, READ, WRITE
from engine.fields.file import Attached as AttachedField
from engine.files import SIZES
from engine.storage.conditions import MAX_SEARCH
from runtime_web.api.answers import JSON, Shape
from runtime_web.api.asking import COUNTS, MOST_RECORDS, MOST_SORTS
from runtime_web.api.description.reports import PARAMS, report_body
from runtime_web.api.description.schemas import BULK_RESULTS, Schemas, bulk_body, reference
from runtime_web.api.doing import LONGEST_KEY
from runtime_web.api.values import KEY, Schema

ANSWERS = {
    "400": "The call was not understood.",
    "401": "There is no token, or it opens nothing.",
    "403": "The token is not for this, or its person may not do it.",
    "404": "There is nothing here, or not for this token.",
    "409": "Somebody else has changed the same values meanwhile; both are told.",
    "413": "Too much was sent.",
    "415": "The body is of another media type.",
    "422": "Something does not fit; nothing was saved.",
    "428": "It is not said which version this is a change of.",
    "429": "The token calls too often.",
    "503": "The database does not answer.",
}
ALWAYS = ("401", "429", "503")
BODY = ("400", "413", "415", "422")
ID: Shape = {"name": "id", "in": "path", "required": True, "schema": KEY}
BYTES: Shape = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
Paths = dict[str, Shape]


@dataclass(frozen=True)
class Operations:
    """The operations that one caller has.

    Args:
        names: the entities that the caller sees.
        scopes: what the token is for.
    """

    schemas: Schemas
    names: tuple[str, ...]
    scopes: frozenset[str]

    def paths(self) -> Paths:
        """Every address with what can be done there."""
        found: Paths = dict(self._program())
        for name in self.names:
            found |= {path: {**found.get(path, {}), **item} for path, item in self._entity(name)}
        if WRITE in self.scopes:
            found |= dict(self._bulk())
        if READ in self.scopes and self.schemas.subjects(self.names):
            found |= dict(self._reports())
        if {FILES, READ} <= self.scopes:
            found |= dict(self._files())
        return found

    def _program(self) -> Iterator[tuple[str, Shape]]:
        told = "What there is: entities, fields, views, labels, and what the token is for."
        yield (
            "/_metadata",
            {"get": operation("metadata", told, {"200": _json("What there is.", reference("Metadata"))})},
        )
        described = {"200": _json("This description.", {"type": "object"})}
        yield "/openapi.json", {"get": operation("openapi", "This description.", described)}

    def _bulk(self) -> Iterator[tuple[str, Shape]]:
        names = [name for name in self.names if self.schemas.entity(name).kind != "child"]
        if names:
            body = {"required": True, "content": {JSON: {"schema": bulk_body(names)}}}
            done = {"200": _json("Everything is done.", BULK_RESULTS)}
            found = operation("bulk", "Several changes in one transaction: all of them, or nothing.", done, *BODY)
            yield "/_bulk", {"post": {**found, "requestBody": body}}

    def _reports(self) -> Iterator[tuple[str, Shape]]:
        table = {"200": _json("Its table.", reference("Table"))}
        listed = operation(
            "list_reports", "The reports that may be taken out.", {"200": _json("Them.", reference("Reports"))}, "400"
        )
        asked = operation("ask_report", "What a report gives that is sent along; nothing is kept.", table, *BODY, "404")
        body = {"required": True, "content": {JSON: {"schema": report_body()}}}
        yield "/_reports", {"get": listed, "post": {**asked, "requestBody": body}}
        name = {
            "name": "name",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[a-z0-9_]{1,40}$"},
        }
        params = {"name": "params", "in": "query", "content": {JSON: {"schema": PARAMS}}}
        given = operation("report", "What a report gives.", table, "400", "404", "422")
        yield "/_reports/{name}", {"parameters": [name], "get": {**given, "parameters": [params]}}

    def _entity(self, name: str) -> Iterator[tuple[str, Shape]]:
        changes = WRITE in self.scopes and self.schemas.entity(name).kind != "child"
        may = {action: changes and self.schemas.rights.may(action, name) for action in ("create", "update", "delete")}
        many = {**({"get": self._list(name)} if READ in self.scopes else {})}
        many |= {"post": self._create(name)} if may["create"] else {}
        one: Shape = {"get": self._read(name)} if READ in self.scopes else {}
        one |= {"patch": self._change(name)} if READ in self.scopes and may["update"] else {}
        if may["delete"]:
            one["delete"] = operation(
                f"delete_{name}", "Put a record into the trash.", {"204": _bare("It is there.")}, "400", "404", "422"
            )
            yield f"/{name}/{{id}}/restore", {"parameters": [ID], "post": self._restore(name)}
        yield from (
            (path, found)
            for path, found in ((f"/{name}", many), (f"/{name}/{{id}}", {"parameters": [ID], **one} if one else {}))
            if found
        )
        views = {"200": _json("The views.", reference("Views"))}
        yield f"/{name}/_views", {"get": operation(f"views_of_{name}", "The views of the list.", views)}
        if (may["create"] or may["update"]) and FILES in self.scopes:
            yield from self._uploads(name)

    def _list(self, name: str) -> Shape:
        page: Schema = {
            "type": "object",
            "required": ["items", "count", "next", "previous", "_titles"],
            "properties": {
                "items": {"type": "array", "items": reference(f"{name}.item"), "maxItems": MOST_RECORDS},
                "count": {
                    "type": ["object", "null"],
                    "properties": {"number": {"type": "integer"}, "capped": {"type": "boolean"}},
                    "required": ["number", "capped"],
                },
                "next": {"type": ["string", "null"], "description": "The cursor of the page after this one."},
                "previous": {"type": ["string", "null"]},
                "_titles": {"type": "object"},
            },
        }
        found = operation(f"list_{name}", "A page of the list.", {"200": _json("A page.", page)}, "400")
        return {**found, "parameters": list(self._arguments(name))}

    def _arguments(self, name: str) -> Iterator[Shape]:
        fields = dict(self.schemas.fields(name))
        sorts = [sign + key for key, field in fields.items() if field.sortable and field.column() for sign in ("", "-")]
        shown = [key for key, field in fields.items() if field.column() or field.links()]
        views = list(self.schemas.entity(name).views)
        yield {"name": "where", "in": "query", "content": {JSON: {"schema": reference(f"{name}.where")}}}
        yield _query(
            "q", {"type": "string", "maxLength": MAX_SEARCH}, "Words, each of which a record contains; six at most."
        )
        if views:
            yield _query("view", {"enum": views}, "Its records, order and columns.")
        if sorts:
            yield _listed("sort", sorts, MOST_SORTS, "Fields to sort by; a leading minus sorts downwards.")
        yield _listed("fields", shown, len(shown), "The fields to show; by default all.")
        yield _query(
            "limit", {"type": "integer", "minimum": 1, "maximum": MOST_RECORDS, "default": 50}, "Records of a page."
        )
        yield _query(
            "cursor", {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}, "What an answer gave as next or previous."
        )
        yield _query("count", {"enum": list(COUNTS)}, "capped stops counting at 10,000.")
        yield _query("trashed", {"type": "boolean"}, "The records in the trash.")

    def _read(self, name: str) -> Shape:
        return operation(
            f"read_{name}", "A record with its lines.", {"200": _json("The record.", reference(name))}, "400", "404"
        )

    def _create(self, name: str) -> Shape:
        key = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"}
        header = {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": key,
            "description": "A text of the caller's own; sent again, it gives the record that it made.",
        }
        made = _json("The record that was made.", reference(name))
        made["headers"] = {"Location": {"schema": {"type": "string"}}}
        before = _json("The record that the same key had made before.", reference(name))
        before["headers"] = made["headers"]
        found = operation(f"create_{name}", "Make a record.", {"200": before, "201": made}, *BODY, "404")
        return {**found, "parameters": [header], "requestBody": _body(f"{name}.new")}

    def _change(self, name: str) -> Shape:
        header = {
            "name": "If-Match",
            "in": "header",
            "schema": {"type": "string", "pattern": '^("[0-9a-f]{16}"|\\*)$'},
            "description": "The _version that was read, in quotation marks; or * for whatever the record is now.",
        }
        answers = {"200": _json("The record as it is now.", reference(name))}
        found = operation(f"change_{name}", "Change fields and lines.", answers, *BODY, "404", "409", "428")
        return {**found, "parameters": [header], "requestBody": _body(f"{name}.change")}

    def _restore(self, name: str) -> Shape:
        answers = {"200": _json("The record.", reference(name))}
        return operation(f"restore_{name}", "Bring a record back from the trash.", answers, "400", "404", "422")

    def _uploads(self, name: str) -> Iterator[tuple[str, Shape]]:
        body = {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {"type": "string", "format": "binary"}},
            "additionalProperties": False,
        }
        for key, field in self.schemas.fields(name):
            if isinstance(field, AttachedField):
                answers = {"201": _json("The file; it waits for a record that names its id.", reference("File"))}
                found = operation(f"send_file_for_{name}_{key}", "Send a file for this field.", answers, *BODY, "404")
                content = {"multipart/form-data": {"schema": body}}
                yield (
                    f"/{name}/_files/{key}",
                    {"post": {**found, "requestBody": {"required": True, "content": content}}},
                )

    def _files(self) -> Iterator[tuple[str, Shape]]:
        size = {"name": "size", "in": "path", "required": True, "schema": {"enum": list(SIZES)}}
        bytes_sent = {
            "200": {"description": "The bytes.", "content": BYTES},
            "206": {"description": "A part of them.", "content": BYTES},
        }
        answers = {"200": _json("What it is.", reference("File"))}
        yield (
            "/_files/{id}",
            {"parameters": [ID], "get": operation("describe_file", "What a file is.", answers, "400", "404")},
        )
        yield (
            "/_files/{id}/content",
            {"parameters": [ID], "get": operation("open_file", "Its bytes.", bytes_sent, "400", "404")},
        )
        small = operation("open_small_picture", "A small copy of a picture.", bytes_sent, "400", "404")
        yield "/_files/{id}/small/{size}", {"parameters": [ID, size], "get": small}


def operation(name: str, told: str, answers: Shape, *refusals: str) -> Shape:
    """One operation with its answers and refusals."""
    wanted: Iterable[str] = sorted({*ALWAYS, "403", *refusals})
    return {
        "operationId": name,
        "summary": told,
        "responses": {**answers, **{status: {"$ref": f"#/components/responses/{status}"} for status in wanted}},
    }


def refusals() -> Shape:
    """The answers that say why not."""
    return {status: _json(told, reference("Error")) for status, told in ANSWERS.items()}


def _json(told: str, schema: Schema) -> Shape:
    return {"description": told, "content": {JSON: {"schema": schema}}}


def _bare(told: str) -> Shape:
    return {"description": told}


def _body(name: str) -> Shape:
    return {"required": True, "content": {JSON: {"schema": reference(name)}}}


def _query(name: str, schema: Schema, told: str) -> Shape:
    return {"name": name, "in": "query", "schema": schema, "description": told}


def _listed(name: str, values: list[str], most: int, told: str) -> Shape:
    items = {"type": "array", "items": {"enum": values}, "minItems": 1, "maxItems": most, "uniqueItems": True}
    return {**_query(name, items, told), "style": "form", "explode": False}
