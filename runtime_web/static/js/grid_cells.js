// The table of a list as cells: a record by its id, a column by its heading. Rows come and go, so a cell is remembered
// by both, and found again whenever it is needed.

export const desk = matchMedia("(min-width: 768px)");
export const table = () => document.querySelector(".page-list table.rows:not(.tree)");
export const words = () => document.getElementById("grid-words")?.dataset ?? {};

export function headings() {
  return [...(table()?.tHead?.rows[0]?.cells ?? [])];
}

export function rows() {
  return [...(table()?.querySelectorAll("tbody tr[data-id]") ?? [])];
}

export function rowOf(id) {
  return table()?.querySelector(`tbody tr[data-id="${CSS.escape(id)}"]`) ?? null;
}

// The columns that hold fields: those of boxes and the like are none.
export function columns() {
  return headings().filter((heading) => heading.dataset.field && heading.offsetWidth);
}

export function headingOf(cell) {
  return headings()[cell.cellIndex] ?? null;
}

export function headingNamed(field) {
  return headings().find((heading) => heading.dataset.field === field) ?? null;
}

export function placeOf(cell) {
  const row = cell?.closest("tr[data-id]"), field = cell && headingOf(cell)?.dataset.field;
  return row && field ? { id: row.dataset.id, field } : null;
}

export function cellAt(place) {
  const row = place && rowOf(place.id), heading = place && headingNamed(place.field);
  return row && heading ? row.cells[heading.cellIndex] : null;
}

// What a row has shown in fields that are edited in place, as words by which the server tells whether it is still so.
const WORD = 4;

export function seenIn(row, fields) {
  const edited = headings().filter((heading) => heading.dataset.edit).map((heading) => heading.dataset.field);
  const word = (field) => (row.dataset.seen ?? "").slice(edited.indexOf(field) * WORD).slice(0, WORD);
  return Object.fromEntries(fields.filter((field) => edited.includes(field)).map((field) => [field, word(field)]));
}

// Where text is typed over what is there: the value may be what people write, and the server reads it.
const TYPED = new Set(["text", "long_text", "integer", "decimal", "money", "percent", "date", "time", "datetime", "duration", "email", "phone", "url", "tax_id", "color", "rating"]);

export const isTyped = (kind) => TYPED.has(kind);
export const editOf = (cell) => (cell && headingOf(cell)?.dataset.edit) || "";
