// The lines of a record, as a small grid: Enter goes down and adds a line at the end, Ctrl+Del deletes, Alt+arrows move.
// Each button also works without this script, by way of the server.
import { pick } from "./picker.js";

const cells = "input:not([type=hidden], .file-kept), select, textarea";

export function lineOf(element) {
  return element.closest?.("[data-line]");
}

export function rowsOf(grid) {
  return [...grid.querySelectorAll("[data-lines-body] > [data-line]")];
}

function cellsOf(row) {
  return [...row.querySelectorAll(cells)].filter((cell) => !cell.closest(".ts-wrapper") || cell.matches("select"));
}

export function focusCell(cell) {
  if (!cell) return;
  if (cell.tomselect) return cell.tomselect.focus();
  if (cell.matches("[data-picker], [data-local]")) return pick(cell, true);
  cell.focus();
  if (cell.matches("input[type=text]")) cell.select();
}

function addLine(grid) {
  const row = newLine(grid);
  changed(grid);
  return row;
}

export function newLine(grid) {
  const name = grid.dataset.lines;
  const used = rowsOf(grid).map((row) => Number(row.dataset.line.replace(/^n/, row.dataset.line.startsWith("n") ? "" : "-")));
  const key = `n${Math.max(0, ...used) + 1}`;
  const row = grid.querySelector("[data-line-blank]").content.querySelector("tr").cloneNode(true);
  row.dataset.line = key;
  for (const element of row.querySelectorAll("[name], [id], [for], [data-computed]")) {
    for (const attribute of ["name", "id", "for", "value", "data-computed"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace(`${name}.n0`, `${name}.${key}`).replace(`-${name}-n0-`, `-${name}-${key}-`));
    }
    element.removeAttribute("autofocus");
  }
  grid.querySelector("[data-lines-body]").append(row);
  return row;
}

// A new line in which nothing has been entered holds what new lines begin with, or less: a save leaves it out.
function isUntouched(row) {
  const begun = new Map(valuesOf(row.closest("[data-lines]").querySelector("[data-line-blank]").content));
  return row.dataset.line.startsWith("n") && valuesOf(row).every(([field, value]) => !value || value === begun.get(field));
}

const valuesOf = (place) => [...place.querySelectorAll("[name]:not(button)")].map((one) => {
  const field = one.name.split(".").at(-1);
  if (one.matches("[type=checkbox], [type=radio]")) return [`${field}=${one.value}`, String(one.checked)];
  return [field, one.matches("select") ? [...one.selectedOptions].map((option) => option.value).join() : one.value.trim()];
});

// The names of what such lines hold.
export function untouched(form) {
  const rows = [...form.querySelectorAll("[data-lines-body] > [data-line]")].filter(isUntouched);
  return new Set(rows.flatMap((row) => [...row.querySelectorAll("[name]")].map((one) => one.name)));
}

function deleteLine(row) {
  const grid = row.closest("[data-lines]");
  const rows = rowsOf(grid);
  const near = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
  if (row.dataset.line.startsWith("n")) {
    row.remove();
  } else {
    const mark = row.querySelector("[data-line-deleted]");
    mark.value = mark.value ? "" : "1";
    row.classList.toggle("line-deleted", Boolean(mark.value));
  }
  changed(grid);
  focusCell(near && cellsOf(near)[0]);
}

function moveLine(row, by) {
  const grid = row.closest("[data-lines]");
  const rows = rowsOf(grid);
  const other = rows[rows.indexOf(row) + by];
  if (!other) return;
  const focused = document.activeElement;
  if (by < 0) other.before(row);
  else other.after(row);
  focused?.focus?.();
  changed(grid);
}

export function changed(grid) {
  grid.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const add = event.target.closest?.("[data-line-add]");
  if (add) {
    event.preventDefault();
    focusCell(cellsOf(addLine(add.closest("[data-lines]")))[0]);
    return;
  }
  const button = event.target.closest?.("[data-line-do]");
  if (!button) return;
  event.preventDefault();
  const row = lineOf(button);
  if (button.dataset.lineDo === "delete") deleteLine(row);
  else moveLine(row, button.dataset.lineDo === "up" ? -1 : 1);
});

document.addEventListener("keydown", (event) => {
  const row = event.target instanceof Element ? lineOf(event.target) : null;
  if (!row || !row.closest("[data-lines]") || event.defaultPrevented) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "Delete") act(event, () => deleteLine(row));
  else if (event.altKey && event.key === "ArrowUp") act(event, () => moveLine(row, -1));
  else if (event.altKey && event.key === "ArrowDown") act(event, () => moveLine(row, 1));
  else if (event.key === "Enter" && !control && !event.target.matches("button")) act(event, () => goDown(event.target, row, event.shiftKey ? -1 : 1, true));
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && !control && event.target.matches("input.form-control[type=text]")) {
    act(event, () => goDown(event.target, row, event.key === "ArrowUp" ? -1 : 1, false));
  }
});

function act(event, what) {
  event.preventDefault();
  event.stopPropagation();
  what();
}

// Down in the same column; after the last line a new one begins at its first column.
function goDown(target, row, by, adds) {
  const grid = row.closest("[data-lines]");
  const cell = target.closest(".ts-wrapper")?.previousElementSibling ?? target;
  const at = cellsOf(row).indexOf(cell);
  const rows = rowsOf(grid);
  const next = rows[rows.indexOf(row) + by];
  if (next) focusCell(cellsOf(next)[Math.max(at, 0)]);
  else if (by > 0 && adds) focusCell(cellsOf(addLine(grid))[0]);
}
