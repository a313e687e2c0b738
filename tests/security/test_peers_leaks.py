"""What leaked in other products, each tried here: Ann must not learn what her role does not show her."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import string
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from engine.config.load import load as load_configuration
from engine.exchange import Import, ImportResult, read_sheet
from engine.fields.locale import locale_for
from engine.jobs import Crew, Made
from engine.problems import Refused
from engine.query import Query
from engine.records import Edit, Missing, Records
from engine.records.acts import Acts
from engine.records.history import History
from engine.schema import apply
from engine.storage.tables import describe_tables
from runtime_web.kinds import KINDS
from tests.engine.exchange.sheets import write_csv
from tests.guarded import as_person, open_guarded, order
from tests.noninterference.visits import received
from tests.runtime_web.seen import unmarked
from tests.runtime_web.trade import NUMBERS
from tests.security.hidden import AMOUNT, CANARY, GOOD, Hidden, configuration, open_hidden, without


@pytest.fixture
def trade(sqlite_url: str, tmp_path: Path) -> Iterator[Hidden]:
    yield from open_hidden(sqlite_url, tmp_path)


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [found.code for found in refused.value.problems]


# Directus


def test_directus_aggregate_of_a_concealed_field(trade: Hidden) -> None:
    """CVE-2026-35442: min and max told a field that could not be read."""
    for of, name in (("client", "secret"), ("client", "turnover"), ("product", "cost"), ("order", "margin")):
        trade.same(f"/records/{of}/1/explain/{{}}", name, "ghost")
        trade.same(f"/records/{of}?sort={{}}", name, "ghost")
        trade.same(f"/api/v1/{of}?sort=-{{}}&limit=1", name, "ghost")
        trade.same(f"/records/{of}/filter/{{}}", name, "ghost")


@pytest.mark.parametrize("text", [CANARY, CANARY[:4], str(AMOUNT), "Bob"])
def test_directus_search_in_fields_that_are_hidden(trade: Hidden, text: str) -> None:
    """CVE-2025-30352, CVE-2025-64748: a search matched what the searcher could not see."""
    for path in ("/search?q={}", "/records/client?q={}", "/records/order?q={}", "/lookup/client?q={}&for=order.client"):
        trade.same(path, text, "ghostword")
    assert trade.get(f"/api/v1/order?q={text}&count=exact").json["items"] == []


def test_directus_revisions_told_secrets(trade: Hidden) -> None:
    """CVE-2026-39943: what was hidden stood in the history of a record."""
    for path in ("/records/client/1/history", "/records/order/1/history", "/records/order/3/history", "/done"):
        assert CANARY not in trade.get(path).text
    assert GOOD in trade.get("/records/client/1/history").text
    later = "2200-01-01T00:00"
    assert CANARY not in trade.get(f"/records/order/3/then?at={later}").text
    assert CANARY not in str(History(trade.seen()).of("order", 3)) + str(Acts(trade.seen()).newest())


def test_directus_two_policies_lent_each_other_their_fields(trade: Hidden) -> None:
    """CVE-2025-27089: the fields of one policy were open in the rows of another."""
    both = trade.seen("manager", "auditor")
    rows = {row[0]: row[1:] for row in both.page(Query("order", ("note", "margin"))).rows}
    assert rows[1] == (GOOD, None)  # Ann's own: notes, but no margin
    assert rows[3][0] == f"{CANARY} now"  # paid: what the auditor's role shows
    assert rows[3][1] is not None
    assert 2 not in rows  # neither hers nor paid


def test_directus_a_new_field_inherited_the_rights_of_its_name(tmp_path: Path) -> None:
    """CVE-2025-64746: a field made anew under the name of a deleted one was as open as that had been.

    Roles stand beside the fields in one configuration, which is checked as a whole: a right that names a field that
    is gone is refused, so that none is left over for the next field of that name.
    """
    path = tmp_path / "kartoteka.yaml"
    path.write_text(json.dumps(configuration().model_dump(mode="json", exclude_unset=True)), encoding="utf-8")
    assert load_configuration(path)[0] is not None
    tree = json.loads(path.read_text(encoding="utf-8"))
    client = tree["entities"]["client"]
    del client["fields"]["secret"]
    client["colors"], client["views"] = [], {}
    path.write_text(json.dumps(tree), encoding="utf-8")
    found, problems = load_configuration(path)
    assert found is None
    assert {(one.code, one.params["name"]) for one in problems} == {("field-unknown", "secret")}


def test_directus_no_right_and_no_such_thing_were_told_apart(trade: Hidden) -> None:
    """CVE-2025-64749: whoever may not see a thing learned that there is one."""
    for path in (
        "/records/order/{}",
        "/records/order/{}/edit",
        "/records/order/{}/history",
        "/records/order/{}/then?at=2200-01-01T00:00",
        "/records/order/{}/explain/total",
        "/records/order/new?copy={}",
        "/api/v1/order/{}",
    ):
        trade.same(path, 2, 99)
    for path in ("/records/{}", "/records/{}/1", "/records/{}/export?format=csv", "/api/v1/{}", "/lookup/{}?q=a"):
        hidden = trade.site.visitor("cid")
        words = "order", "ghost"
        first, second = (without(received(hidden.get(path.replace("{}", word))), *words) for word in words)
        assert first == second, path


# Odoo, Frappe, Flask-AppBuilder


def test_odoo_any_document_was_printed(trade: Hidden) -> None:
    """CVE-2021-23203: a crafted request gave a report of a record outside one's rows."""
    for query in ("", "&f=client:any_of:2", "&q=0002", "&sort=-number", f"&q={CANARY}", "&ids=2", "&id=2"):
        text = trade.get(f"/records/order/export?format=csv{query}").data.decode("utf-8-sig")
        numbers = [row[0] for row in csv.reader(io.StringIO(text))][1:]
        assert set(numbers) <= {"0001", "0003"}, query
        assert CANARY not in text


