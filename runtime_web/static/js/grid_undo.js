// Undoing what was done in a grid, and doing it again. What was done is known by its act, so that it is taken back by the
// same door as everything else: what somebody has changed since stays theirs.
import { words } from "./grid_cells.js";
import { ask, here, show } from "./grid_sending.js";
import { announce } from "./toasts.js";

const MOST = 50;
const done = [];
const undone = [];
let toast = null;

document.addEventListener("grid:written", (event) => {
  const { said, undo: act, show } = event.detail;
  if (act) {
    done.push(act);
    done.splice(0, Math.max(0, done.length - MOST));
    undone.length = 0;
  }
  if (said) say(said, { act, show });
});

// What happened, with a way back and to what is new; one at a time, so that quick work does not pile them up.
export function say(text, { act = "", show = null, wrong = false } = {}) {
  toast?.remove();
  toast = document.createElement("div");
  toast.className = `toast-note toast-${wrong ? "wrong" : "done"}`;
  toast.dataset.toast = "";
  const icons = document.getElementById("grid-words").content.querySelectorAll("svg");
  toast.append(icons[wrong ? 1 : 0].cloneNode(true), Object.assign(document.createElement("span"), { textContent: text }));
  if (show) toast.append(Object.assign(document.createElement("a"), { className: "btn btn-sm btn-link", href: show.url, textContent: show.label }));
  if (act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-link", textContent: words().undo });
    button.addEventListener("click", () => (done.at(-1) === act ? undo() : take(act, [], undone)));
    toast.append(button);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn-close" });
  close.setAttribute("aria-label", words().dismiss);
  close.dataset.dismiss = "";
  toast.append(close);
  document.getElementById("toasts").append(toast);
  announce(text);
}

export function undo() {
  // What the last page has done stands in its toast.
  const form = [...document.querySelectorAll("#toasts form")].at(-1);
  if (!done.length && form) form.requestSubmit();
  else if (done.length) take(done.at(-1), done, undone);
  return Boolean(done.length || form);
}

export function redo() {
  if (undone.length) take(undone.at(-1), undone, done);
  return undone.length > 0;
}

let busy = false;
async function take(act, from, to) {
  if (busy) return;
  busy = true;
  const answer = await ask(`${here()}/cells/undo${location.search}`, { act });
  busy = false;
  if (answer.wrong) return void say(answer.wrong, { wrong: true });
  const at = from.indexOf(act);
  if (at >= 0) from.splice(at, 1);
  if (answer.act) to.push(answer.act);
  await show(answer.rows, answer.reload);
  say(answer.said, { wrong: answer.refused });
}
