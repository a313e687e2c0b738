// Computed fields and defaults follow what is typed: the server finds them as a save would, and nothing stays of it.
import { showAnotherTab } from "./tabs.js";

const WAIT = 300;
let timer = 0;
let asked = 0;

function later(event) {
  const form = event.target.closest?.("form[data-preview]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(form), WAIT);
}

async function ask(form) {
  // A form that has been replaced while this waited says nothing any more.
  if (!form.isConnected) return;
  const number = ++asked;
  const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const answer = await answerTo(form.dataset.preview, sent);
  // Overtaken by what was typed since, or the form is no longer there.
  if (!answer || number !== asked || !form.isConnected) return;
  for (const place of form.querySelectorAll("[data-computed]")) {
    const shown = answer.computed[place.dataset.computed] ?? "";
    if (place.innerHTML !== shown) place.innerHTML = shown;
  }
  for (const part of form.querySelectorAll("[data-shown-if]")) {
    part.hidden = answer.hidden.includes(part.dataset.shownIf);
  }
  for (const label of form.querySelectorAll("[data-required-if]")) {
    const needed = answer.required.includes(label.dataset.requiredIf);
    label.classList.toggle("required", needed);
    document.getElementById(label.htmlFor)?.setAttribute("aria-required", String(needed));
  }
  showAnotherTab(form);
  // A blank is filled when it is saved; until then it is only said with what.
  for (const [name, text] of Object.entries(answer.defaults)) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement && input.type === "text") input.placeholder = text;
  }
}

async function answerTo(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

document.addEventListener("htmx:after:swap", (event) => {
  // A form that came back holds what was typed, of which only this knows what follows.
  const form = event.detail.ctx?.target?.id === "card" && document.querySelector("#card-form[data-preview]");
  if (form) ask(form);
});
document.addEventListener("input", later);
document.addEventListener("change", later);
