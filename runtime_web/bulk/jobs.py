"""What a worker does with many records of a list, and how it takes that back."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from werkzeug.datastructures import MultiDict

from engine.fields.locale import Locale
from engine.jobs import Cancelled, Outcome, Work
from engine.problems import Refused, Unfit, problem
from engine.records import Missing, Records
from engine.records.undoing import Undoing
from engine.storage.recording import Undoes
from runtime_web.bulk.doing import Bulk, Result
from runtime_web.lists.asked import listing_of, state_of


def found_ids(records: Records, locale: Locale, entity: str, arguments: str) -> list[int]:
    """Every record of the list that a query string describes, in its order.

    Raises:
        Refused: part of it means nothing any more, and without it the list is longer.
    """
    state = state_of(records, entity, MultiDict(parse_qsl(arguments, keep_blank_values=True)))
    if state.unknown:
        raise Refused([problem("right-missing", action="read", entity=entity)])
    query = replace(listing_of(records, locale, state).exported, columns=(), counted=False, offset=0, edge=None)
    return [row[0] for page in records.stream(query) for row in page.rows]


def bulk_job(work: Work) -> Outcome:
    """Do it with the records that are named, or with all of a list; who ends it midway is told how far it came."""
    params, records = work.params, work.records()
    entity = params["entity"]
    locale = Locale(params["language"], records.configuration.timezone)
    ids = params["ids"] or found_ids(records, locale, entity, params["arguments"])
    values = {}
    for name, text in params["values"].items():
        try:
            values[name] = records.configuration.entities[entity].fields[name].parse(text, locale)
        except Unfit as unfit:
            raise Refused([unfit.at(name)]) from unfit
    bulk, result, code = Bulk(records, work.id, entity, params["action"], values), Result(), "bulk-done"
    try:
        bulk.run(ids, result, lambda done: work.progress(done, len(ids)))
    except Cancelled:
        code = "bulk-ended"
    # A worker before this one may have died of it: what it has done is part of the job.
    return Outcome(code, {**result.params, "count": work.count(entity), "total": len(ids)})


def bulk_undo_job(work: Work) -> Outcome:
    """Take acts back, the last one first."""
    acts = [Undoes(action=number) for number in reversed(work.params["acts"])]
    records, count, stayed = work.records(), 0, 0
    for number, act in enumerate(acts):
        work.progress(number, len(acts))
        try:
            plan = Undoing.through(records).undo(act)
        except Missing:
            continue
        except Refused:
            # The others are taken back all the same.
            stayed += sum(Undoing.through(records).plan(act).counts.values())
            continue
        count, stayed = count + sum(plan.counts.values()), stayed + len(plan.hindered)
    return Outcome("bulk-undone", {"count": count, "stayed": stayed})
