"""The three-way merge of one field at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.records.merge import merge

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
