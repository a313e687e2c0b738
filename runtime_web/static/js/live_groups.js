// What stands in groups that are open comes up to date as lists do. Only groups that one sees are asked for, and few at once.
import { keyOf, standing } from "./live_rows.js";

const MOST = 5;
const seals = new WeakMap(); // What the server has sealed of a group, by the group's row.

export async function look(isBusy) {
  for (const row of opened().slice(0, MOST)) await lookInto(row, isBusy);
}

const own = (row) => [...row.parentElement.rows].filter((one) => one.dataset.in === row.dataset.group);

function opened() {
  const box = document.querySelector("#list [data-grid-scroll]"), view = box.getBoundingClientRect();
  const sees = (row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > view.top && top < view.bottom;
  };
  const toggles = [...box.querySelectorAll("a.group-toggle[data-load][aria-expanded=true]")];
  return toggles.map((toggle) => toggle.closest("tr")).filter((row) => [row, ...own(row)].some(sees));
}

async function lookInto(row, isBusy) {
  const { load } = row.querySelector("a.group-toggle").dataset;
  const answer = await fetch(load, { headers: { "HX-Request": "true", Live: seals.get(row) ?? "new" } }).catch(() => null);
  const sealed = answer?.ok && answer.headers.get("Live"), html = sealed && answer.status === 200 ? await answer.text() : "";
  // Where somebody has begun to type meanwhile, the same is asked once more.
  if (!sealed || !row.isConnected || isBusy()) return;
  seals.set(row, sealed);
  const holder = document.createElement("template");
  holder.innerHTML = `<table><tbody>${html}</tbody></table>`;
  if (html) renew(row, [...holder.content.querySelectorAll("tr")]);
}

const textOf = (row) => row.textContent.trim();

function renew(group, rows) {
  const shown = own(group);
  if (rows.some((row) => row.matches(".group-row"))) {
    const differs = rows.map(textOf).join() !== shown.map(textOf).join();
    if (differs) group.dispatchEvent(new CustomEvent("group:anew", { bubbles: true }));
    return;
  }
  // Further rows that somebody has asked for are on no first page of their group.
  const whole = !shown.some((row) => row.dataset.further !== undefined), here = new Map(shown.map((row) => [keyOf(row), row]));
  let before = group;
  for (const row of rows.filter((one) => one.dataset.id)) {
    row.dataset.in = group.dataset.group;
    const now = standing(here.get(keyOf(row)), row);
    if (now.previousElementSibling !== before) before.after(now);
    here.delete(keyOf(row));
    before = now;
  }
  for (const row of here.values()) if (whole && row.dataset.id) row.remove();
  document.dispatchEvent(new CustomEvent("grid:rows"));
}
