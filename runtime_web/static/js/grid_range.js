// A range of cells: from the active cell to another one, whichever of the two is above. It is remembered by records and
// fields, and what of it is not in the table any more is left out.
import { cellAt, columns, headingNamed, placeOf, rowOf, rows, table } from "./grid_cells.js";

let anchor = null;
let end = null;

export function begin(place) {
  anchor = place;
  end = null;
  draw();
}


// The rows and headings that are chosen: those of the active cell alone where nothing more is.
export function rectangle() {
  if (!anchor || !rowOf(anchor.id) || !headingNamed(anchor.field)) return null;
  const to = end && rowOf(end.id) && headingNamed(end.field) ? end : anchor;
  const listed = rows(), fields = columns();
  const between = (all, one, other) => {
    const [from, until] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
    return from < 0 ? [] : all.slice(from, until + 1);
  };
  const chosen = {
    rows: between(listed, rowOf(anchor.id), rowOf(to.id)),
    fields: between(fields, headingNamed(anchor.field), headingNamed(to.field)),
  };
  return chosen.rows.length && chosen.fields.length ? chosen : null;
}

export function extendTo(cell) {
  const to = placeOf(cell);
  if (!anchor || !to) return null;
  end = to.id === anchor.id && to.field === anchor.field ? null : to;
  draw();
  return cell;
}

// One step further, or to the edge of the table; the cell that was reached.
export function extend(down, across, far) {
  const from = cellAt(end ?? anchor), listed = rows(), fields = columns();
  if (!from) return null;
  const to = (at, by, many) => (by && far ? (by < 0 ? 0 : many - 1) : Math.max(0, Math.min(at + by, many - 1)));
  const row = listed[to(listed.indexOf(from.closest("tr")), down, listed.length)];
  const heading = fields[to(fields.findIndex((one) => one.cellIndex === from.cellIndex), across, fields.length)];
  return extendTo(row.cells[heading.cellIndex]);
}

export function everything() {
  const listed = rows(), fields = columns();
  if (!listed.length) return false;
  anchor = { id: listed[0].dataset.id, field: fields[0].dataset.field };
  end = { id: listed.at(-1).dataset.id, field: fields.at(-1).dataset.field };
  draw();
  return true;
}

export function collapse() {
  const was = Boolean(end);
  end = null;
  draw();
  return was;
}

export function draw() {
  const grid = table();
  if (!grid) return;
  for (const old of grid.querySelectorAll(".in-range")) {
    old.classList.remove("in-range");
    old.removeAttribute("aria-selected");
  }
  grid.querySelector(".fill-handle")?.remove();
  const chosen = anchor && rectangle();
  if (!chosen) return;
  if (end) {
    for (const row of chosen.rows) for (const heading of chosen.fields) row.cells[heading.cellIndex].classList.add("in-range");
  }
  document.dispatchEvent(new CustomEvent("grid:ranged", { detail: { ...chosen, several: Boolean(end) } }));
}
