"""The three-way merge of one field at a time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.records.merge import merge
from engine.records.seen import Seen, word_of

VALUES = st.sampled_from([None, 1, 2, 3])
RECORDS = st.fixed_dictionaries({"a": VALUES, "b": VALUES, "c": VALUES})


@given(base=RECORDS, theirs=RECORDS, mine=RECORDS)
def test_a_merge_loses_nothing(base: dict[str, int], theirs: dict[str, int], mine: dict[str, int]) -> None:
    """Each field ends as the one who changed it wants it; two different wishes for one field are a clash."""
    merged = merge(mine, base, theirs)
    clashing = {clash.path[-1] for clash in merged.clashes}
    for name, seen in base.items():
        result = merged.changes.get(name, theirs[name])
        if name in clashing:
            assert len({seen, theirs[name], mine[name]}) == 3
        elif mine[name] != seen:
            assert result == mine[name]
        else:
            assert result == theirs[name]


@given(base=RECORDS, theirs=RECORDS)
def test_what_was_not_touched_is_kept(base: dict[str, int], theirs: dict[str, int]) -> None:
    merged = merge(base, base, theirs)
    assert not merged.changes
    assert not merged.clashes
    assert set(merged.kept) == {name for name in base if base[name] != theirs[name]}


def test_without_a_base_everything_is_mine() -> None:
    assert merge({"a": 1, "b": 2}, None, {"a": 1, "b": 3}).changes == {"b": 2}


@given(base=RECORDS, theirs=RECORDS, mine=RECORDS)
def test_words_of_what_was_seen_merge_as_the_values_do(
    base: dict[str, int], theirs: dict[str, int], mine: dict[str, int]
) -> None:
    known, told = (
        merge(mine, base, theirs),
        merge(mine, {name: Seen(word_of(one)) for name, one in base.items()}, theirs),
    )
    assert (told.changes, told.kept) == (known.changes, known.kept)
    assert [clash.path for clash in told.clashes] == [clash.path for clash in known.clashes]


def test_a_word_tells_values_apart_but_not_ways_to_be_blank() -> None:
    assert word_of(()) == word_of(None)
    values = [None, "", "a", "b", 0, 1, True, Decimal("1.5"), dt.date(2026, 1, 1), (1,), (1, 2), (2, 1)]
    assert len({word_of(value) for value in values}) == len(values)
    assert {len(word_of(value)) for value in values} == {4}
