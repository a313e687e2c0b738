"""Every address of the API."""

from flask import Blueprint

from runtime_web.api.bulk import blueprint as bulk
from runtime_web.api.description.document import blueprint as description
from runtime_web.api.files import blueprint as files
from runtime_web.api.metadata import blueprint as metadata
from runtime_web.api.records import blueprint as records
from runtime_web.api.reports import blueprint as reports

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
for part in (bulk, description, metadata, files, records, reports):
    blueprint.register_blueprint(part)
