"""Records from and to files that other programs understand: CSV, XLSX, XLS and ODS.

A file becomes a `Sheet` (`delimited`, `workbook`), its columns become values (`columns`, `reading`, `resolving`), and
`Import` checks and writes them in one transaction. Exports are streamed, batch by batch. What an export writes, an
import reads back as the same values. Used by the command line and by pages; knows neither.
"""

from engine.exchange.exporting import export_csv, export_xlsx
from engine.exchange.findings import BadCell, ImportResult, write_errors
from engine.exchange.importing import Import
from engine.exchange.sheet import Sheet, read_sheet

__all__ = ["BadCell", "Import", "ImportResult", "Sheet", "export_csv", "export_xlsx", "read_sheet", "write_errors"]
