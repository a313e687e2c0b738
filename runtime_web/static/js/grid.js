// A list as a grid: one cell is active, arrows walk, F2 and Enter edit, Shift chooses several. Loaded on desks; on a
// phone rows are cards.
import { cellAt, columns, desk, editOf, headingOf, placeOf, rows, table } from "./grid_cells.js";
import { isTyping } from "./keyboard.js";
import { copyText, clear, fillDown, pasteText } from "./grid_clip.js";
import { edit, isEditing, toggle } from "./grid_edit.js";
import { begin as beginRange, collapse, draw, everything, extend, extendTo } from "./grid_range.js";
import { redo, undo } from "./grid_undo.js";

let place = null;

const activeCell = () => cellAt(place);

// Makes a cell the active one. Others may listen: `grid:moved` tells which record and field it is.
export function activate(cell, { focus = true } = {}) {
  const wanted = placeOf(cell);
  if (!wanted) return false;
  const before = place;
  place = wanted;
  beginRange(wanted);
  arrange();
  if (focus) focusOn(cell);
  if (before?.id !== wanted.id || before?.field !== wanted.field) {
    cell.dispatchEvent(new CustomEvent("grid:moved", { bubbles: true, detail: { ...wanted, row: cell.closest("tr") } }));
  }
  return true;
}

function focusOn(cell) {
  const target = cell.querySelector("a.open") ?? cell;
  if (target === cell) cell.tabIndex = 0;
  target.focus({ preventScroll: true });
  reveal(cell);
}

// Into view, but not below what stands still above and beside.
function reveal(cell) {
  const box = cell.closest("[data-grid-scroll]");
  if (!box) return;
  const head = table().tHead.getBoundingClientRect(), at = cell.getBoundingClientRect(), frame = box.getBoundingClientRect();
  const fixed = [...cell.parentElement.cells].filter((one) => one !== cell && getComputedStyle(one).position === "sticky");
  const left = fixed.length && !fixed.includes(cell) ? Math.max(...fixed.map((one) => one.getBoundingClientRect().right)) : frame.left;
  if (at.top < head.bottom) box.scrollTop -= head.bottom - at.top;
  else if (at.bottom > frame.top + box.clientHeight) box.scrollTop += at.bottom - frame.top - box.clientHeight;
  if (getComputedStyle(cell).position === "sticky") return;
  if (at.left < left) box.scrollLeft -= left - at.left;
  else if (at.right > frame.left + box.clientWidth) box.scrollLeft += Math.min(at.right - frame.left - box.clientWidth, at.left - left);
}

// One stop of the Tab key for the whole grid: the active cell, else the first row.
function arrange() {
  const grid = table();
  if (!grid) return;
  grid.dataset.cells = "yes";
  for (const old of grid.querySelectorAll(".is-active")) old.classList.remove("is-active");
  for (const stop of grid.querySelectorAll("tbody :is(a, input, button, td[tabindex='0'])")) stop.tabIndex = -1;
  const cell = activeCell();
  cell?.classList.add("is-active");
  const stop = cell ? cell.querySelector("a.open") ?? cell : grid.querySelector("tbody a.open");
  if (stop) stop.tabIndex = 0;
}

function step(down, across, { far = false } = {}) {
  const listed = rows(), fields = columns(), cell = activeCell();
  if (!listed.length || !fields.length) return false;
  if (!cell) return activate(opener(down < 0 && !place ? listed.at(-1) : inView(listed)));
  const row = listed.indexOf(cell.closest("tr")), column = fields.indexOf(headingOf(cell));
  const within = (at, most) => Math.max(0, Math.min(at, most - 1));
  const to = {
    row: far && down ? (down < 0 ? 0 : listed.length - 1) : within(row + down, listed.length),
    column: far && across ? (across < 0 ? 0 : fields.length - 1) : within(column + across, fields.length),
  };
  return activate(listed[to.row].cells[fields[to.column].cellIndex]);
}

