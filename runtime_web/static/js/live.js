// What colleagues save appears in the list or the card that is open. The page asks every few seconds, as long as it is
// seen, and gets an answer only where something is different; where somebody is typing, that waits until they are done.
import { keyOf, said, standing } from "./live_rows.js";
import { announce } from "./toasts.js";

const EVERY = 5_000;
const QUIET = 10 * 60_000;
const SELDOM = 30_000;

let sealed = "";
let waiting = null;
let asking = false;
let active = Date.now();
let address = "";

const list = () => document.getElementById("list");
const card = () => document.querySelector("#card.card-read");
const form = () => document.querySelector("#card-form[data-record]");

function url() {
  if (list() || card()) return location.pathname + location.search;
  return form() ? `/records/${form().dataset.entity}/${form().dataset.record}` : "";
}

async function look() {
  if (asking || document.hidden || !navigator.onLine || !url()) return;
  asking = true;
  const asked = url();
  if (asked !== address) {
    sealed = "";
    waiting = null;
  }
  address = asked;
  const answer = await fetch(asked, { headers: { "HX-Request": "true", Live: sealed || "new" } }).catch(() => null);
  asking = false;
  if (!answer?.ok || asked !== url()) return;
  const next = answer.headers.get("Live");
  // Nobody is signed in any more, or the record is gone.
  if (!next || next === "gone") return stop(next);
  const first = !sealed;
  sealed = next;
  const html = answer.status === 204 ? "" : await answer.text().catch(() => "");
  if (html) waiting = { html, first };
  merge();
  if (!waiting && !isBusy() && list()?.querySelector("[data-grouped] a.group-toggle[aria-expanded=true]")) {
    await import("./live_groups.js").then((groups) => groups.look(isBusy)).catch(() => null);
  }
}

function merge() {
  // A form keeps what it holds, and is only told.
  if (!waiting || (!form() && isBusy())) return;
  const { html, first } = waiting;
  waiting = null;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (form()) {
    if (!first) warn();
  } else if (list()) mergeList(fresh, first);
  else mergeCard(fresh, first);
}

// Somebody types, drags, or answers a question: nothing moves under their hands.
function isBusy() {
  const focus = document.activeElement;
  const typing = focus?.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  if (document.querySelector("dialog[open], .sortable-chosen, .sortable-ghost, details.menu[open], [data-grouped] .pick :checked")) return true;
  return Boolean(typing && focus.closest("#list .grid-scroll, #card .card-tab, [data-arranged]"));
}

// Lists

function mergeList(fresh, first) {
  const table = list().querySelector("table.rows"), other = fresh.querySelector("#list table.rows");
  const mine = list().querySelector("[data-arranged]"), theirs = fresh.querySelector("#list [data-arranged]");
  // A tree holds branches that were opened and that no page of the list tells of.
  if (list().querySelector("[data-arranged=tree]")) return;
  if (table?.matches("[data-grouped]") && other?.matches("[data-grouped]")) mergeGroups(table, other);
  else if (table && other && !mine) {
    mergeTable(table, other);
    if (!first) mergeFoot(table, other);
  } else if (mine && theirs) exchange(mine, theirs);
  else {
    for (const part of [".grid-box", ".empty", ".pager"]) list().querySelector(part)?.remove();
    list().append(...fresh.querySelectorAll("#list > :is(.grid-box, .empty, .pager)"));
    window.htmx.process(list());
  }
  for (const part of ["#aside", "#list .pager-text"]) copy(fresh, part);
  for (const told of ["grid:rows", "live:merged"]) document.dispatchEvent(new CustomEvent(told));
}

// Row by row: what is the same stays the very same, with its tick, its place under the cursor and its selection.
function mergeTable(table, other) {
  // Groups that are open hold rows that no page of the list tells of.
  const bodies = [...table.tBodies];
  const body = bodies.find((one) => one.dataset.page === other.tBodies[0].dataset.page) ?? (bodies.length === 1 ? bodies[0] : null);
  const here = new Map([...table.querySelectorAll("tbody tr")].map((row) => [keyOf(row), row]));
  let before = null;
  for (const row of [...other.tBodies].flatMap((one) => [...one.rows])) {
    const now = standing(here.get(keyOf(row)), row);
    if (body && (now.parentElement !== body || now.previousElementSibling !== before)) {
      if (before) before.after(now);
      else body.prepend(now);
    }
    here.delete(keyOf(row));
    before = now;
  }
  if (body) for (const row of here.values()) if (row.parentElement === body && row.dataset.id) row.remove();
}

