// Boards and calendars: slips are dragged to another place, moved by Ctrl and an arrow, or by the form that each of them
// opens; arrows walk through them. The server says what came of it: the list as it is then.
import { isPlainClick, isTyping } from "./keyboard.js";

const htmx = window.htmx;
const laidOut = () => document.querySelector("[data-arranged]");
const places = () => [...laidOut().querySelectorAll("[data-place]")];
const slipsOf = (place) => [...place.querySelectorAll(":scope > [data-slip]")];
let held = false;

// Moving

function send(url, values, id) {
  const sent = htmx.ajax("POST", url, { source: document.getElementById("list"), target: "#list", swap: "outerMorph", values });
  return sent.then(() => document.querySelector(`[data-slip="${id}"] .slip-title`)?.focus({ preventScroll: true }));
}

// What was moved here, and what was taken back: each step says where a record went and where it was.
const done = [];
const undone = [];
const went = () => document.querySelector("#toasts [data-toast]:last-child")?.matches(".toast-done");

async function go({ url, id, to, was }, kept) {
  await send(url, { to, was }, id);
  if (went()) kept.push({ url, id, to, was });
}

// One step after the other: whoever is quicker than the answer moves on, or takes back, from where it puts the slip.
let last = Promise.resolve();
const queue = (step) => (last = last.then(step, step));

function move({ dataset: { slip } }, to) {
  return queue(() => {
    const { moveUrl, base } = document.querySelector(`[data-slip="${slip}"]`)?.dataset ?? {};
    undone.length = 0;
    return moveUrl && go({ url: moveUrl, id: slip, to, was: base }, done);
  });
}

const back = ({ url, id, to, was }) => ({ url, id, to: was, was: to });

function travel(event) {
  const undoing = event.key.toLowerCase() === "z" && !event.shiftKey;
  event.preventDefault();
  queue(() => {
    const step = (undoing ? done : undone).pop();
    return step && go(back(step), undoing ? undone : done);
  });
}

// The message offers the same, without leaving the list.
document.addEventListener("submit", (event) => {
  if (!laidOut() || !event.target.matches?.('#toasts form[action*="/move?"]')) return;
  event.preventDefault();
  const url = new URL(event.target.action), [to, was] = ["to", "was"].map((name) => url.searchParams.get(name));
  for (const name of ["to", "was"]) url.searchParams.delete(name);
  event.target.closest("[data-toast]").remove();
  queue(() => {
    const id = url.pathname.split("/").at(-2), at = done.findLastIndex((one) => one.id === id && one.to === was);
    if (at >= 0) done.splice(at, 1);
    return go({ url: url.pathname + url.search, id, to, was }, undone);
  });
});

async function drag() {
  const here = laidOut();
  if (!here || !here.matches("[data-arranged=kanban], [data-arranged=calendar]")) return;
  if (!window.Sortable) await import("../vendor/Sortable.min.js");
  let beside = null;
  for (const place of places()) {
    if (place.sortable || !here.querySelector("[data-move-url]")) continue;
    place.sortable = new window.Sortable(place, {
      group: "slips", sort: false, draggable: "[data-move-url]", filter: ".slip-move", preventOnFilter: false,
      delay: 250, delayOnTouchOnly: true, scroll: true,
      onStart: ({ item }) => {
        held = true;
        beside = item.nextSibling;
      },
      onEnd: ({ from, to, item }) => {
        setTimeout(() => { held = false; });
        const next = beside;
        // Where no answer came it has not been moved; any answer has put it in its place.
        if (from !== to) move(item, to.dataset.place).then(() => { if (!went() && item.parentElement === to) from.insertBefore(item, next); });
      },
    });
  }
}

// A click that ends a drag opens nothing.
document.addEventListener("click", (event) => {
  if (!held || !event.target.closest?.("[data-slip]")) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// Keys: arrows go from slip to slip, with Ctrl they move it; on a tree they open and close.

function step(event, slip) {
  const place = slip.parentElement, all = places(), mine = slipsOf(place);
  const at = all.indexOf(place), row = mine.indexOf(slip), weekly = laidOut().matches("[data-arranged=calendar]") ? 7 : 0;
  const upDown = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0, sideways = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
  if (!upDown && !sideways) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.ctrlKey) {
    const to = all[at + sideways + upDown * weekly];
    if (to && slip.dataset.moveUrl && (sideways || weekly)) move(slip, to.dataset.place);
    return;
  }
  const beside = upDown ? mine[row + upDown] : null;
  const wanted = beside ?? next(all, at, upDown ? upDown * (weekly || 0) : sideways, row);
  wanted?.querySelector(".slip-title").focus();
}

// The slip beside it in the nearest place on that side that has any.
function next(all, at, by, row) {
  for (let to = at + by; by && all[to]; to += by) {
    const slips = slipsOf(all[to]);
    if (slips.length) return slips[Math.min(row, slips.length - 1)];
  }
  return null;
}

function unfold(event, row) {
  const toggle = row.querySelector("[data-toggle]");
  const wanted = { ArrowRight: "false", ArrowLeft: "true" }[event.key];
  if (!toggle || event.ctrlKey || toggle.getAttribute("aria-expanded") !== wanted) return;
  event.preventDefault();
  event.stopPropagation();
  open(toggle);
}

document.addEventListener("keydown", (event) => {
  if (!laidOut() || event.altKey || event.metaKey || isTyping(event.target) || !(event.target instanceof Element)) return;
  if (event.ctrlKey && ["y", "z"].includes(event.key.toLowerCase())) return void travel(event);
  const slip = event.target.closest("[data-slip]");
  if (slip) return void step(event, slip);
  const row = event.target.closest(".tree tbody tr");
  if (row) return void unfold(event, row);
  if (event.key === "ArrowDown" && !event.ctrlKey && (event.target === document.body || event.target.closest("#main"))) {
    const first = laidOut().querySelector(".slip-title");
    if (first && !event.target.closest("a, button, summary")) { event.preventDefault(); first.focus(); }
  }
}, true);

// Opening a branch keeps the focus where it is.

function open(toggle) {
  const { id } = toggle;
  const within = toggle.closest("tr").contains(document.activeElement) ? document.activeElement.id : "";
  htmx.ajax("GET", toggle.href, { source: document.getElementById("list"), target: "#list", swap: "outerMorph" })
    .then(() => document.getElementById(within || id)?.focus({ preventScroll: true }));
}

document.addEventListener("click", (event) => {
  const toggle = event.target.closest?.("[data-toggle]");
  if (!toggle || !isPlainClick(event)) return;
  event.preventDefault();
  open(toggle);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches?.("[data-toggle]")) return;
  event.preventDefault();
  open(event.target);
});

// The form that asks where.

function dialog() {
  const known = document.getElementById("asks-where");
  if (known) return known;
  const made = document.createElement("dialog");
  made.className = "sheet";
  made.id = "asks-where";
  made.setAttribute("aria-labelledby", "move-title");
  made.innerHTML = '<div id="move-body"></div>';
  document.body.append(made);
  return made;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-asks-where]");
  if (!link || !isPlainClick(event)) return;
  event.preventDefault();
  const sheet = dialog();
  await htmx.ajax("GET", link.href, { source: sheet, target: "#move-body", swap: "innerHTML" });
  if (!sheet.querySelector("form")) return;
  sheet.showModal();
  sheet.querySelector("[autofocus]")?.focus();
  sheet.addEventListener("close", () => { if (link.isConnected) link.focus(); }, { once: true });
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.target?.id === "list") dialog().close();
  drag();
});
document.addEventListener("live:merged", drag);
drag();
