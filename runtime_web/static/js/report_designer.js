// The designer of a report. The page holds the report as data; each step changes it and asks the server for the result
// and the wells anew. Whatever is done by dragging is in the menus too.
import { isTyping } from "./keyboard.js";
import { pickAll } from "./picker.js";
import * as spec from "./report_spec.js";
import { announce } from "./toasts.js";

const designer = document.querySelector("[data-report]");
const part = () => document.getElementById("report");
const past = [];
const future = [];
let report = JSON.parse(part().dataset.spec);
let asked = null;

// Asking for the result

const menus = () => [...part().querySelectorAll("details.menu[open]")].map((one) => one.id);

async function show(focus) {
  const before = menus();
  asked?.abort();
  asked = new AbortController();
  part().setAttribute("aria-busy", "true");
  const answer = await ask(asked.signal);
  if (answer === null) return;
  const fresh = new DOMParser().parseFromString(answer, "text/html").getElementById("report");
  if (!fresh) return void part().removeAttribute("aria-busy");
  if (!fresh.dataset.spec) return refuse(fresh);
  // Who has opened a menu since then is there, and stays there.
  swap(fresh, menus().some((id) => !before.includes(id)) ? null : focus);
  report = JSON.parse(fresh.dataset.spec);
  history.replaceState(history.state, "", address());
  told();
}

async function ask(signal) {
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": designer.dataset.token, "HX-Request": "true" };
    const answer = await fetch(designer.dataset.url, { method: "POST", headers, body: JSON.stringify(report), signal });
    if (answer.ok) return await answer.text();
    document.getElementById("toasts").insertAdjacentHTML("beforeend", await answer.text());
  } catch (error) {
    if (error.name === "AbortError") return null;
    location.reload();
  }
  return "";
}

// What does not fit is said above the result as it was, and the report stays as it was.
function refuse(fresh) {
  part().querySelector(".report-result").replaceWith(fresh.querySelector(".report-result"));
  part().removeAttribute("aria-busy");
  report = JSON.parse(past.pop() ?? part().dataset.spec);
  told();
}

function swap(fresh, focus) {
  const open = menus();
  const active = part().contains(document.activeElement) ? document.activeElement.id : "";
  const scroll = part().querySelector(".report-scroll");
  const [left, top] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
  part().replaceWith(fresh);
  if (!focus) for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  fresh.querySelector(".report-scroll")?.scrollTo({ left, top });
  if (focus?.length === 3) type(focus);
  else document.getElementById(focus ? `${focus.join("-")}-open` : active)?.focus();
  arm();
}

// What was added waits for its text.
function type([well, at, key]) {
  document.getElementById(`${well}-${at}`).open = true;
  document.getElementById(`${well}-${at}-${key}`).select();
}

// The input keeps the focus while one inserts names; what came from a click is no change to the browser.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest?.("[data-insert]")) event.preventDefault();
});

function insert(button) {
  const input = button.closest(".chip-panel").querySelector("[data-set=formula]");
  input.setRangeText(button.dataset.insert, input.selectionStart, input.selectionEnd, "end");
  input.focus();
  input.addEventListener("blur", () => step(() => change(input)), { once: true });
}

function told() {
  designer.querySelector("[data-undo]").disabled = !past.length;
  designer.querySelector("[data-redo]").disabled = !future.length;
  designer.querySelector("[data-chart]").value = report.chart ?? "";
  announce(part().querySelector("[data-told], .message")?.textContent.trim() ?? "");
}

function address() {
  const bytes = new TextEncoder().encode(JSON.stringify(report));
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const url = new URL(location.href);
  // The report holds the answers too that the address had before.
  for (const key of [...url.searchParams.keys()]) if (key.startsWith("p.")) url.searchParams.delete(key);
  url.searchParams.set("r", packed.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""));
  return url;
}

// Steps, there and back

function step(change) {
  const before = JSON.stringify(report);
  const focus = change();
  if (JSON.stringify(report) === before) return;
  past.push(before);
  future.length = 0;
  show(Array.isArray(focus) ? focus : null);
}

function travel(from, to) {
  if (!from.length) return;
  to.push(JSON.stringify(report));
  report = JSON.parse(from.pop());
  show();
}

const undo = () => travel(past, future);
const redo = () => travel(future, past);

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const action = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
  if (!action) return;
  event.preventDefault();
  action();
});

// Clicks

const chipOf = (element) => {
  const chip = element.closest(".well-chip");
  return { well: chip.parentElement.dataset.well, at: chip.dataset.at, field: fieldOf(chip) };
};
const fieldOf = (element) => ({ path: element.dataset.path, kind: element.dataset.kind });