def test_odoo_any_attachment_was_mailed(trade: Hidden) -> None:
    """CVE-2018-15631: attachments were open to whoever guessed a number."""
    contract, papers, scan, mine = 1, 2, 3, 4
    assert trade.get(f"/files/{mine}").data == GOOD.encode()
    for key in (contract, papers, scan):
        trade.same("/files/{}", key, 99)
        trade.same("/files/{}/thumb/96", key, 99)
        for suffix in ("", "/content", "/small/96"):
            trade.same(f"/api/v1/_files/{{}}{suffix}", key, 99)
        stolen = codes(lambda taken=key: trade.seen().update("order", 1, Edit({"papers": (taken,)})))  # type: ignore[misc]
        assert stolen == codes(lambda: trade.seen().update("order", 1, Edit({"papers": (99,)})))


def test_odoo_etag_of_a_hidden_file(trade: Hidden) -> None:
    tag = trade.site.visitor("ana").get("/files/2").headers["ETag"]
    answer = trade.get("/files/2", headers={"If-None-Match": tag})
    assert (answer.status_code, "ETag" in answer.headers) == (404, False)
    content = trade.get("/api/v1/_files/2/content", headers={"If-None-Match": tag})
    assert (content.status_code, "ETag" in content.headers) == (404, False)


@pytest.mark.parametrize(
    "name", ["secret", "secret__fold", "_version", "_trashed_by", "secret desc", "client.secret", "1", "(secret)"]
)
def test_frappe_names_of_columns_from_the_client(trade: Hidden, name: str) -> None:
    """CVE-2026-31877, CVE-2026-55823: order_by and names of fields went to the database."""
    for path in ("/records/client?sort={}", "/records/client?f={}:contains:a", "/records/client/filter/{}"):
        trade.same(path, name, "ghost")
    trade.same("/api/v1/client?fields={}", name, "ghost")


@pytest.mark.parametrize("operator", ["starts", "contains"])
def test_flask_appbuilder_inference_by_prefixes(trade: Hidden, operator: str) -> None:
    """CVE-2022-31177: a hash was found character by character."""
    sizes = set()
    for letter in string.ascii_lowercase:
        trade.same(f"/records/client?f={{}}:{operator}:{letter}", "secret", "ghost")
        asked = {"where": f'{{"secret":{{"{operator}":"{letter}"}}}}'}
        answer = trade.get("/api/v1/client", query_string=asked)
        sizes.add((answer.status_code, len(answer.data)))
    assert len(sizes) == 1


# Baserow, Budibase, Superset, Metabase, PocketBase


@pytest.mark.parametrize("name", ["secret", "discount", "contract", "turnover"])
def test_baserow_values_of_a_column(trade: Hidden, name: str) -> None:
    """CVE-2026-113359: an address that listed the values of a column asked for no right."""
    trade.same("/records/client/filter/{}", name, "ghost")
    trade.same("/lookup/client?q=&for=client.{}", name, "ghost")


def test_budibase_another_way_to_the_same_rows(trade: Hidden) -> None:
    """CVE-2026-82239: an alternative endpoint knew nothing of the rights."""
    where = '{"client":{"any_of":[2]}}'
    assert [one["id"] for one in trade.get(f"/api/v1/order?where={where}").json["items"]] == []
    for path in (
        "/records/order",
        "/api/v1/order",
        "/api/v1/order?trashed=true",
        "/records/order/trash",
        "/search?q=00",
    ):
        assert "0002" not in unmarked(trade.get(path).text), path
    bulk = [{"method": "PATCH", "entity": "order", "id": key, "values": {"note": "x"}} for key in (2, 99)]
    first, second = (trade.program.post("/_bulk", {"operations": [one]}) for one in bulk)
    assert without(first.data, "2", "99") == without(second.data, "2", "99")
    assert trade.all.get("order", 2).values["note"] == CANARY


