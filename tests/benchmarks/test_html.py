"""A page is read as a person reads it."""

from __future__ import annotations

from benchmarks.html import read

PAGE = """<!doctype html><title>Orders</title>
<h1 id="number">ORD-1 <small>new</small></h1>
<form id="order"><input type=hidden name=token value=abc>
<label>Date <input name="date" value="2026-01-02"></label>
<select name="status"><option value="">none</option><option value="paid" selected>Paid</option></select>
<select name="client"><option value="">none</option></select>
<table><thead><tr><th>Product</th></tr></thead><tbody>
<tr><td><a href="/1">Oak <b>chair</b></a></td><td>1<br>234.50</td></tr>
<template><tr><td><input name="blank" value="x"></td></tr></template>
<tr><td><svg><use href="#icon"/></svg> Lamp</td><td></td></tr>
</tbody></table></form>
<p id="after">7 records</p>"""


def test_cells_hold_their_whole_text() -> None:
    assert read(PAGE.encode()).tables == ((("Oak chair", "1234.50"), ("Lamp", "")),)


def test_a_form_sends_its_inputs_and_choices_but_no_blank_templates() -> None:
    sent = [("token", "abc"), ("date", "2026-01-02"), ("status", "paid"), ("client", "")]
    assert read(PAGE.encode()).forms == {"order": sent}


def test_a_form_says_how_it_is_sent() -> None:
    assert read(PAGE.encode()).encodings == {"order": ""}
    assert read(b'<form id="card" enctype="multipart/form-data"></form>').encodings == {"card": "multipart/form-data"}


def test_named_places_and_chosen_options_have_their_text() -> None:
    text = read(PAGE.encode()).text
    assert [text[name] for name in ("number", "status", "after")] == ["ORD-1 new", "Paid", "7 records"]
