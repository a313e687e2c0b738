// Cards: tabs, keys, and the care for what was typed but not yet saved.
import "./picker.js";
import { untouched } from "./lines.js";
import "./related.js";
import "./rows.js";
import "./shown_files.js";
import "./files.js";
import "./explain.js";
import "./preview.js";
import "./alike.js";
import "./timeline.js";
import { isPlainClick, isTyping } from "./keyboard.js";
if (document.querySelector("[data-lines]")) import("./lines_range.js");
import { showTabOf } from "./tabs.js";

const form = () => document.getElementById("card-form");
const leave = document.getElementById("leave");
let opened = null;
let settled = false;
let leaving = false;

// What a form holds, but for what is its own, and for lines in which nothing has been entered.
function content() {
  const held = form();
  if (!held) return "";
  const aside = untouched(held);
  const parts = [...new FormData(held)].filter(([name]) => !["csrf_token", "_tab", "_token"].includes(name) && !aside.has(name));
  return JSON.stringify(parts.map(([name, value]) => [name, value instanceof File ? `${value.name}:${value.size}` : value]));
}

function isChanged() {
  return settled && !leaving && Boolean(form()) && content() !== opened;
}

function showChanged() {
  const save = document.querySelector("[data-save]");
  if (!save) return;
  const changed = isChanged();
  save.classList.toggle("btn-primary", changed);
  save.classList.toggle("btn-plain", !changed);
  document.documentElement.toggleAttribute("data-changed", changed);
}

// Widgets may settle their values while they are set up, so the beginning is noted after that; where somebody types before
// it, the beginning is what came.
opened = content();
function settle() {
  if (settled) return;
  settled = true;
  opened = content();
  showChanged();
}
document.addEventListener("input", (event) => { if (event.isTrusted) settled = true; }, true);
requestAnimationFrame(() => setTimeout(settle));
document.addEventListener("input", showChanged);
document.addEventListener("change", () => setTimeout(showChanged));

addEventListener("beforeunload", (event) => {
  if (isChanged()) event.preventDefault();
});

// A link away from a changed form asks first.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hasAttribute("download") || !isPlainClick(event) || event.defaultPrevented) return;
  if (link.getAttribute("href").startsWith("#") || !isChanged()) return;
  event.preventDefault();
  ask(link.href);
});

function ask(url) {
  if (!leave) return;
  leave.dataset.to = url;
  leave.showModal();
  leave.querySelector("[data-leave=save]").focus();
}

leave?.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-leave]")?.dataset.leave;
  if (!choice) return;
  leave.close();
  if (choice === "discard") {
    leaving = true;
    location.href = leave.dataset.to;
  } else if (choice === "save") {
    form().requestSubmit();
  }
});

// Saving. The button waits for the answer; a form whose answer never came stays as it is, as toasts.js says.
const sent = (event) => event.detail.ctx?.sourceElement;
document.addEventListener("htmx:before:request", (event) => {
  if (sent(event)?.matches("[data-card-form]")) busy(sent(event));
});
document.addEventListener("htmx:after:request", (event) => {
  if (sent(event)?.id === "card-form" && event.detail.ctx.hx?.redirect) leaving = true;
});
document.addEventListener("htmx:finally:request", () => {
  if (!leaving) for (const button of document.querySelectorAll("button[form]")) button.removeAttribute("aria-busy");
});
document.addEventListener("submit", (event) => {
  // Without htmx the browser itself leaves the page; that is no loss.
  if (event.target.matches?.("[data-card-form]") && !window.htmx) leaving = true;
});
document.addEventListener("htmx:after:swap", (event) => {
  // Only a form that came back has something to show; the answers to a quick search are nobody's reason to leave it.
  const answered = { card: form(), "made-body": document.getElementById("dialog-form") }[event.detail.ctx?.target?.id];
  const wrong = answered?.querySelector("[autofocus]");
  if (wrong) reveal(wrong);
  showChanged();
});

function busy(held) {
  for (const button of document.querySelectorAll(`button[form="${held.id}"]`)) button.setAttribute("aria-busy", "true");
}

