// Coming back to a list: how far it was scrolled, which rows were ticked, and which cell was the active one. The browser
// knows none of it, since the table scrolls inside the page and rows come and go.

const box = () => document.querySelector(".page-list [data-grid-scroll]");
const key = () => `list:${location.pathname}${location.search}`;
const rowOf = (id) => document.querySelector(`.page-list table.rows tbody tr[data-id="${CSS.escape(id)}"]`);

function activePlace() {
  const cell = document.querySelector(".page-list table.rows td.is-active");
  const head = cell && cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
  return cell && { id: cell.parentElement.dataset.id, field: head?.dataset.field };
}

function remember() {
  const scrolled = box();
  if (!scrolled) return;
  const ticked = [...document.querySelectorAll("[data-bulk] tbody .pick input:checked")].map((input) => input.value);
  const state = { top: scrolled.scrollTop, left: scrolled.scrollLeft, ticked, active: activePlace() };
  try {
    if (state.top || state.left || ticked.length || state.active) sessionStorage.setItem(key(), JSON.stringify(state));
    else sessionStorage.removeItem(key());
  } catch {
    // Where nothing can be kept, the list begins at its top.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(key()) ?? "null");
  } catch {
    return null;
  }
}

// How far the list of this address was scrolled when somebody left it.
export const keptTop = () => kept()?.top ?? 0;

function recall() {
  const state = kept();
  if (!state || !box()) return;
  for (const id of state.ticked) {
    const input = rowOf(id)?.querySelector(".pick input");
    if (input) input.checked = true;
  }
  document.dispatchEvent(new Event("list:ticked"));
  box().scrollTo({ top: state.top, left: state.left });
  if (state.active && matchMedia("(min-width: 768px)").matches) activate(state);
}

async function activate({ active, top, left }) {
  const { activate: choose } = await import("./grid.js");
  const head = document.querySelector(`.page-list table.rows th[data-field="${CSS.escape(active.field ?? "")}"]`);
  const cell = head && rowOf(active.id)?.cells[head.cellIndex];
  if (!cell || ![document.body, box()].includes(document.activeElement)) return;
  choose(cell);
  box().scrollTo({ top, left });
}

addEventListener("pagehide", remember);

// Between two states of the list, which is one page: what it was is remembered before the other one is asked for. On the
// way back the address is that of what comes, while the rows are still those of what was left: nothing is remembered then,
// and whatever else is swapped meanwhile is not what was waited for.
let returning = null;
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.request.headers["HX-History-Restore-Request"]) returning = ctx;
  else if (!returning && ctx.target?.id === "list") remember();
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  // Behind whatever else makes the list ready for the eye.
  if (ctx === returning) setTimeout(recall);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx === returning) returning = null;
});

if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") recall();
