// Lists in groups: a group opens in its place, what was open stays open, and headings dropped above the list group it.
import { isPlainClick } from "./keyboard.js";

const htmx = window.htmx;
const table = () => document.querySelector("#list table.rows");
const bar = () => document.querySelector("[data-group-bar]");
const rowOf = (id) => [...(table()?.querySelectorAll("tr[data-group]") ?? [])].find((row) => row.dataset.group === id);

async function rowsFrom(url) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const holder = document.createElement("template");
  holder.innerHTML = `<table><tbody>${await answer.text()}</tbody></table>`;
  return [...holder.content.querySelectorAll("tr")];
}

// By the row of a group, what was asked for when it was last opened or closed: only that answer counts.
const asked = new WeakMap();

async function open(row, known = remembered()) {
  const toggle = row.querySelector("a.group-toggle[data-load]");
  if (!toggle || toggle.getAttribute("aria-expanded") === "true") return;
  toggle.setAttribute("aria-expanded", "true");
  row.setAttribute("aria-busy", "true");
  const asking = rowsFrom(toggle.dataset.load);
  asked.set(row, asking);
  const rows = await asking;
  if (asked.get(row) !== asking || !row.isConnected) return;
  row.removeAttribute("aria-busy");
  if (!rows) return void toggle.setAttribute("aria-expanded", "false");
  for (const one of rows) one.dataset.in = row.dataset.group;
  row.after(...rows);
  await restore(row.dataset.group, known);
  remember();
}

function close(row) {
  const start = `${row.dataset.group}|`;
  const inside = (other) => other?.dataset.in === row.dataset.group || other?.dataset.in?.startsWith(start);
  while (inside(row.nextElementSibling)) row.nextElementSibling.remove();
  row.querySelector("a.group-toggle").setAttribute("aria-expanded", "false");
  row.removeAttribute("aria-busy");
  asked.delete(row);
  remember();
}

// What is open is remembered for the list and its levels, in this browser.
const key = () => `groups:${location.pathname}:${bar()?.dataset.levels}`;
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(key()) ?? "[]");
  } catch {
    return [];
  }
}

function remember() {
  const shown = [...table().querySelectorAll("tr[data-group]")];
  const expanded = shown.filter((row) => row.querySelector('[aria-expanded="true"]')).map((row) => row.dataset.group);
  // Groups within closed ones are not there to be asked: they stay as they were.
  const there = new Set(shown.map((row) => row.dataset.group));
  const unseen = remembered().filter((id) => !there.has(id));
  localStorage.setItem(key(), JSON.stringify([...expanded, ...unseen].slice(0, 200)));
}

async function restore(within = "", known = remembered()) {
  const start = within ? `${within}|` : "";
  const own = known.filter((id) => id.startsWith(start) && !id.slice(start.length).includes("|"));
  await Promise.all(own.map(rowOf).filter(Boolean).map((row) => open(row, known)));
}

document.addEventListener("click", async (event) => {
  const toggle = event.target.closest?.("a.group-toggle[data-load]");
  const more = event.target.closest?.("#list a[data-more]");
  const row = event.target.closest?.("tr.group-row");
  if (!(toggle || more || row) || !isPlainClick(event)) return;
  event.preventDefault();
  event.stopPropagation();
  if (more) return void goOn(more);
  const expanded = row.querySelector("a.group-toggle")?.getAttribute("aria-expanded") === "true";
  row.querySelector("a.group-toggle")?.focus();
  if (expanded) close(row);
  else await open(row);
}, true);

async function goOn(link) {
  const last = link.closest("tr"), rows = await rowsFrom(link.href);
  if (!rows) return;
  for (const one of rows) Object.assign(one.dataset, last.dataset.in ? { in: last.dataset.in } : {}, { further: "" });
  last.replaceWith(...rows);
  (rows[0]?.querySelector("a.group-toggle, a.open") ?? link).focus();
}

// Its groups are not those that are shown any more.
document.addEventListener("group:anew", async (event) => {
  const known = remembered();
  close(event.target);
  await open(event.target, known);
});

