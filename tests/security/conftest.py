"""The sites of the tests of pages, for what is tried against them."""

from __future__ import annotations

from tests.runtime_web.conftest import any_site, make_site, quick_hashes, site

__all__ = ["any_site", "make_site", "quick_hashes", "site"]
