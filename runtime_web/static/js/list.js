// Lists: parts of the page instead of whole ones, rows that open by a click, boxes to tick, keys, and the filter panel.
import "./back.js";
import "./rows.js";
import "./bulk_bar.js";
import "./shown_files.js";
import "./details.js";
import { isPlainClick, isTyping } from "./keyboard.js";
import { pickAll } from "./picker.js";
import { announce } from "./toasts.js";
import { keepTyped } from "./typed_meanwhile.js";

const htmx = window.htmx;
// On desks the table is a grid, whose keys come before those below.
if (matchMedia("(min-width: 768px)").matches) import("./grid.js");
const panel = document.getElementById("filter-panel");
const list = () => document.getElementById("list");
const scroller = () => document.querySelector("[data-grid-scroll]");

// Links inside [data-parts] load only the list; its address comes with the answer.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-parts] a[href]");
  if (!link || link.matches("[data-filter], [data-filter-close]") || !isPlainClick(event) || !list()) return;
  event.preventDefault();
  const turned = link.matches("[data-turn]");
  link.closest("details.menu")?.removeAttribute("open");
  closePanel();
  load(link.href).then(() => { if (turned) scroller()?.scrollTo({ top: scroller().querySelector("tbody.spacer")?.offsetHeight ?? 0 }); });
});

// Boards and calendars bring more with them.
const arrange = () => { if (document.querySelector("[data-arranged]")) import("./arranged.js"); };
arrange();

function load(url) {
  return htmx.ajax("GET", url, { source: list(), target: "#list", swap: "outerMorph" });
}

// While somebody types in the search, the answer to an earlier letter must not change what stands there.
document.addEventListener("htmx:after:swap", (event) => {
  const input = document.getElementById("list-q");
  if (input && input !== document.activeElement) input.value = list().dataset.q;
  if (event.detail.ctx?.target?.id === "list") announce(document.getElementById("aside").textContent);
  showTicked();
  arrange();
  // What had the focus may be gone with the old list; then the table has it, so that the keys go on working.
  if (document.activeElement === document.body) (scroller() ?? input)?.focus({ preventScroll: true });
});
// Ticking rows: Shift ticks all between.
let last = null;
const boxes = () => [...document.querySelectorAll("[data-bulk] tbody .pick input")];

document.addEventListener("click", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.closest("[data-bulk] .pick")) return;
  if (box.matches("[data-pick-all]")) {
    for (const other of boxes()) other.checked = box.checked;
  } else {
    const all = boxes();
    const from = all.indexOf(last), to = all.indexOf(box);
    if (event.shiftKey && from >= 0) {
      for (const other of all.slice(Math.min(from, to), Math.max(from, to) + 1)) other.checked = box.checked;
    }
    last = box;
  }
  showTicked();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-bulk-none]")) return;
  for (const box of boxes()) box.checked = false;
  showTicked();
});

function showTicked() {
  const bar = document.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const all = boxes(), count = all.filter((box) => box.checked).length;
  if (!bar.matches(".bulk-always")) bar.hidden = !count;
  const text = bar.querySelector("[data-bulk-count]");
  const found = bar.querySelector("[data-bulk-all]:checked")?.dataset.bulkAll;
  if (count) text.textContent = text.dataset.text.replace("{count}", found ?? count);
  const every = document.querySelector("[data-pick-all]");
  if (every) {
    every.checked = count > 0 && count === all.length;
    every.indeterminate = count > 0 && count < all.length;
  }
}
showTicked();
document.addEventListener("list:ticked", showTicked);

// Keys: up and down walk through the rows, typing searches, Ins adds, F9 copies, Del deletes what is ticked.
document.addEventListener("keydown", (event) => {
  if (!document.querySelector(".page-list") || event.altKey || event.metaKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.target.id === "list-q" && event.key === "ArrowDown") return void step(event, 1);
  if (isTyping(event.target) || event.target.closest?.(".menu, .filter-panel, .side, .top, .bottom")) return;
  const actions = {
    ArrowDown: () => step(event, 1),
    ArrowUp: () => step(event, -1),
    Home: () => step(event, -Infinity),
    End: () => step(event, Infinity),
    PageDown: () => turn(event, "next"),
    PageUp: () => turn(event, "prev"),
    Insert: () => go(event, document.querySelector("[data-new]")?.href),
    F9: () => go(event, copyOf(document.activeElement)),
    Delete: () => removeTicked(event),
    " ": () => tick(event),
  };
  if (actions[event.key] && !event.ctrlKey) actions[event.key]();
  else if (event.key.length === 1 && !event.ctrlKey && !["/", "?"].includes(event.key)) searchWith(event);
});