def test_superset_sql_in_a_filter(trade: Hidden) -> None:
    """CVE-2025-48912: row rights were passed by SQL in an expression."""
    for text in ("1=1 OR manager=2", "' OR 1=1 --", "SELECT * FROM client", 'manager = 2 or secret = "gold"'):
        for path in ("/records/order?where={}", "/records/order?f={}", "/records/order?view={}"):
            page = trade.get(path.replace("{}", text)).text
            assert "0002" not in page
        assert trade.get("/api/v1/order", query_string={"where": text}).status_code == 400


def test_metabase_a_file_made_with_other_rights(trade: Hidden, tmp_path: Path) -> None:
    """CVE-2023-32680: what was shared was open to whoever had its number. An export belongs to whoever asked."""
    held = trade.site.workspace
    object.__setattr__(held.settings, "large_export", 0)
    place = trade.get("/records/order/export?format=csv").location
    Crew(held.database, KINDS, Made(held.settings.made), "tests").run(int(place.rpartition("/")[2]))
    mine = trade.get(f"{place}/file").data.decode("utf-8-sig")
    assert "0001" in mine
    assert "0002" not in mine
    assert CANARY not in mine
    bob = trade.site.visitor("bob")
    for suffix in ("", "/file"):
        there, nowhere = (bob.get(f"{path}{suffix}") for path in (place, "/jobs/99"))
        assert there.status_code == 404
        words = place.rpartition("/")[2], "99"
        assert without(received(there), *words) == without(received(nowhere), *words)


def test_pocketbase_who_one_is_was_said_by_the_client(trade: Hidden) -> None:
    """CVE-2026-44166: an account was taken by fields that a client sent about it."""
    forged = {"name": "Forged", "manager": "2", "_created_by": "2", "user_id": "7", "administrator": "1"}
    trade.post("/records/client/new", forged)
    made = trade.all.get("client", 3)
    assert (made.created_by, made.values["manager"]) == (NUMBERS["ann"], 2)
    assert trade.get("/users").status_code == 403


# What else belongs here


def test_a_picker_offers_no_hidden_rows(trade: Hidden) -> None:
    for text in ("", "00", "Bob", CANARY):
        assert "0002" not in trade.get(f"/lookup/order?q={text}").text
    dora = trade.site.visitor("dora")  # sees paid orders, and no product
    assert b"Saw" not in received(dora.get("/lookup/product?q=&for=order_line.product"))


def test_a_sum_over_hidden_rows_is_not_there_unless_it_is_published(trade: Hidden) -> None:
    assert "turnover" not in trade.get("/api/v1/client/1").json
    dora = trade.seen("auditor", number=4)
    assert dora.get("client", 1).values["turnover"] == trade.all.get("client", 1).values["turnover"]
    with pytest.raises(KeyError):
        dora.explain("client", 1, "turnover")


def load(records: Records, folder: Path, entity: str, rows: Sequence[Sequence[str]], match: str = "") -> ImportResult:
    sheet = read_sheet(write_csv(folder / "rows.csv", rows))
    return Import(records, entity, sheet, locale_for("en"), match=match).run(dry_run=True)


def outcome(result: ImportResult) -> tuple[object, ...]:
    return result.added, result.updated, [(one.row, one.letters, one.problem.code) for one in result.bad]


@pytest.mark.parametrize("value", [CANARY, f"{CANARY} now"])
def test_a_trial_import_does_not_tell_which_rows_exist(trade: Hidden, tmp_path: Path, value: str) -> None:
    """Row exists, row is new: of rows that Ann may not see the sheet says neither."""
    tried = [[("note", "client"), (text, "Alfa")] for text in (value, "ghostword")]
    first, second = (outcome(load(trade.seen(), tmp_path, "order", rows, "note")) for rows in tried)
    assert first == second
    for name in ("secret", "ghost"):
        with pytest.raises(Refused) as refused:
            load(trade.seen(), tmp_path, "client", [("name", name), ("Alfa", CANARY)], "name")
        assert [one.code for one in refused.value.problems] == ["column-unknown"]


def test_an_import_names_no_hidden_record_of_another_entity(trade: Hidden, tmp_path: Path) -> None:
    cid = trade.seen("buyer", number=3)
    roles = {"manager", "buyer"}
    assert cid.configuration.entities.keys() == {"product"}
    rows = [("client", "tags"), ("Alfa", "Ghost")]
    assert outcome(load(trade.seen(*roles), tmp_path, "order", rows))[2] == [(2, "B", "reference-not-found")]
    hidden = as_person(trade.all, 4, "auditor")
    with pytest.raises(Refused):
        load(hidden, tmp_path, "order", [("client",), ("Alfa",)])