const opener = (row) => row.querySelector("a.open")?.closest("td") ?? row.cells[columns()[0].cellIndex];

// The first row that is seen: the active one may be far away, and not in the table any more.
function inView(listed) {
  const head = table().tHead.getBoundingClientRect().bottom;
  return listed.find((row) => row.getBoundingClientRect().top >= head - 1) ?? listed[0];
}

// Whether there are rows on that side that have not come yet, but their room; one scrolls there, and they come.
function hasRoom(below) {
  const room = [...table().querySelectorAll("tbody.spacer")].at(below ? -1 : 0);
  return Boolean(room) && !room.hidden && room.offsetHeight > 0;
}

function corner(last, tries = 3) {
  const listed = rows(), fields = columns(), box = table()?.closest("[data-grid-scroll]");
  if (!listed.length) return false;
  if (hasRoom(last) && tries) {
    document.addEventListener("list:window", () => setTimeout(() => corner(last, tries - 1)), { once: true });
    box.scrollTop = last ? box.scrollHeight : 0;
    return true;
  }
  return activate(listed.at(last ? -1 : 0).cells[fields.at(last ? -1 : 0).cellIndex]);
}

// A windowful further; from the last row on, the next page.
function leaf(by) {
  const listed = rows(), cell = activeCell(), box = table()?.closest("[data-grid-scroll]");
  const at = cell ? listed.indexOf(cell.closest("tr")) : -1;
  const end = by > 0 ? listed.length - 1 : 0;
  if ((!cell || at === end) && hasRoom(by > 0)) {
    box.scrollTop += by * box.clientHeight;
    return true;
  }
  if (!cell || at === end) {
    const link = document.querySelector(`.pager a[rel="${by > 0 ? "next" : "prev"}"]`);
    link?.click();
    return Boolean(link);
  }
  const height = cell.closest("tr").offsetHeight || 32;
  const many = Math.max(1, Math.floor((box.clientHeight - table().tHead.offsetHeight) / height) - 1);
  return step(by * many, 0);
}

function begin(cell, text) {
  const kind = editOf(cell);
  if (!kind) return false;
  if (kind === "boolean") toggle(cell);
  else edit(cell, text);
  return true;
}

function openCard(cell) {
  const link = cell.closest("tr").querySelector("a.open");
  link?.click();
  return Boolean(link);
}

// Enter in the cell that opens the card follows its link, as it always does.
function enter(cell) {
  if (!cell || cell.querySelector("a.open")) return false;
  return begin(cell) || openCard(cell);
}

function typed(event, cell) {
  if (event.key.length !== 1 || ["/", "?", " "].includes(event.key)) return false;
  if (!cell || cell.querySelector("a.open") || editOf(cell) === "boolean") return false;
  return begin(cell, event.key);
}

const WALKS = {
  ArrowDown: (far) => step(1, 0, { far }),
  ArrowUp: (far) => step(-1, 0, { far }),
  ArrowRight: (far) => Boolean(activeCell()) && step(0, 1, { far }),
  ArrowLeft: (far) => Boolean(activeCell()) && step(0, -1, { far }),
  Home: (far) => (far ? corner(false) : Boolean(activeCell()) && step(0, -1, { far: true })),
  End: (far) => (far ? corner(true) : Boolean(activeCell()) && step(0, 1, { far: true })),
  PageDown: () => leaf(1),
  PageUp: () => leaf(-1),
};

function isElsewhere(event) {
  const target = event.target;
  if (target.id === "list-q") return event.key !== "ArrowDown";
  return isTyping(target) || Boolean(target.closest?.(".menu, .filter-panel, .group-row, .side, .top, .bottom, .toasts, .cell-editor"));
}

