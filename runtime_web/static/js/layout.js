// The layout of a list's columns as the page shows it, and keeping it on the server for whoever looks at it.

const LEAST = 40, MOST = 1200;

export const table = () => document.querySelector(".page-list table.rows");
export const heads = () => [...(table()?.tHead?.querySelectorAll("th[data-field]") ?? [])];
export const headNamed = (field) => heads().find((head) => head.dataset.field === field);
export const frozen = () => Number(table()?.dataset.frozen ?? 0);

const columnOf = (head) => table().querySelectorAll("col")[head.cellIndex];

export const within = (width) => Math.round(Math.min(MOST, Math.max(LEAST, width)));

// From the first width on that somebody gives, every column has one; until then each is as wide as it happens to be.
export function size() {
  const shown = table();
  if (shown.classList.contains("sized")) return;
  const widths = heads().map((head) => within(head.getBoundingClientRect().width));
  heads().forEach((head, index) => columnOf(head).setAttribute("width", widths[index]));
  shown.classList.add("sized");
}

export const widthOf = (head) => Number(columnOf(head).getAttribute("width")) || head.getBoundingClientRect().width;

export function setWidth(head, width) {
  size();
  columnOf(head).setAttribute("width", within(width));
}

function written(head) {
  const width = columnOf(head).getAttribute("width");
  return width ? `${head.dataset.field}:${width}` : head.dataset.field;
}

const address = () => document.querySelector(".list-columns").href;

// Keeps the columns in an order; the list comes anew with them.
export function keep(order, stay = frozen()) {
  const values = { columns: order.map(written).join(","), frozen: String(stay) };
  return window.htmx.ajax("POST", address(), { source: document.getElementById("list"), target: "#list", swap: "outerMorph", values });
}

export function keepWithoutWidths() {
  const values = { columns: heads().map((head) => head.dataset.field).join(","), frozen: String(frozen()) };
  return window.htmx.ajax("POST", address(), { source: document.getElementById("list"), target: "#list", swap: "outerMorph", values });
}

// Keeps what the page shows already. The latest is what counts: it waits for the one before it.
let kept = Promise.resolve();
export function keepQuietly() {
  const form = new URLSearchParams({ columns: heads().map(written).join(","), frozen: String(frozen()), quiet: "1" });
  const token = JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}");
  kept = kept.then(() => fetch(address(), { method: "POST", body: form, headers: token })).catch(() => {});
  return kept;
}

// As wide as the widest of what stands in it, and its heading.
export function fit(head) {
  const range = document.createRange(), shown = table();
  const cells = [head.querySelector(".th"), ...[...shown.querySelectorAll("tbody tr[data-id]")].map((row) => row.cells[head.cellIndex])];
  const widest = cells.filter(Boolean).map((cell) => {
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().width;
  });
  setWidth(head, Math.max(...widest) + 26);
  return keepQuietly();
}