// Right and left open and close, up and down go on to the next group or record.
document.addEventListener("keydown", async (event) => {
  const toggle = event.target.closest?.("a.group-toggle");
  if (!toggle || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = toggle.closest("tr");
  const stops = [...table().querySelectorAll("tbody :is(a.group-toggle, a.open, a[data-more])")];
  const acts = {
    ArrowRight: () => open(row),
    ArrowLeft: () => (toggle.getAttribute("aria-expanded") === "true" ? close(row) : rowOf(row.dataset.in)?.querySelector("a").focus()),
    ArrowDown: () => stops[stops.indexOf(toggle) + 1]?.focus(),
    ArrowUp: () => stops[stops.indexOf(toggle) - 1]?.focus(),
    " ": () => toggle.click(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  await acts[event.key]();
}, true);

// The totals of a long list come after it.
async function total() {
  const row = table()?.querySelector("tfoot tr[data-load]");
  if (!row) return;
  const url = row.dataset.load;
  delete row.dataset.load;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  const html = answer.ok && !answer.redirected ? await answer.text() : "";
  if (html && row.isConnected) row.closest("tfoot").outerHTML = html;
}

// A heading that is carried to the bar becomes a level there, and levels change places.
let dragged = "";

document.addEventListener("heading:carried", () => bar()?.classList.add("is-open"));
document.addEventListener("heading:left", () => bar()?.classList.remove("is-open"));
document.addEventListener("heading:drop", (event) => {
  if (!event.target.closest?.("[data-group-bar]")) return;
  put(levelFor(event.detail.field), event.target);
});
document.addEventListener("heading:menu", (event) => {
  const none = /cell-(long_text|multi_choice|multi_reference|file|image)/.test(event.detail.head.className);
  event.target.querySelector('[data-do="group"]').hidden = none || !bar();
});
document.addEventListener("heading:do", (event) => {
  if (event.detail.what === "group") put(levelFor(event.detail.field), bar());
});

// A date by its months: by days nearly every record would be a group of its own.
function levelFor(field) {
  const head = table()?.querySelector(`th[data-field="${CSS.escape(field)}"]`);
  return /cell-date/.test(head?.className) ? `${field}:month` : field;
}

document.addEventListener("dragstart", (event) => {
  const level = event.target.closest?.("[data-level]");
  if (!level) return;
  dragged = level.dataset.level;
  event.dataTransfer.setData("text/plain", level.textContent.trim());
  bar().classList.add("is-open");
});
document.addEventListener("dragend", () => {
  dragged = "";
  bar()?.classList.remove("is-open", "is-over");
});
for (const name of ["dragover", "dragleave"]) {
  document.addEventListener(name, (event) => {
    if (!dragged || !event.target.closest?.("[data-group-bar]")) return;
    if (name === "dragover") event.preventDefault();
    bar().classList.toggle("is-over", name === "dragover");
  });
}
document.addEventListener("drop", (event) => {
  if (!dragged || !event.target.closest?.("[data-group-bar]")) return;
  event.preventDefault();
  put(dragged, event.target);
});

// A level stands where it is let go: before the one below it, or last.
function put(level, below) {
  const rest = bar().dataset.levels.split(",").filter((one) => one && one.split(":")[0] !== level.split(":")[0]);
  const at = rest.indexOf(below.closest("[data-level]")?.dataset.level);
  rest.splice(at < 0 ? rest.length : at, 0, level);
  group(rest);
}

function group(levels) {
  const url = new URL(bar().dataset.url, location.href);
  url.searchParams.delete("page");
  url.searchParams.set("group", levels.join(",") || "none");
  htmx.ajax("GET", url.href, { source: document.getElementById("list"), target: "#list", swap: "outerMorph" });
}

function begin() {
  total();
  if (table()?.matches("[data-grouped]")) restore();
}
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.target?.id === "list") begin();
});
document.addEventListener("live:merged", begin);
begin();
