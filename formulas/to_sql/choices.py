"""SQL forms of choices and logic, in which only what is chosen may fail."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_ as all_of
from sqlalchemy import case, func, null
from sqlalchemy import or_ as any_of

from formulas.to_sql.cells import Cell, Sql, first_error, guards_of
from formulas.to_sql.kit import Kit, none_of


def _chosen_after(kit: Kit, errors: Sequence[Cell], whens: Sequence[tuple[Sql, Cell]], otherwise: Cell) -> Cell:
    """A choice whose conditions come from cells that may fail; errors[i] is looked at before the i-th condition."""
    found = kit.chosen(whens, otherwise)
    if all(cell.error is None for cell in errors):
        return found.with_(guards=guards_of([found, *errors]))
    steps: list[tuple[Sql, Sql]] = []
    for cell, (condition, result) in zip(errors, whens, strict=True):
        if cell.error is not None:
            steps.append((cell.error.is_not(None), cell.error))
        steps.append((condition, null() if result.error is None else result.error))
    last = null() if otherwise.error is None else otherwise.error
    return found.with_(error=case(*steps, else_=last), guards=guards_of([found, *errors]))


def choose_if(kit: Kit, cells: Sequence[Cell]) -> Cell:
    otherwise = cells[2] if len(cells) > 2 else kit.constant(None)
    return _chosen_after(kit, cells[:1], [(kit.truth(cells[0]), cells[1])], otherwise)


def choose_ifs(kit: Kit, cells: Sequence[Cell]) -> Cell:
    whens = [(kit.truth(test), result) for test, result in zip(cells[::2], cells[1::2], strict=True)]
    return _chosen_after(kit, cells[::2], whens, kit.no_match())


def switch(kit: Kit, cells: Sequence[Cell]) -> Cell:
    value, rest = cells[0], cells[1:]
    pairs = list(zip(rest[::2], rest[1::2], strict=False))
    tests = [kit.compared("==", value.with_(error=None), match) for match, _ in pairs]
    otherwise = rest[-1] if len(rest) % 2 else kit.no_match()
    whens = [(test.value, result) for test, (_, result) in zip(tests, pairs, strict=True)]
    found = _chosen_after(kit, tests, whens, otherwise)
    return found.with_(error=first_error(value.error, found.error))


def every(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return _until(kit, cells, stop=False)


def either(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return _until(kit, cells, stop=True)


def _until(kit: Kit, cells: Sequence[Cell], *, stop: bool) -> Cell:
    truths = [kit.truth(cell) for cell in cells]
    value = any_of(*truths) if stop else all_of(*truths)
    error = None
    if any(cell.error is not None for cell in cells):
        steps: list[tuple[Sql, Sql]] = []
        for cell, met in zip(cells, truths, strict=True):
            if cell.error is not None:
                steps.append((cell.error.is_not(None), cell.error))
            steps.append((met if stop else none_of(met), null()))
        error = case(*steps, else_=null())
    return Cell("boolean", value, error, nullable=False, guards=guards_of(cells))


def negated(kit: Kit, cells: Sequence[Cell]) -> Cell:
    return Cell("boolean", none_of(kit.truth(cells[0])), nullable=False, guards=guards_of(cells))


def coalesced(kit: Kit, cells: Sequence[Cell]) -> Cell:
    alike = kit.alike(cells)
    known = [cell for cell in alike if cell.kind != "blank"]
    value = func.coalesce(*(cell.value for cell in known), null()) if known else null()
    error = None
    if any(cell.error is not None for cell in cells):
        steps: list[tuple[Sql, Sql]] = []
        for cell in cells:
            if cell.error is not None:
                steps.append((cell.error.is_not(None), cell.error))
            if cell.kind != "blank":
                steps.append((cell.value.is_not(None), null()))
        error = case(*steps, else_=null())
    found = known[0] if known else alike[0]
    return found.with_(
        value=value,
        error=error,
        nullable=all(cell.nullable for cell in known),
        scale=max(cell.scale for cell in alike),
        bound=max(cell.bound for cell in alike),
        real=any(cell.real for cell in alike),
        guards=guards_of(alike),
    )
