// How wide the names and the numbers of a report are: dragged by their edges, moved by arrows, given back by a double
// click or Enter. This browser keeps it for each report.

const KEPT = "report-widths";
const BOUNDS = { names: [80, 640], numbers: [48, 400] };
const STEP = 16;

function all() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

function keep(kind, width) {
  const widths = all();
  const own = { ...widths[location.pathname], [kind]: width };
  if (width === null) delete own[kind];
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...widths, [location.pathname]: own }));
  } catch {
    // A browser that keeps nothing shows the usual widths next time.
  }
}

const cellOf = (grip) => grip.closest("th");

function show(grip, width) {
  const table = grip.closest("table");
  if (width === null) table.style.removeProperty(`--${grip.dataset.width}`);
  else table.style.setProperty(`--${grip.dataset.width}`, `${width}px`);
  grip.setAttribute("aria-valuenow", String(Math.round(cellOf(grip).getBoundingClientRect().width)));
}

function within(kind, width) {
  const [least, most] = BOUNDS[kind];
  return Math.round(Math.min(most, Math.max(least, width)));
}

function change(grip, width) {
  const kind = grip.dataset.width;
  const fitting = width === null ? null : within(kind, width);
  keep(kind, fitting);
  show(grip, fitting);
}

function gripped(cell, kind, label) {
  if (!cell || cell.querySelector(".width-grip")) return;
  const grip = document.createElement("span");
  grip.className = "width-grip";
  grip.tabIndex = 0;
  grip.dataset.width = kind;
  grip.title = label;
  const [least, most] = BOUNDS[kind];
  const said = { role: "separator", "aria-orientation": "vertical", "aria-label": label, "aria-valuemin": least, "aria-valuemax": most };
  for (const [name, value] of Object.entries(said)) grip.setAttribute(name, value);
  cell.append(grip);
  show(grip, all()[location.pathname]?.[kind] ?? null);
}

function prepare() {
  for (const table of document.querySelectorAll(".report-table[data-grip-names]")) {
    gripped(table.querySelector(".corner"), "names", table.dataset.gripNames);
    const line = table.tHead?.rows[table.tHead.rows.length - 1];
    gripped([...(line?.cells ?? [])].find((cell) => !cell.matches(".corner")), "numbers", table.dataset.gripNumbers);
  }
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".width-grip");
  if (!grip || event.button) return;
  event.preventDefault();
  const [from, began] = [event.clientX, cellOf(grip).getBoundingClientRect().width];
  const towards = getComputedStyle(grip).direction === "rtl" ? -1 : 1;
  grip.setPointerCapture(event.pointerId);
  const move = (moved) => change(grip, began + towards * (moved.clientX - from));
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
});

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.(".width-grip");
  if (!grip || event.ctrlKey || event.altKey || event.metaKey) return;
  const steps = { ArrowLeft: -STEP, ArrowRight: STEP };
  if (event.key === "Enter") change(grip, null);
  else if (steps[event.key]) change(grip, cellOf(grip).getBoundingClientRect().width + steps[event.key]);
  else return;
  event.preventDefault();
});

document.addEventListener("dblclick", (event) => {
  const grip = event.target.closest?.(".width-grip");
  if (grip) change(grip, null);
});

// The designer puts a new table in place of the old one.
new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
prepare();
