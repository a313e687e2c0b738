// While somebody enters a record, others that it is like are told of below the field: an equal number, a similar name.
import { announce } from "./toasts.js";

const WAIT = 500;
let timer = 0;
let asked = 0;
let due = null;
let held = false;

function later(event) {
  const form = event.target.closest?.("form[data-alike]");
  if (!form || !form.dataset.alikeBy.split(" ").includes(event.target.name)) return;
  clearTimeout(timer);
  due = form;
  timer = setTimeout(() => ask(form), WAIT);
}

// Whoever saves at once, before the answer is there, is told first of what is equal; the next save saves.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (due !== form || form.dataset.record || !navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held) return;
  held = true;
  const { submitter } = event, before = tellings(form);
  clearTimeout(timer);
  await ask(form);
  due = null;
  held = false;
  const told = [...form.querySelectorAll("[data-alike-told]")].find((place) => place.querySelector("[data-equal]") && !before.includes(place.innerText));
  if (!told) return void form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  announce(told.innerText);
  told.scrollIntoView({ block: "center" });
  told.querySelector("a").focus();
}, true);

const tellings = (form) => [...form.querySelectorAll("[data-alike-told]")].map((place) => place.innerText);

async function ask(form) {
  const number = ++asked;
  const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const answer = await fetch(form.dataset.alike, { method: "POST", body: sent, headers: { Accept: "application/json" } }).catch(() => null);
  if (number === asked) due = null;
  if (!answer?.ok || number !== asked || !form.isConnected) return;
  const found = await answer.json().catch(() => ({}));
  if (number !== asked) return;
  for (const name of form.dataset.alikeBy.split(" ")) tell(form, name, found[name] ?? "");
}

// The place is there before it has anything to say, so that what it says is read out.
function tell(form, name, html) {
  const field = [...form.elements].find((input) => input.name === name)?.closest(".field");
  if (!field) return;
  let place = field.querySelector(":scope > [data-alike-told]");
  if (!place && !html) return;
  if (!place) {
    place = document.createElement("div");
    place.dataset.alikeTold = "";
    place.setAttribute("role", "status");
    field.append(place);
  }
  if (place.innerHTML !== html) place.innerHTML = html;
}

document.addEventListener("input", later);
document.addEventListener("change", later);
