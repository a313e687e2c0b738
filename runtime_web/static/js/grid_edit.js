// Editing a cell in place: its widget over the cell, saved at once when it is left. What the server refuses is said at
// the cell, which shows again what it held; whoever edits it again finds what they had typed.
import { cellAt, editOf, headingNamed, headingOf, isTyped, placeOf, words } from "./grid_cells.js";
import { ask, here, send, show } from "./grid_sending.js";
import { pick, pickersReady } from "./picker.js";
import { announce } from "./toasts.js";
import { drop, hasText, hold, release } from "./typed_ahead.js";

const TEXTS = "textarea, input:is(:not([type]), [type=text], [type=tel], [type=email])";
const LETTERLESS = "input:is([type=date], [type=time], [type=datetime-local], [type=radio])";
let editor = null;
let refused = null;

export const isEditing = () => editor !== null;

const labelOf = (place) => headingNamed(place.field)?.querySelector(".th-sort")?.innerText.trim() ?? "";

// Opens the editor of a cell; with a text, that stands in the place of what is there.
export async function edit(cell, text) {
  const place = placeOf(cell), kind = editOf(cell);
  clearFault();
  const opened = editor = { place, kind, text: isTyped(kind) ? text : undefined, form: null, base: null, way: [1, 0], ended: false };
  if (opened.text !== undefined) {
    opened.base = ask(addressOf(place));
    build(opened, inputFor(cell, text));
    return;
  }
  // Keys that come while the editor is on its way belong to it.
  hold(() => end(opened, true), text);
  const [found] = await Promise.all([ask(addressOf(place)), isTyped(kind) ? null : pickersReady()]);
  if (opened.ended) return;
  if (found.wrong || found.refused) {
    drop();
    end(opened);
    return void fault(place, found.wrong ?? found.refused);
  }
  opened.base = Promise.resolve(found);
  const holder = document.createElement("div");
  holder.innerHTML = found.html;
  // The control of a date takes no letters from a script: what was typed ahead stands there as a text.
  if (holder.querySelector(LETTERLESS) && hasText()) opened.text = "";
  build(opened, opened.text === undefined ? [...holder.childNodes] : inputFor(cell, opened.text));
}

const addressOf = (place) => `${here()}/${place.id}/cell/${place.field}`;

function inputFor(cell, text) {
  const input = document.createElement("input");
  input.className = "form-control";
  input.classList.toggle("end", headingOf(cell).classList.contains("end"));
  Object.assign(input, { name: headingOf(cell).dataset.field, value: text, autocomplete: "off" });
  input.setAttribute("aria-label", labelOf(placeOf(cell)));
  return [input];
}

function build(opened, parts) {
  const form = opened.form = document.createElement("form");
  form.className = `cell-editor edits-${opened.kind}`;
  form.dataset.entity = here().split("/").at(-1);
  form.dataset.record = opened.place.id;
  form.noValidate = true;
  form.setAttribute("aria-label", (words().label ?? "").replace("{field}", labelOf(opened.place)));
  form.append(...parts);
  document.body.append(form);
  opened.first = new URLSearchParams(new FormData(form)).toString();
  position(opened);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => pressed(opened, event));
  // Where to go on is said by the key with which something is chosen, whenever the choice comes. By Escape a list of
  // choices would only close.
  form.addEventListener("keydown", (event) => {
    opened.way = wayOf(event) ?? opened.way;
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(opened, true);
  }, { capture: true });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget) && document.hasFocus()) commit(opened);
  });
  enterInto(opened);
}

function enterInto(opened) {
  const { form } = opened;
  const select = form.querySelector("select");
  if (select) return enterPicker(opened, select);
  const control = form.querySelector("input:checked, input:not([type=hidden], [tabindex='-1']), textarea");
  control?.focus({ preventScroll: true });
  if (control?.matches(TEXTS)) enterText(opened, control);
  release();
}

function enterText(opened, control) {
  if (opened.text !== undefined) return void control.setSelectionRange(control.value.length, control.value.length);
  if (refused && refused.id === opened.place.id && refused.field === opened.place.field) control.value = refused.text;
  control.select();
}

// A choice or a reference: type to find, Enter takes it and saves.
function enterPicker(opened, select) {
  if (!select.dataset.picker) select.dataset.local = "";
  delete select.dataset.new;
  pick(select, true);
  const picker = select.tomselect, leave = () => end(opened, true);
  if (!picker) {
    // What it needs did not come: a plain list of choices is one, too.
    select.focus({ preventScroll: true });
    return release();
  }
  // It takes the focus a moment later.
  const entered = () => {
    picker.off("focus", entered);
    setTimeout(release);
  };
  picker.on("focus", entered);
  // While it waits for what Enter is to choose, keys belong to what comes after it.
  picker.on("awaited", () => hold(leave));
  picker.on("unmet", release);
  if (select.multiple) return;
  picker.on("item_add", () => {
    hold(leave);
    setTimeout(() => commit(opened, ...opened.way));
  });
}

function wayOf({ key, shiftKey }) {
  const by = shiftKey ? -1 : 1;
  return { Enter: [by, 0], Tab: [0, by] }[key];
}

function pressed(opened, event) {
  event.stopPropagation();
  const open = opened.form.querySelector("select")?.tomselect?.isOpen;
  const goes = event.key === "Tab" || (event.key === "Enter" && !open && !(event.shiftKey && event.target.matches("textarea")));
  if (!goes) return;
  event.preventDefault();
  commit(opened, ...wayOf(event));
}