def test_messages_hold_no_hidden_values(trade: Hidden) -> None:
    """A record that comes back from the trash may have lost a unique value that its owner cannot read."""
    grants = configuration().model_dump(mode="json", exclude_unset=True, by_alias=True)["roles"]
    grants["manager"]["grants"][1]["can"] = ["read", "create", "delete"]
    wanted = configuration(roles=grants)
    apply(trade.all.database, wanted, "tests")
    everything = Records(trade.all.database, describe_tables(wanted), trade.all.principal)
    ann = as_person(everything, 1, "manager")
    key = everything.create("client", Edit({"name": "Gone", "secret": "hushword"})).id
    ann.delete("client", [key])
    everything.create("client", Edit({"name": "Twin", "secret": "hushword"}))
    with pytest.raises(Refused) as refused:
        ann.restore("client", [key])
    (found,) = refused.value.problems
    assert found.code == "unique-taken-elsewhere"
    assert "hushword" not in found.sentence
    assert "secret" not in str(found)


def test_counts_on_the_first_page_are_of_what_one_sees(trade: Hidden) -> None:
    before = received(trade.get("/"))
    order(trade.all, 2, NUMBERS["bob"], note="more")
    trade.all.delete("order", [2])
    assert received(trade.get("/")) == before


def test_numbers_and_titles_of_what_one_has_opened_lately_go_with_the_right(trade: Hidden) -> None:
    trade.get("/records/order/1")
    trade.all.update("order", 1, Edit({"archived": True}))
    for path in ("/", "/records/order", "/records/client/1", "/done"):
        assert "0001" not in trade.get(path).text, path


def test_a_conflict_tells_nothing_of_a_hidden_field(trade: Hidden) -> None:
    before = trade.get("/api/v1/client/1").json
    trade.all.update("client", 1, Edit({"secret": "other", "discount": Decimal("0.1")}))
    answer = trade.program.patch("/client/1", {"city": "Bodø", "_version": before["_version"]})
    assert answer.status_code == 200
    assert trade.get("/records/client/1").headers.get("ETag") is None


def test_history_does_not_tell_when_hidden_things_changed(trade: Hidden) -> None:
    paths = ("/records/client/1/history", "/records/client/1", "/records/client", "/done", "/api/v1/client/1")
    before = [received(trade.get(path)) for path in paths]
    trade.all.update("client", 1, Edit({"secret": f"{CANARY} again"}))
    assert [received(trade.get(path)) for path in paths] == before


def test_a_preview_looks_nowhere_that_one_may_not(trade: Hidden) -> None:
    first, second = (trade.post(f"/records/order/{key}/preview", {"client": "1"}) for key in (2, 99))
    assert without(received(first), "2", "99") == without(received(second), "2", "99")
    page = trade.post("/records/order/3/preview", {"client": "2", "status": "new"})
    assert CANARY not in page.text
    with pytest.raises(Missing):
        trade.seen().preview("order", 2, Edit({}))
    assert trade.seen().blank("order").values.get("margin") is None


def test_a_refused_save_gives_back_only_what_was_sent(trade: Hidden) -> None:
    answer = trade.post("/records/order/1", {"rebate": "5", "client": "99", "lines": "x"})
    assert CANARY not in answer.text
    assert str(AMOUNT) not in answer.text
    for key in ("2", "99"):
        assert trade.post(f"/records/order/{key}", {"note": "x"}).status_code == 404
    assert codes(lambda: trade.seen().create("order", Edit({"client": 99, "manager": 1}))) == ["reference-unknown"]
    assert trade.all.get("order", 2).values["date"] == dt.date(2026, 3, 4)


def test_a_number_made_of_what_is_hidden_goes_with_it(sqlite_url: str) -> None:
    """The mask of a number reads what a record leads to; only whoever may read that sees the number, or by publishing."""
    entities = configuration().model_dump(mode="json", exclude_unset=True)["entities"]
    entities["order"]["fields"]["number"] = {"type": "sequence", "mask": "{=client.secret}-{####}"}
    records = open_guarded(sqlite_url, configuration(entities=entities))
    records.create("client", Edit({"name": "Alfa", "secret": CANARY}))
    records.create("product", Edit({"name": "Saw"}))
    order(records, 1, 1)
    ann = as_person(records, 1, "manager")
    assert records.get("order", 1).values["number"] == f"{CANARY}-0001"
    assert "number" not in ann.configuration.entities["order"].fields
    assert CANARY not in str(ann.get("order", 1))
    assert ann.search("0001") == ()
    records.database.close()