// Groups are made anew as a whole, where anything about them differs; those that were open open again.
function mergeGroups(table, other) {
  const known = said.get(table), outer = [...table.querySelectorAll("tr.group-row")].filter((row) => !row.dataset.in);
  said.set(table, other.tBodies[0].innerHTML);
  const equal = known === undefined ? outer.map(textOf).join() === [...other.querySelectorAll("tr.group-row")].map(textOf).join() : known === said.get(table);
  if (equal) return;
  const focus = document.activeElement?.closest("tr[data-group]")?.dataset.group, { scrollTop } = table.parentElement;
  table.tBodies[0].replaceWith(document.importNode(other.tBodies[0], true));
  mergeFoot(table, other);
  table.parentElement.scrollTop = scrollTop;
  if (focus) table.querySelector(`tr[data-group="${CSS.escape(focus)}"] a.group-toggle`)?.focus({ preventScroll: true });
}

const textOf = (row) => row.textContent.trim();

// Totals come with the list, or are asked for after it.
function mergeFoot(table, other) {
  if (!table.tFoot || !other.tFoot || table.tFoot.innerHTML === other.tFoot.innerHTML) return;
  table.tFoot.replaceWith(document.importNode(other.tFoot, true));
}

function exchange(mine, theirs) {
  if (mine.innerHTML === theirs.innerHTML) return;
  const slip = document.activeElement?.closest("[data-slip]")?.dataset.slip;
  const [left, top] = [mine.scrollLeft, mine.scrollTop];
  const now = document.importNode(theirs, true);
  mine.replaceWith(now);
  window.htmx.process(now);
  now.scrollTo(left, top);
  if (slip) now.querySelector(`[data-slip="${CSS.escape(slip)}"] :is(.slip-title, a)`)?.focus({ preventScroll: true });
}

function copy(fresh, selector) {
  const mine = document.querySelector(selector), theirs = fresh.querySelector(selector);
  if (mine && theirs && mine.innerHTML !== theirs.innerHTML) mine.innerHTML = theirs.innerHTML;
}

// Cards

function mergeCard(fresh, first) {
  const tabs = fresh.querySelectorAll("#card > .card-tab");
  if (tabs.length !== document.querySelectorAll("#card > .card-tab").length) {
    if (!first && !document.querySelector("#note-form [data-note-text]")?.value.trim()) location.reload();
    return;
  }
  for (const tab of tabs) {
    const mine = document.getElementById(tab.id);
    if (mine) for (const [number, section] of [...tab.children].entries()) renewSection(mine, number, section, first);
  }
  for (const part of ["#card .card-history", "#aside"]) copy(fresh, part);
  const title = fresh.querySelector("[data-live-title]")?.textContent, heading = document.querySelector(".top-title h1");
  if (title && heading.textContent.trim() !== title) {
    document.title = document.title.replace(heading.textContent.trim(), () => title);
    heading.textContent = title;
  }
  import("./timeline.js").then((timeline) => timeline.refresh()).catch(() => null);
}

function renewSection(tab, number, section, first) {
  const mine = tab.children[number];
  if (!mine) return void tab.append(document.importNode(section, true));
  if (first ? mine.textContent === section.textContent : said.get(mine) === section.outerHTML) {
    said.set(mine, section.outerHTML);
    return;
  }
  const now = document.importNode(section, true);
  said.set(now, section.outerHTML);
  if (!first) now.classList.add("section-new");
  mine.replaceWith(now);
  window.htmx.process(now);
  setTimeout(() => now.classList.remove("section-new"), 2500);
}

// What an addition has brought up to date is known: it neither flashes nor loses how somebody sorts it meanwhile.
document.addEventListener("card:renewed", () => {
  for (const section of document.querySelectorAll("#card > .card-tab > *")) said.set(section, section.outerHTML);
});

function warn() {
  const note = document.getElementById("live-note");
  if (!note?.hidden) return;
  note.hidden = false;
  announce(note.textContent);
}

function stop(why) {
  clearInterval(timer);
  const note = document.getElementById("live-gone");
  if (why !== "gone" || !note) return;
  note.hidden = false;
  announce(note.textContent);
}

for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => { active = Date.now(); }, { passive: true });
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
document.addEventListener("focusout", () => setTimeout(merge));
let asked = Date.now();
const timer = setInterval(() => {
  const pause = Date.now() - active > QUIET ? SELDOM : EVERY;
  if (Date.now() - asked < pause - 100) return merge();
  asked = Date.now();
  look();
}, 1_000);
look();
