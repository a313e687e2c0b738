// A report: lines fold and unfold. What belongs to a line follows it and lies deeper.

function below(row) {
  const rows = [];
  const depth = Number(row.dataset.depth);
  for (let next = row.nextElementSibling; next && Number(next.dataset.depth) > depth; next = next.nextElementSibling) rows.push(next);
  return rows;
}

function fold(button, open) {
  button.setAttribute("aria-expanded", String(open));
  const row = button.closest("tr");
  // What is folded inside stays folded when it comes to light again.
  let closed = Infinity;
  for (const one of below(row)) {
    const depth = Number(one.dataset.depth);
    if (depth <= closed) closed = Infinity;
    one.hidden = !open || closed < depth;
    if (one.querySelector("[data-fold][aria-expanded=false]")) closed = Math.min(closed, depth);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fold]");
  if (button) fold(button, button.getAttribute("aria-expanded") !== "true");
  const all = event.target.closest?.("[data-fold-all]");
  if (!all) return;
  const open = all.getAttribute("aria-expanded") !== "true";
  all.setAttribute("aria-expanded", String(open));
  for (const one of all.closest("table").querySelectorAll("[data-fold]")) fold(one, open);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-print]");
  if (!button) return;
  button.closest("details.menu")?.removeAttribute("open");
  print();
});

// Every number is a door to its records: a double click, or Enter. Arrows go from number to number.

function behind(cell) {
  const row = cell.parentElement;
  const table = cell.closest("table");
  const across = JSON.parse(table.dataset.doors ?? "[]")[cell.cellIndex - 1];
  if (!table.dataset.door || row.dataset.door === undefined || typeof across !== "string" || !cell.textContent.trim()) return "";
  const more = [row.dataset.door, across].filter(Boolean).join("&");
  return more ? `${table.dataset.door}${table.dataset.door.includes("?") ? "&" : "?"}${more}` : table.dataset.door;
}

function step(cell, down, right) {
  let row = cell.parentElement;
  const next = () => (down < 0 ? row.previousElementSibling : row.nextElementSibling);
  if (down) for (row = next(); row?.hidden; row = next());
  const to = row?.cells[cell.cellIndex + right];
  if (!to?.matches("td")) return;
  cell.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

const numberOf = (event) => event.target.closest?.(".report-table[data-door] tbody td");

document.addEventListener("dblclick", (event) => {
  const cell = numberOf(event);
  const url = cell && behind(cell);
  if (url) location.href = url;
});

document.addEventListener("keydown", (event) => {
  const cell = numberOf(event);
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  if (event.key === "Enter") {
    const url = behind(cell);
    if (url) location.href = url;
  } else if (steps[event.key]) step(cell, ...steps[event.key]);
  else return;
  event.preventDefault();
});
