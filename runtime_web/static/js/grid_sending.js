// What a grid sends to the server, one thing after the other, and what it does with the answer: rows as they are now.
import { rowOf, words } from "./grid_cells.js";

const token = () => {
  for (const name of document.body.getAttributeNames()) {
    if (name.startsWith("hx-headers")) return JSON.parse(document.body.getAttribute(name));
  }
  return {};
};

export const here = () => location.pathname;

export async function ask(url, body) {
  const options = { headers: { Accept: "application/json", ...(body ? { "Content-Type": "application/json", ...token() } : {}) } };
  if (body) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  try {
    const answer = await fetch(url, options);
    if (answer.redirected || answer.status === 401) return { wrong: words().expired };
    return answer.ok ? await answer.json() : { wrong: words().failed };
  } catch {
    return { wrong: words().unreachable };
  }
}

// Two edits of one row must not overtake each other. What is sent is made when its turn has come: rows show by then what
// came of the edits before it.
let last = Promise.resolve();

export function send(make) {
  const sending = last.then(() => ask(`${here()}/cells${location.search}`, make()));
  last = sending.catch(() => null);
  return sending;
}

// Puts the rows of an answer in the places of those that are there; those that nobody may see any more go. Where more
// has changed than rows, the list is asked for anew.
export async function show(found, reload = false) {
  if (reload) await window.htmx.ajax("GET", location.href, { source: document.getElementById("list"), target: "#list", swap: "outerMorph" });
  for (const [id, html] of Object.entries(found ?? {})) {
    const old = rowOf(id);
    if (!old) continue;
    if (html === null) {
      old.remove();
      continue;
    }
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.firstElementChild;
    const box = old.querySelector(".pick input");
    if (box?.checked) fresh.querySelector(".pick input").checked = true;
    const focused = old.contains(document.activeElement) ? document.activeElement.closest("td")?.cellIndex : -1;
    old.replaceWith(fresh);
    if (focused >= 0) {
      const cell = fresh.cells[focused];
      cell.tabIndex = 0;
      (cell.querySelector("a.open") ?? cell).focus({ preventScroll: true });
    }
  }
  document.dispatchEvent(new CustomEvent("grid:rows"));
}