function step(event, by) {
  const links = [...document.querySelectorAll(".rows tbody a.open")];
  if (!links.length) return;
  event.preventDefault();
  const at = links.indexOf(document.activeElement.closest?.("tr")?.querySelector("a.open"));
  const to = at < 0 ? (by < 0 ? links.length - 1 : 0) : at + by;
  links[Math.min(Math.max(to, 0), links.length - 1)].focus();
}

function turn(event, rel) {
  const link = document.querySelector(`.pager a[rel="${rel}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function go(event, url) {
  if (!url) return;
  event.preventDefault();
  location.href = url;
}

function copyOf(element) {
  const open = element?.closest?.("tr")?.querySelector("a.open");
  const found = open && new URL(open.href).pathname.match(/^(.*)\/(\d+)$/);
  return found && document.querySelector("[data-new]") ? `${found[1]}/new?copy=${found[2]}` : "";
}

function removeTicked(event) {
  const form = document.getElementById("bulk");
  if (!form || !boxes().some((box) => box.checked)) return;
  event.preventDefault();
  form.requestSubmit();
}

function tick(event) {
  const box = document.activeElement.closest?.("tr")?.querySelector(".pick input");
  if (!box) return;
  event.preventDefault();
  box.click();
}

function searchWith(event) {
  const input = document.getElementById("list-q");
  if (!input || event.key === " ") return;
  input.focus();
}

// The filter panel opens beside what was clicked.
let opener = null;

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-filter]");
  if (!link || !panel || !isPlainClick(event)) return;
  event.preventDefault();
  event.stopPropagation();
  const further = panel.contains(link);
  const place = (link.closest("th, .chip") ?? link.closest("details")?.querySelector("summary") ?? link).getBoundingClientRect();
  link.closest("details.menu")?.removeAttribute("open");
  if (!further) opener = link;
  await htmx.ajax("GET", link.href, { source: panel, target: "#filter-panel", swap: "innerHTML" });
  await pickAll(panel);
  if (!further) openPanel(place);
}, true);

function openPanel(place) {
  if (!panel.matches(":popover-open")) panel.showPopover();
  showOperands();
  const { width, height } = panel.getBoundingClientRect();
  const below = place.bottom + 4 + height < window.innerHeight;
  panel.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - width - 8))}px`;
  panel.style.top = `${below ? place.bottom + 4 : Math.max(8, window.innerHeight - height - 8)}px`;
  focusFirst();
}

function focusFirst() {
  const wanted = ["input:checked", ".filter-values input", ".filter-choices input", ".ts-control input", "select", ".filter-fields a"];
  wanted.map((what) => panel.querySelector(what)).find((input) => input && !input.closest("[hidden]"))?.focus();
}

function closePanel(back = false) {
  if (!panel?.matches(":popover-open")) return;
  const inside = panel.contains(document.activeElement);
  panel.hidePopover();
  if (back || inside) (opener?.isConnected ? opener : document.querySelector(".list-add summary"))?.focus();
}

function showOperands() {
  const operator = panel.querySelector("[data-filter-operator]");
  const takes = operator ? operator.selectedOptions[0].dataset.takes : "one";
  for (const part of panel.querySelectorAll("[data-takes]:not(option)")) {
    part.hidden = operator !== null && !part.dataset.takes.split(" ").includes(takes);
    for (const input of part.matches("input") ? [part] : []) input.disabled = part.hidden;
  }
}

if (panel) {
  keepTyped(panel);
  panel.addEventListener("change", (event) => {
    if (!event.target.matches("[data-filter-operator]")) return;
    showOperands();
    focusFirst();
  });
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-filter-close]")) return;
    event.preventDefault();
    closePanel(true);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.stopPropagation();
    closePanel(true);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.contains(event.target) && !event.target.closest?.("a[data-filter]")) closePanel();
  });
  // The answer to a filter that fits is the list itself, to one that does not the form again.
  document.addEventListener("htmx:after:swap", async (event) => {
    if (event.detail.ctx?.target !== panel) return void closePanel();
    await pickAll(panel);
    showOperands();
    if (!panel.matches(":popover-open")) return;
    if (!panel.contains(document.activeElement)) focusFirst();
    // Whoever has added a condition goes on in it.
    else if (document.activeElement.value?.startsWith("add:")) [...document.activeElement.closest(".builder-branch").querySelectorAll(":scope > .builder-leaf")].at(-1)?.querySelector("select").focus();
  });
}

// What colleagues save comes in once the page is at rest.
addEventListener("load", () => setTimeout(() => import("./live.js").catch(() => null), 2000));