document.addEventListener("keydown", (event) => {
  if (!table() || !desk.matches || isEditing() || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (document.querySelector("dialog[open]") || isElsewhere(event)) return;
  const inside = Boolean(event.target.closest?.("tbody")), cell = inside ? activeCell() : null;
  const done = moved(event) || (event.ctrlKey ? commanded(event, cell) : acted(event, cell));
  if (done) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, { capture: true });

const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function moved(event) {
  const step = STEPS[event.key];
  if (step && event.shiftKey) {
    const cell = activeCell() && extend(...step, event.ctrlKey);
    if (cell) reveal(cell);
    return Boolean(cell);
  }
  return WALKS[event.key] && !event.shiftKey ? WALKS[event.key](event.ctrlKey) : false;
}

function acted(event, cell) {
  if (event.key === "Enter") return enter(cell);
  if (event.key === "F2") return cell ? begin(cell) : false;
  if (event.key === "Delete") return Boolean(cell) && !isTicked() && clear();
  if (event.key === "Escape") return collapse();
  return typed(event, cell);
}

const isTicked = () => Boolean(document.querySelector("[data-bulk] tbody .pick input:checked"));

function commanded(event, cell) {
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? redo() : undo();
  if (key === "y") return redo();
  if (key === "d") return Boolean(cell) && fillDown();
  if (key === "a") return Boolean(cell) && everything();
  return false;
}

// What the system's own keys and menus copy, cut and paste.
const isOurs = (event) => table() && desk.matches && !isEditing() && !isElsewhere(event) && !document.querySelector("dialog[open]");

function copied(event) {
  if (!isOurs(event) || !activeCell() || String(window.getSelection())) return false;
  event.clipboardData.setData("text/plain", copyText());
  event.preventDefault();
  return true;
}

document.addEventListener("copy", copied);
document.addEventListener("cut", (event) => { if (copied(event)) clear(); });
document.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!isOurs(event) || !text) return;
  event.preventDefault();
  pasteText(text, had ? activeCell() : null);
});

// A click makes a cell active; a second one edits it, or opens the card where there is nothing to edit.
let dragging = false;
const cellUnder = (event) => event.target.closest?.(".page-list table.rows tbody tr[data-id] > td:not(.pick)");

document.addEventListener("pointerdown", (event) => {
  if (!desk.matches || event.pointerType === "touch" || event.button !== 0) return;
  const cell = cellUnder(event);
  if (!cell || event.target.closest("button, input, label, .fill-handle")) return;
  if (event.shiftKey && activeCell()) {
    event.preventDefault();
    return void extendTo(cell);
  }
  if (event.target.closest("a")) return;
  event.preventDefault();
  activate(cell);
  dragging = true;
});
document.addEventListener("pointermove", (event) => {
  if (!dragging) return;
  const cell = cellUnder(event);
  if (cell) extendTo(cell);
});
document.addEventListener("pointerup", () => { dragging = false; });
// With Shift a click on a link would open a window.
document.addEventListener("click", (event) => {
  if (event.shiftKey && desk.matches && cellUnder(event) && event.target.closest("a")) event.preventDefault();
}, { capture: true });

document.addEventListener("dblclick", (event) => {
  const cell = event.target.closest?.(".page-list table.rows tbody td");
  if (!cell || !desk.matches || cell.matches(".pick") || event.target.closest("a, button, input, label")) return;
  if (!begin(cell)) openCard(cell);
});

// The Tab key, or a click on a link, may enter the grid too.
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest?.(".page-list table.rows tbody td");
  if (cell && desk.matches && !cell.matches(".pick") && cell !== activeCell()) activate(cell, { focus: false });
});

let had = false;
document.addEventListener("focusin", () => { had = Boolean(document.activeElement.closest?.("table.rows tbody")); });
// Rows have come and gone: the same record and field stay the active ones, if they are there.
document.addEventListener("htmx:after:swap", () => {
  arrange();
  draw();
  const cell = activeCell();
  if (had && cell && document.activeElement === document.body) focusOn(cell);
});
document.addEventListener("grid:rows", () => { arrange(); draw(); });
arrange();
