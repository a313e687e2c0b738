// Ranges of cells in the lines of a record: chosen by dragging or with Shift, copied and pasted as a spreadsheet program
// does it, filled down and cleared, each of which can be undone until somebody types. Nothing is saved by it.
import { changed, focusCell, newLine, rowsOf } from "./lines.js";
import { cellsOfRow, controlOf, fromTable, mark, nameOf, put, stateOf, textOf, toTable } from "./lines_texts.js";

const MOST = 2000;
let anchor = null;
let end = null;
let dragging = false;
const kept = { undo: null, redo: null };

const cellOf = (element) => (element instanceof Element ? element.closest("[data-lines] [data-line] > td:not(.line-do)") : null);
const gridOf = (cell) => cell.closest("[data-lines]");

function place(cell) {
  return [rowsOf(gridOf(cell)).indexOf(cell.parentElement), cellsOfRow(cell.parentElement).indexOf(cell)];
}

// The chosen cells, row by row; null where only one is.
function range() {
  if (!anchor?.isConnected || !end?.isConnected || anchor === end) return null;
  const [[row, column], [otherRow, otherColumn]] = [place(anchor), place(end)];
  const [left, right] = [Math.min(column, otherColumn), Math.max(column, otherColumn)];
  const rows = rowsOf(gridOf(anchor)).slice(Math.min(row, otherRow), Math.max(row, otherRow) + 1);
  return rows.map((each) => cellsOfRow(each).slice(left, right + 1));
}

function show() {
  for (const cell of document.querySelectorAll("[data-lines] .cell-in-range")) cell.classList.remove("cell-in-range");
  const cells = range();
  for (const cell of cells?.flat() ?? []) cell.classList.add("cell-in-range");
  for (const bar of document.querySelectorAll("[data-range]")) bar.hidden = !cells || bar.closest("[data-lines]") !== gridOf(anchor);
}

function choose(from, to) {
  anchor = from;
  end = to;
  show();
}