const clicks = {
  take: (button) => spec.put(report, button.dataset.take, fieldOf(button.closest(".field-row"))),
  move: (button) => {
    const { well, at, field } = chipOf(button);
    return spec.move(report, well, at, field, button.dataset.move);
  },
  shift: (button) => {
    const { well, at } = chipOf(button);
    return spec.shift(report, well, at, spec.positionOf(report, well, at) + Number(button.dataset.shift));
  },
  remove: (button) => {
    const { well, at } = chipOf(button);
    spec.remove(report, well, at);
    return null;
  },
  share: (button) => spec.share(report, chipOf(button).at),
  byCurrency: (button) => spec.put(report, "columns", { path: button.dataset.byCurrency, kind: "other" }),
  compute: (button) => spec.compute(report, button.dataset.compute),
  openLevel: ({ dataset }) => spec.openLevel(report, dataset.well, dataset.at, Number(dataset.openLevel)),
  byLevels: (button) => spec.byLevels(report, chipOf(button).well, chipOf(button).at, button.dataset.byLevels.split(" ")),
  nest: (button) => spec.nest(report, chipOf(button).well, chipOf(button).at),
  apart: (button) => spec.apart(report, chipOf(button).well, chipOf(button).at),
  sort: (button) => spec.sortBy(report, button.dataset.sort),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-report] button");
  if (!button) return;
  const name = Object.keys(clicks).find((one) => one in button.dataset);
  if (name) {
    button.closest("details.field-more, details.well-more")?.removeAttribute("open");
    step(() => clicks[name](button));
  } else if ("insert" in button.dataset) insert(button);
  else if ("undo" in button.dataset) undo();
  else if ("redo" in button.dataset) redo();
  else if ("edit" in button.dataset) edit(button);
});

function edit(button) {
  const open = designer.toggleAttribute("data-designing");
  button.setAttribute("aria-pressed", String(open));
}

// Settings

function valueOf(input) {
  if (input.dataset.set === "any_of") return picked(input);
  if (input.type === "checkbox") return input.checked;
  if (input.dataset.kind === "list") return input.value.split(/[;\s]+/).filter(Boolean);
  if (input.type === "number" && !["from", "until"].includes(input.dataset.set)) return input.value === "" ? "" : Number(input.value);
  return input.value.trim();
}

function picked(input) {
  if (input.matches("select")) return [...input.selectedOptions].map((one) => one.value);
  const ticked = [...input.closest("fieldset").querySelectorAll("input:checked")].map((one) => one.value);
  const isYesOrNo = ["true", "false"].includes(input.value);
  return isYesOrNo && input.checked ? [input.value] : ticked;
}

function change(input) {
  const key = input.dataset.set;
  if (key.startsWith("totals.")) {
    report.totals = { ...report.totals, [key.slice(7)]: input.checked };
    return;
  }
  const { well, at } = chipOf(input);
  if (key === "from" || key === "until") {
    const [first, last] = ["from", "until"].map((one) => input.closest(".chip-panel").querySelector(`[data-set=${one}]`).value);
    spec.bound(report, at, input.dataset.kind, first, last);
  } else spec.set(report, well, at, key, valueOf(input));
}

document.addEventListener("change", (event) => {
  const input = event.target.closest?.("[data-report] [data-set]");
  if (input) step(() => change(input));
  const chart = event.target.closest?.("[data-chart]");
  if (chart) step(() => { report.chart = chart.value || null; });
});

// A panel that would leave the window opens to the other side.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.open || !menu.matches(".well-chip > .menu")) return;
  delete menu.dataset.flipped;
  if (menu.querySelector(".chip-panel").getBoundingClientRect().right > innerWidth - 8) menu.dataset.flipped = "";
}, true);

// The list of fields

const search = designer.querySelector("[data-fields-search]");
const folded = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

search.addEventListener("input", () => {
  const words = folded(search.value).split(/\s+/).filter(Boolean);
  filter(designer.querySelector(".fields-scroll > .field-list"), words, "");
});

// A field is found by its own name and those on the way to it; a reference opens where something behind it is found.
function filter(list, words, before) {
  let any = false;
  for (const item of list.children) {
    const text = `${before} ${folded(item.querySelector(".field-row").dataset.label)}`;
    const own = words.every((word) => text.includes(word)) && (!words.length || words.some((word) => text.slice(before.length).includes(word)));
    const behind = item.querySelector(":scope > .field-behind");
    const inside = behind ? filter(behind.querySelector(":scope > .field-list"), words, text) : false;
    item.hidden = !own && !inside;
    if (behind) behind.open = words.length > 0 && inside;
    any ||= !item.hidden;
  }
  return any;
}

// Dragging

function drop(event) {
  const well = event.to.dataset.well;
  const place = event.newDraggableIndex;
  const field = fieldOf(event.item.matches("[data-path]") ? event.item : event.item.querySelector("[data-path]"));
  const from = event.from.dataset.well;
  const at = event.item.dataset.at;
  const back = () => { if (!from) event.item.remove(); };
  if (!well || (from === well && event.oldDraggableIndex === place)) return;
  back();
  step(() => (from ? spec.move(report, from, at, field, well, place) : spec.put(report, well, field, place)));
}

function arm() {
  pickAll(part());
  if (!window.Sortable) return;
  for (const well of part().querySelectorAll(".well-chips")) {
    new window.Sortable(well, { group: "report", draggable: ".well-chip, .field-item", handle: "summary", filter: ".chip-panel", preventOnFilter: false, onAdd: drop, onUpdate: drop });
  }
}

function armFields() {
  for (const list of window.Sortable ? designer.querySelectorAll(".field-list") : []) {
    new window.Sortable(list, { group: { name: "report", pull: "clone", put: false }, sort: false, draggable: ".field-item", handle: ".field-take" });
  }
}

arm();
armFields();
told();