function position(opened) {
  const cell = cellAt(opened.place), form = opened.form;
  if (!cell || !form) return;
  const at = cell.getBoundingClientRect();
  const wide = Math.max(at.width, isTyped(opened.kind) ? 120 : 240);
  form.style.left = `${Math.max(4, Math.min(at.left, innerWidth - wide - 4))}px`;
  form.style.top = `${at.top}px`;
  form.style.width = `${wide}px`;
  form.style.minHeight = `${at.height}px`;
}

addEventListener("resize", () => { if (editor) position(editor); place(); });
document.addEventListener("scroll", () => { if (editor) position(editor); place(); }, { capture: true, passive: true });

// Ends an edit. The focus goes back to the cell if it was in the editor.
function end(opened, back = false) {
  if (opened.ended) return;
  opened.ended = true;
  if (editor === opened) editor = null;
  const inside = opened.form?.contains(document.activeElement);
  opened.form?.querySelectorAll("select").forEach((select) => select.tomselect?.destroy());
  opened.form?.remove();
  if (inside || back) focusAgain(opened.place);
}

function focusAgain(at) {
  const cell = cellAt(at);
  if (!cell) return;
  cell.tabIndex = 0;
  (cell.querySelector("a.open") ?? cell).focus({ preventScroll: true });
}

function commit(opened, down = 0, across = 0) {
  if (opened.ended || !opened.form) return;
  const data = new FormData(opened.form);
  const same = opened.text === undefined && new URLSearchParams(data).toString() === opened.first;
  const texts = data.getAll(opened.place.field), shown = shownIn(opened.form);
  const picker = opened.form.querySelector("select")?.tomselect;
  const strange = picker && !picker.items.length && picker.inputValue();
  end(opened, Boolean(down || across));
  if (down || across) walk(down, across);
  if (strange) fault(opened.place, (words().unknown ?? "").replace("{text}", strange));
  else if (!same) save(opened, texts, shown);
  release();
}

// Where to go on from is the grid's own business.
function walk(down, across) {
  const key = across ? (across < 0 ? "ArrowLeft" : "ArrowRight") : down < 0 ? "ArrowUp" : "ArrowDown";
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function shownIn(form) {
  const picker = form.querySelector("select")?.tomselect;
  if (picker) return picker.items.map((value) => picker.getItem(value)?.innerText ?? "").join(", ");
  const control = form.querySelector("input:not([type=hidden], [type=checkbox], [type=radio], [type=date], [type=color]), textarea");
  return control ? control.value : null;
}

async function save(opened, texts, shown) {
  const { place } = opened;
  const known = await opened.base;
  if (known?.wrong || known?.refused) return void fault(place, known.wrong ?? known.refused);
  const body = { rows: [{ key: "r", id: Number(place.id), values: { [place.field]: texts }, base: { [place.field]: known.base } }] };
  await written(place, body, shown, texts.at(-1) ?? "");
}

// A box is ticked or cleared at once.
export async function toggle(cell) {
  const at = placeOf(cell);
  clearFault();
  const found = await ask(addressOf(at));
  if (found.wrong || found.refused) return void fault(at, found.wrong ?? found.refused);
  const body = { rows: [{ key: "r", id: Number(at.id), values: { [at.field]: found.base ? "" : "true" }, base: { [at.field]: found.base } }] };
  await written(at, body, null, "");
}

// Sends one cell, which shows meanwhile what was typed.
async function written(at, body, shown, typed) {
  const cell = cellAt(at);
  const kept = cell?.innerHTML;
  cell?.setAttribute("aria-busy", "true");
  const place = cell?.querySelector("a.open") ?? cell;
  if (place && shown !== null && isTyped(editOf(cell))) place.textContent = shown;
  const answer = await send(() => body);
  const now = cellAt(at);
  now?.removeAttribute("aria-busy");
  if (answer.wrong || answer.faults.length) {
    if (now && now === cell) now.innerHTML = kept;
    show(answer.rows);
    refused = { ...at, text: typed };
    return void fault(at, answer.wrong ?? saying(answer.faults, at));
  }
  refused = null;
  show(answer.rows);
  const gone = answer.rows[at.id] === null;
  document.dispatchEvent(new CustomEvent("grid:written", { detail: { said: gone ? words().gone : answer.said, undo: answer.undo, ids: [at.id] } }));
}

// What is wrong with another field of the record is said with its label.
function saying(faults, at) {
  return faults.map((one) => {
    const label = one.field && one.field !== at.field ? labelOf({ ...at, field: one.field }) : "";
    return label ? `${label}: ${one.text}` : one.text;
  }).join(" ");
}

// What is wrong stands below the cell until one goes on.
let bubble = null;

export function fault(at, text) {
  clearFault();
  bubble = { at, element: document.createElement("div") };
  bubble.element.className = "cell-fault";
  bubble.element.setAttribute("role", "alert");
  bubble.element.textContent = text;
  document.body.append(bubble.element);
  cellAt(at)?.setAttribute("aria-invalid", "true");
  announce(text);
  place();
}

function place() {
  const cell = bubble && cellAt(bubble.at);
  if (!bubble) return;
  if (!cell) return void clearFault();
  const spot = cell.getBoundingClientRect(), size = bubble.element.getBoundingClientRect();
  bubble.element.style.left = `${Math.max(4, Math.min(spot.left, innerWidth - size.width - 8))}px`;
  bubble.element.style.top = `${spot.bottom + size.height + 8 < innerHeight ? spot.bottom + 4 : spot.top - size.height - 4}px`;
}

function clearFault() {
  if (!bubble) return;
  cellAt(bubble.at)?.removeAttribute("aria-invalid");
  bubble.element.remove();
  bubble = null;
}

document.addEventListener("grid:moved", (event) => {
  if (bubble && (event.detail.id !== bubble.at.id || event.detail.field !== bubble.at.field)) clearFault();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") clearFault(); });
document.addEventListener("grid:rows", () => {
  if (editor) position(editor);
  place();
});