// The summary of what is wrong leads to the fields.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-to-fault]");
  if (!link) return;
  event.preventDefault();
  reveal(document.getElementById(decodeURIComponent(link.hash.slice(1))));
});

function reveal(field) {
  if (!field) return;
  showTabOf(field);
  const control = field.matches("input, select, textarea") ? field : field.querySelector(":is(input, select, textarea):not([type=hidden], .file-kept)") ?? field;
  control.scrollIntoView({ block: "center" });
  if (control.tomselect) control.tomselect.focus();
  else control.focus();
}

// Keys.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const control = event.ctrlKey || event.metaKey;
  if (control && (event.key.toLowerCase() === "s" || event.key === "Enter")) return void submit(event);
  if (document.querySelector("dialog[open]:not(.made)")) return;
  if (event.key === "Enter" && !control && !event.altKey) return void goOn(event);
  if (document.querySelector("dialog[open]") || control) return;
  // While one types, Page Up and Page Down are the field's own; with Alt they lead to the neighbours from anywhere.
  if (event.altKey && !event.key.startsWith("Page")) return;
  const follow = { Escape: "[data-cancel], .card-read [data-back]", F9: "[data-copy-record]", F2: "[data-edit]", PageUp: "[data-previous]", PageDown: "[data-next]" }[event.key];
  if (!follow || (event.key.startsWith("Page") && !event.altKey && isTyping(event.target))) return;
  if (event.key === "Escape" && document.querySelector(".ts-wrapper.dropdown-active, details.menu[open], #found:not([hidden])")) return;
  const link = document.querySelector(follow);
  if (!link) return;
  event.preventDefault();
  link.click();
});

function submit(event) {
  const held = event.target.closest?.("form[data-card-form]") ?? document.querySelector(".made[open] form[data-card-form]") ?? form();
  if (!held) return;
  event.preventDefault();
  document.activeElement?.dispatchEvent(new Event("change", { bubbles: true }));
  // With Shift the next one begins where this one has been saved, where there is a button for it.
  const again = event.shiftKey ? document.querySelector(`button[form="${held.id}"][name=_then]`) : null;
  if (again) held.requestSubmit(again);
  else held.requestSubmit();
}

// Enter goes to the next field; in a text of several lines it stays what it is.
function goOn(event) {
  const held = event.target.closest?.("form[data-card-form]");
  if (!held || !event.target.matches("input:not([type=submit], [type=button]), select")) return;
  event.preventDefault();
  const fields = [...held.querySelectorAll("input:not([type=hidden], [tabindex='-1']), select:not(.tomselected), textarea, [data-line-add]")];
  const shown = fields.filter((field) => field.offsetParent && !field.disabled);
  const next = shown[shown.indexOf(event.target) + 1];
  if (!next) return void document.querySelector(`button[form="${held.id}"].btn-primary, [data-save]`)?.focus();
  next.focus();
  if (next.matches("input[type=text]")) next.select();
}

// In a record that is read, a double click on a field opens it for changes.
document.addEventListener("dblclick", (event) => {
  const field = event.target.closest?.(".card-read .read[id]");
  const edit = document.querySelector("[data-edit]");
  if (!field || !edit || event.target.closest("a")) return;
  location.href = `${edit.href}#${field.id}`;
});
if (form() && location.hash.startsWith("#f-")) requestAnimationFrame(() => reveal(document.getElementById(location.hash.slice(1))));

// A colour can be picked or typed.
document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.matches?.("[data-color-for]")) {
    document.getElementById(box.dataset.colorFor).value = box.value;
    box.removeAttribute("data-blank");
  } else if (box.closest?.(".color-field") && /^#[0-9a-f]{6}$/i.test(box.value)) {
    const other = box.closest(".color-field").querySelector("[data-color-for]");
    other.value = box.value;
    other.removeAttribute("data-blank");
  }
});

// What colleagues save comes in once the page is at rest.
addEventListener("load", () => setTimeout(() => import("./live.js").catch(() => null), 2000));