function extend(by, across) {
  const rows = rowsOf(gridOf(anchor));
  const [row, column] = place(end ?? anchor);
  const cells = cellsOfRow(rows[Math.min(Math.max(row + by, 0), rows.length - 1)]);
  choose(anchor, cells[Math.min(Math.max(column + across, 0), cells.length - 1)]);
  end.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Choosing with the mouse.
document.addEventListener("mousedown", (event) => {
  const cell = cellOf(event.target);
  if (event.button !== 0 || event.target.closest?.(".lines-foot, .ts-dropdown")) return;
  if (cell && event.shiftKey && anchor?.isConnected && gridOf(anchor) === gridOf(cell)) {
    event.preventDefault();
    return choose(anchor, cell);
  }
  dragging = Boolean(cell);
  choose(cell, cell);
}, true);
document.addEventListener("mouseover", (event) => {
  const cell = dragging && event.buttons === 1 ? cellOf(event.target) : null;
  if (!cell || cell === end || !anchor?.isConnected || gridOf(cell) !== gridOf(anchor)) return;
  choose(anchor, cell);
});
document.addEventListener("mouseup", () => { dragging = false; });
document.addEventListener("focusin", (event) => {
  const cell = cellOf(event.target);
  if (cell && cell !== anchor) choose(cell, cell);
});

// Choosing and moving with the keyboard.
document.addEventListener("keydown", (event) => {
  const cell = cellOf(event.target);
  if (!cell || event.defaultPrevented || event.altKey || event.target.closest(".ts-wrapper.dropdown-active")) return;
  const control = event.ctrlKey || event.metaKey;
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  if (step && event.shiftKey && !control) {
    if (range() || step[0] || isWhole(event.target)) act(event, () => extend(...step));
  } else if (step?.[1] && !control && !event.shiftKey) {
    beside(event, cell, step[1]);
  } else if (control && event.key.toLowerCase() === "d") {
    act(event, () => fillDown(cell));
  } else if (control && event.key.toLowerCase() === "z" && !event.shiftKey && kept.undo) {
    act(event, () => putBack("undo", "redo"));
  } else if (control && (event.key.toLowerCase() === "y" || event.key.toLowerCase() === "z") && kept.redo) {
    act(event, () => putBack("redo", "undo"));
  } else if (range()) {
    if (event.key === "Escape") act(event, () => choose(anchor, anchor));
    else if (event.key === "Delete" && !control) act(event, clear);
    else if (!event.shiftKey && !control && !["Control", "Meta", "Shift"].includes(event.key)) choose(anchor, anchor);
  }
}, true);

function act(event, what) {
  event.preventDefault();
  event.stopPropagation();
  what();
}

function isWhole(target) {
  if (!target.matches("input.form-control, textarea") || target.selectionStart === null) return true;
  return target.selectionStart === 0 && target.selectionEnd === target.value.length;
}

// At the end of a text the arrow goes on to the cell beside it.
function beside(event, cell, by) {
  const target = event.target;
  if (range() || !target.matches("input.form-control[type=text]")) return;
  const edge = by > 0 ? target.value.length : 0;
  if (target.selectionStart !== edge || target.selectionEnd !== edge) return;
  const cells = cellsOfRow(cell.parentElement).filter(controlOf);
  const next = cells[cells.indexOf(cell) + by];
  if (next) act(event, () => focusCell(controlOf(next)));
}

// Copying and cutting.
document.addEventListener("copy", (event) => {
  const cells = cellOf(document.activeElement) && range();
  if (!cells) return;
  event.clipboardData.setData("text/plain", toTable(cells.map((row) => row.map(textOf))));
  event.preventDefault();
});
document.addEventListener("cut", (event) => {
  const cells = cellOf(document.activeElement) && range();
  if (!cells) return;
  event.clipboardData.setData("text/plain", toTable(cells.map((row) => row.map(textOf))));
  event.preventDefault();
  clear();
});

// Pasting: one text into one cell is the browser's own business.
document.addEventListener("paste", (event) => {
  const cell = cellOf(event.target);
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!cell || event.clipboardData.files.length) return;
  const rows = fromTable(text);
  const picks = controlOf(cell)?.matches("select");
  if (rows.length === 1 && rows[0].length === 1 && !range() && !picks) return;
  if (event.target.matches("textarea") && rows.every((row) => row.length === 1)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  paste(cell, rows);
}, true);

async function paste(cell, rows) {
  const grid = gridOf(cell);
  const chosen = range();
  const first = chosen ? chosen[0][0] : cell;
  const [row, column] = place(first);
  if (row + rows.length > MOST) return say(grid, grid.querySelector("[data-lines-said]").dataset.most);
  const wanted = spread(rows, chosen);
  const names = cellsOfRow(first.parentElement).slice(column, column + wanted[0].length).map(nameOf);
  const taken = names.map((name, at) => (name ? at : -1)).filter((at) => at >= 0);
  if (!taken.length) return;
  const meant = await read(grid, taken.map((at) => names[at]), wanted.map((texts) => taken.map((at) => texts[at])));
  if (!meant || !grid.isConnected) return say(grid, grid.querySelector("[data-lines-said]").dataset.offline);
  keep(grid);
  controlOf(cell)?.tomselect?.close();
  while (rowsOf(grid).length < row + meant.length) newLine(grid);
  const lines = rowsOf(grid);
  let wrong = 0;
  meant.forEach((values, down) => {
    const cells = cellsOfRow(lines[row + down]);
    values.forEach((value, at) => {
      put(cells[column + taken[at]], value);
      if (value.fault) wrong++;
    });
  });
  const last = cellsOfRow(lines[row + meant.length - 1])[column + wanted[0].length - 1] ?? first;
  choose(first, last);
  done(grid, meant.length * taken.length, wrong);
  const fault = grid.querySelector(".cell-wrong");
  if (wrong) fault?.scrollIntoView({ block: "nearest" });
}

// One text fills the whole range.
function spread(rows, chosen) {
  if (!chosen || rows.length > 1 || rows[0].length > 1) return rows;
  return chosen.map((row) => row.map(() => rows[0][0]));
}

async function read(grid, columns, rows) {
  const body = new URLSearchParams({ csrf_token: grid.closest("form").elements.csrf_token.value, texts: JSON.stringify({ columns, rows }) });
  try {
    const answer = await fetch(grid.dataset.pasting, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).rows : null;
  } catch {
    return null;
  }
}

function fillDown(cell) {
  const grid = gridOf(cell);
  const chosen = range();
  const [row, column] = place(cell);
  const above = rowsOf(grid)[row - 1];
  const cells = chosen && chosen.length > 1 ? chosen : above ? [[cellsOfRow(above)[column]], [cell]] : null;
  if (!cells) return;
  keep(grid);
  const first = cells[0].map(stateOf);
  for (const below of cells.slice(1)) below.forEach((each, at) => { if (first[at] && nameOf(each)) put(each, first[at]); });
  done(grid);
}

function clear() {
  const cells = range();
  if (!cells) return;
  const grid = gridOf(anchor);
  keep(grid);
  for (const cell of cells.flat()) if (nameOf(cell)) put(cell, { text: "", titles: [], fault: "" });
  done(grid);
}

// Undoing: the lines as they were, with what stood in them.
function snapshot(grid) {
  const rows = rowsOf(grid);
  return { grid, rows, states: new Map(rows.flatMap((row) => cellsOfRow(row).map((cell) => [cell, stateOf(cell)]))) };
}

function keep(grid) {
  kept.undo = snapshot(grid);
  kept.redo = null;
}

function putBack(from, to) {
  const { grid, rows, states } = kept[from];
  kept[from] = null;
  if (!grid.isConnected) return;
  kept[to] = snapshot(grid);
  const focused = document.activeElement;
  grid.querySelector("[data-lines-body]").replaceChildren(...rows);
  for (const [cell, state] of states) if (state) put(cell, state);
  choose(null, null);
  say(grid, "");
  if (grid.contains(focused)) focused.focus();
  else focusCell(rows.length ? controlOf(cellsOfRow(rows[0])[0]) : null);
  settle(grid);
}

function done(grid, pasted = 0, wrong = 0) {
  const texts = grid.querySelector("[data-lines-said]").dataset;
  const said = pasted ? [texts.pasted.replace("{count}", pasted)] : [];
  if (wrong) said.push(texts.wrong.replace("{count}", wrong));
  say(grid, said.join(". "));
  settle(grid);
}

function settle(grid) {
  grid.querySelector("[data-range-undo]").hidden = kept.undo?.grid !== grid;
  changed(grid);
}

function say(grid, text) {
  grid.querySelector("[data-lines-said]").textContent = text;
}

// What somebody types counts from then on: it is marked no more, and nothing that was there before comes over it.
document.addEventListener("input", (event) => typed(event.target));
document.addEventListener("change", (event) => typed(event.target));

function typed(target) {
  if (!cellOf(target) || !target.matches("input, select, textarea")) return;
  if (target.getAttribute("aria-invalid") === "true") mark(target, "");
  kept.undo = kept.redo = null;
  for (const button of document.querySelectorAll("[data-range-undo]")) button.hidden = true;
}

document.addEventListener("mousedown", (event) => {
  // The cells stay chosen, and the cursor where it is.
  if (event.target.closest?.("[data-range-do], [data-range-undo]")) event.preventDefault();
});
document.addEventListener("click", async (event) => {
  if (event.target.closest?.("[data-range-undo]")) return kept.undo && putBack("undo", "redo");
  const what = event.target.closest?.("[data-range-do]")?.dataset.rangeDo;
  if (!what || !range()) return;
  if (what === "copy") await navigator.clipboard.writeText(toTable(range().map((row) => row.map(textOf))));
  else if (what === "down") fillDown(anchor);
  else clear();
});
