// Related records on a card: looked through and sorted in their place, and added to without leaving the card.
import { isPlainClick } from "./keyboard.js";
import { makeRecord } from "./made.js";
import { pickersReady } from "./picker.js";

const WAIT = 250;
let timer = 0;
let asked = 0;

async function show(section, url) {
  const number = ++asked;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  // Overtaken by what was typed since, or out of reach: what stands there stays.
  if (!answer?.ok || number !== asked || !section.isConnected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = section.querySelector("[data-related-rows]");
  const link = rows.contains(document.activeElement) ? document.activeElement.closest("[data-related-sort]") : null;
  const at = link ? [...rows.querySelectorAll("[data-related-sort]")].indexOf(link) : -1;
  rows.replaceChildren(...fresh.querySelector("[data-related-rows]").childNodes);
  rows.querySelectorAll("[data-related-sort]")[at]?.focus();
}

function wanted(section) {
  const url = new URL(section.dataset.related, location.href);
  const search = section.querySelector("[data-related-search]")?.value.trim();
  if (search) url.searchParams.set("q", search);
  const view = section.querySelector("[data-related-view]")?.value;
  if (view) url.searchParams.set("view", view);
  return url;
}

document.addEventListener("input", (event) => {
  const search = event.target.closest?.("[data-related-search]");
  if (!search) return;
  // What is looked for is nothing that could be saved.
  event.stopImmediatePropagation();
  clearTimeout(timer);
  timer = setTimeout(() => show(search.closest("[data-related]"), wanted(search.closest("[data-related]"))), WAIT);
}, true);

document.addEventListener("change", (event) => {
  const view = event.target.closest?.("[data-related-view]");
  if (!view) return;
  event.stopImmediatePropagation();
  show(view.closest("[data-related]"), wanted(view.closest("[data-related]")));
}, true);

document.addEventListener("keydown", (event) => {
  const search = event.target.closest?.("[data-related-search]");
  if (!search || !["Enter", "Escape", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  const section = search.closest("[data-related]");
  if (event.key === "ArrowDown") return void section.querySelector("a.open")?.focus();
  if (event.key === "Escape") search.value = "";
  clearTimeout(timer);
  show(section, wanted(section));
}, true);

document.addEventListener("click", async (event) => {
  const sort = event.target.closest?.("[data-related-sort]");
  if (sort && isPlainClick(event)) {
    event.preventDefault();
    return void show(sort.closest("[data-related]"), sort.href);
  }
  const add = event.target.closest?.("[data-related-add]");
  if (!add || !isPlainClick(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await pickersReady();
  makeRecord(add.href, "", (made) => { if (made) added(add.closest("[data-related]")); });
}, true);

// What was added may change what the card computes; a card that is being filled in keeps what is typed there.
async function added(section) {
  const url = wanted(section);
  if (!document.querySelector("#card.card-read")) return show(section, url);
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of fresh.querySelectorAll("#aside, #card .card-tabs, #card .card-tab")) {
    const here = part.id ? document.getElementById(part.id) : document.querySelector("#card .card-tabs");
    here?.replaceWith(part);
  }
  document.dispatchEvent(new CustomEvent("card:renewed"));
  const again = [...document.querySelectorAll("[data-related]")].find((one) => wanted(one).pathname === url.pathname);
  again?.querySelector("[data-related-add]")?.focus();
}
