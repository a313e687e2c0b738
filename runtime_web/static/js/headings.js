// Headings of a list: their menu, and by the mouse their widths and their order. The rest of it loads when it is needed.
import { fit, frozen, headNamed, heads, keep, keepQuietly, keepWithoutWidths, setWidth, table, widthOf } from "./layout.js";
import { levelOf, sortBy, sortOf, without, withField } from "./sorting.js";

const STEP = 24;
const menu = document.getElementById("heading-menu");
let opened = "";

const moved = (field, by) => {
  const order = heads(), at = order.findIndex((head) => head.dataset.field === field);
  const [head] = order.splice(at, 1);
  order.splice(at + by, 0, head);
  return order;
};

function resize(field, by) {
  setWidth(headNamed(field), widthOf(headNamed(field)) + by);
  return keepQuietly();
}

const DOES = {
  ascending: (field) => sortBy([field]),
  descending: (field) => sortBy([`-${field}`]),
  "then-ascending": (field) => sortBy(withField(field, field)),
  "then-descending": (field) => sortBy(withField(field, `-${field}`)),
  unsorted: (field) => sortBy(without(field)),
  filter: (field) => headNamed(field).querySelector(".th-filter").click(),
  left: (field) => keep(moved(field, -1)),
  right: (field) => keep(moved(field, 1)),
  freeze: (field) => keep(heads(), heads().indexOf(headNamed(field)) + 1),
  loose: () => keep(heads(), 0),
  hide: (field) => keep(heads().filter((head) => head.dataset.field !== field)),
  wider: (field) => resize(field, STEP),
  narrower: (field) => resize(field, -STEP),
  fit: (field) => fit(headNamed(field)),
  plain: () => keepWithoutWidths(),
};

// Which of them make sense for this column.
function offers(head) {
  const field = head.dataset.field, at = heads().indexOf(head), level = levelOf(field), sort = sortOf(field);
  const sorts = Boolean(head.querySelector("a.th-sort")), alone = level === 0 && !document.querySelector("[data-then]");
  const others = Boolean(document.querySelector("th[aria-sort], th[data-then]")) && !alone;
  return {
    ascending: sorts && !(alone && sort === field),
    descending: sorts && !(alone && sort !== field),
    "then-ascending": sorts && (others || level < 0) && level !== 0 && sort !== field,
    "then-descending": sorts && (others || level < 0) && level !== 0 && sort !== `-${field}`,
    unsorted: level > 0,
    filter: Boolean(head.querySelector(".th-filter")),
    left: at > 0,
    right: at < heads().length - 1,
    freeze: at + 1 !== frozen() && at < 6 && at < heads().length - 1,
    loose: frozen() > 0,
    hide: heads().length > 1,
    plain: table().classList.contains("sized"),
  };
}

function open(head) {
  opened = head.dataset.field;
  const shown = offers(head);
  for (const item of menu.querySelectorAll("[data-do]")) item.hidden = shown[item.dataset.do] === false;
  menu.dispatchEvent(new CustomEvent("heading:menu", { bubbles: true, detail: { field: opened, head } }));
  menu.setAttribute("aria-label", head.querySelector(".th-menu").getAttribute("aria-label"));
  head.querySelector(".th-menu").setAttribute("aria-expanded", "true");
  menu.showPopover();
  const at = head.getBoundingClientRect(), box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(at.bottom + 2, innerHeight - box.height - 8))}px`;
  items()[0]?.focus();
}

const items = () => [...menu.querySelectorAll("[data-do]:not([hidden])")];

function close({ back = false } = {}) {
  if (!menu?.matches(":popover-open")) return;
  menu.hidePopover();
  const head = headNamed(opened);
  head?.querySelector(".th-menu").removeAttribute("aria-expanded");
  if (back) (head?.querySelector("a.th-sort") ?? head?.querySelector(".th-menu"))?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-heading-menu]");
  if (!button) return;
  event.preventDefault();
  const again = menu.matches(":popover-open") && opened === button.closest("th").dataset.field;
  close();
  if (!again) open(button.closest("th"));
});

document.addEventListener("contextmenu", (event) => {
  const head = event.target.closest?.(".page-list thead th[data-field]");
  if (!head || event.shiftKey) return;
  event.preventDefault();
  close();
  open(head);
});

// From the heading by the keyboard: Alt with an arrow down, or the key that opens menus.
document.addEventListener("keydown", (event) => {
  const head = event.target.closest?.(".page-list thead th[data-field]");
  if (!head || !((event.altKey && event.key === "ArrowDown") || event.key === "ContextMenu")) return;
  event.preventDefault();
  open(head);
});

menu?.addEventListener("keydown", (event) => {
  const all = items(), at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close({ back: true });
  else if (to !== undefined) all[(to + all.length) % all.length].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
});

menu?.addEventListener("click", async (event) => {
  const item = event.target.closest("[data-do]");
  if (!item) return;
  const field = opened;
  close({ back: true });
  // What others add to the menu, they do.
  const does = DOES[item.dataset.do];
  if (does) await does(field);
  else document.dispatchEvent(new CustomEvent("heading:do", { detail: { what: item.dataset.do, field } }));
});

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest?.("#heading-menu, [data-heading-menu]")) close();
});

// The rest is for the mouse: it comes when the pointer comes near.
document.addEventListener("pointerover", (event) => {
  if (event.target.closest?.(".page-list thead")) import("./heading_dragging.js");
}, { passive: true });
