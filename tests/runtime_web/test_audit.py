"""The page of the audit log, and what is noted there by itself."""

from __future__ import annotations

from collections.abc import Mapping

from engine.audit import Audit
from engine.exchange import Import, Sheet
from engine.fields.locale import Locale
from engine.rights import SYSTEM, rights_of
from engine.storage.audit import Sought
from tests.runtime_web.test_history import words
from tests.runtime_web.visitor import Site


def noted(site: Site, event: str) -> list[Mapping[str, str]]:
    rights = rights_of(site.workspace.configuration, SYSTEM)
    return [line.details for line in Audit(site.workspace.database).lines(rights, Sought(event=event))]


def test_lines_are_shown_and_sought(any_site: Site) -> None:
    audit = Audit(any_site.workspace.database)
    audit.note("password-reset", by=1, subject=2, details={"address": "<10.0.0.1>"})
    audit.note("export", by=2, details={"entity": "client"})
    ana = any_site.visitor("ana")
    page = words(ana.get("/audit").text)
    assert "Password reset Ana Popa Ben Virtanen address &lt;10.0.0.1&gt;" in page
    assert "Exported Ben Virtanen entity client" in page
    assert "Password reset Ana Popa" not in words(ana.get("/audit?event=export").text)
    assert "Exported Ben Virtanen" in words(ana.get("/audit?person=2").text)
    assert "No line of the audit log fits." in words(ana.get("/audit?until=2001-01-01").text)
    assert "Exported Ben Virtanen" in words(ana.get("/audit?since=2001-01-01&event=nonsense&person=x").text)


def test_only_for_those_who_administer(site: Site) -> None:
    ben = site.visitor("ben")
    assert ben.get("/audit").status_code == 403
    assert noted(site, "refused") == [{"method": "GET", "path": "/audit"}]
    assert 'href="/audit"' not in ben.get("/").text


def test_exports_imports_and_configurations_are_noted(site: Site) -> None:
    assert noted(site, "configuration-applied")[0]["by"] == "tests"
    sheet = Sheet("clients", ("name",), [("Ann",), ("Bob",)])
    Import(site.records, "client", sheet, Locale()).run(dry_run=True)
    assert noted(site, "import") == []
    Import(site.records, "client", sheet, Locale()).run()
    assert noted(site, "import") == [{"entity": "client", "added": "2", "updated": "0"}]
    site.visitor("ana").get("/records/client/export")
    assert noted(site, "export") == [{"entity": "client", "format": "csv", "records": "2"}]
