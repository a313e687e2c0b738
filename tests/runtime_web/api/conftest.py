"""The sites of the tests of pages, for the tests of the API."""

from tests.runtime_web.conftest import any_site, make_site, quick_hashes, site

__all__ = ["any_site", "make_site", "quick_hashes", "site"]
