// The columns of a list as one lays them out: which of them stay in place, and the panel to choose them.

const table = () => document.querySelector(".page-list table.rows");

// Where a column stands that stays in place follows from how wide those before it are.
function placeFrozen() {
  const shown = table();
  if (!shown) return;
  const heads = [...shown.tHead.querySelectorAll("th.frozen")];
  let at = shown.tHead.querySelector("th.pick")?.getBoundingClientRect().width ?? 0;
  heads.forEach((head, index) => {
    shown.style.setProperty(`--frozen-${index + 1}`, `${at}px`);
    at += head.getBoundingClientRect().width;
  });
}

const watcher = new ResizeObserver(placeFrozen);
function watch() {
  watcher.disconnect();
  for (const head of table()?.tHead.querySelectorAll("th.frozen") ?? []) watcher.observe(head);
}
document.addEventListener("htmx:after:swap", watch);
watch();

// The panel: columns are moved by their grips, by buttons, and by Alt with an arrow.
const panel = document.getElementById("filter-panel");

function move(item, by) {
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  if (by < 0) other.before(item);
  else other.after(item);
  item.scrollIntoView({ block: "nearest" });
}

panel?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  move(button.closest("li"), Number(button.dataset.move));
  button.focus();
});

panel?.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-columns] li");
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!item || !by || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (event.altKey) {
    move(item, by);
    event.target.focus();
    return;
  }
  const next = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  next?.querySelector("input").focus();
});

panel?.addEventListener("input", (event) => {
  if (!event.target.matches("[data-columns-search]")) return;
  const words = event.target.value.trim().toLowerCase();
  for (const item of panel.querySelectorAll("[data-columns] li")) item.hidden = !item.textContent.toLowerCase().includes(words);
});

document.addEventListener("htmx:after:swap", async (event) => {
  if (event.detail.ctx?.target !== panel) return;
  const list = panel.querySelector("[data-columns]");
  if (list) (await sortable()).create(list, { handle: "[data-grip]", animation: 120 });
});

// Asked for when the panel opens: most people who look at a list do not open it.
let asked = null;
function sortable() {
  asked ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = panel.dataset.sortable;
    script.addEventListener("load", () => done(window.Sortable));
    document.head.append(script);
  });
  return asked;
}
