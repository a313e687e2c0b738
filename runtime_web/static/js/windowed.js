// A long table scrolls as one: pages of rows come as one nears them and go when they are far, and what is not there has
// its room. Rows that are left out change nothing for the pager, which phones and browsers without scripts have alone.
import { keptTop } from "./back.js";

const desk = matchMedia("(min-width: 768px)");
const MOST_PAGES = 6;
const TALLEST = 8_000_000; // Browsers draw no element that is much taller.
const box = () => document.querySelector("#list [data-grid-scroll]");
const table = () => box()?.querySelector("table.rows[data-count]");

let shown = null; // { table, size, count, height, scale, above, below, at }

const bodies = () => [...shown.table.querySelectorAll("tbody[data-page]")];
const pageOf = (body) => Number(body.dataset.page);
const pages = () => Math.max(Math.ceil(shown.count / shown.size), pageOf(bodies().at(-1)) + (bodies().at(-1).dataset.next ? 1 : 0));
const roomOf = (many) => many * shown.size * shown.height * shown.scale;

// Another list, or another page of it: nothing of the old window stays.
function renew() {
  const same = shown?.search === location.search;
  for (const one of document.querySelectorAll("#list tbody.spacer")) one.remove();
  shown = null;
  if (!same) box()?.scrollTo({ top: 0 });
  begin();
}

function begin() {
  const found = table();
  if (shown?.table === found && found && shown.above.isConnected) return;
  shown = null;
  if (!found || !desk.matches) return;
  const body = found.querySelector("tbody[data-page]"), size = Number(found.dataset.size), count = Number(found.dataset.count);
  if (!body || (!body.dataset.next && !body.dataset.previous) || !body.rows.length) return;
  const height = body.offsetHeight / body.rows.length;
  if (!height) return;
  shown = { table: found, size, count, height, scale: Math.min(1, TALLEST / (count * height)), above: spacer(), below: spacer(), search: location.search };
  body.before(shown.above);
  body.after(shown.below);
  found.setAttribute("aria-rowcount", count + 1);
  number(body);
  const at = box().scrollTop;
  fit();
  // Where one stood: in a page that was opened by itself, or where one comes back to.
  const stored = keptTop();
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  box().scrollTop = back && stored && !begin.again ? stored : shown.above.offsetHeight + at;
  shown.at = box().scrollTop;
  begin.again = true;
}

function spacer() {
  const body = document.createElement("tbody");
  body.className = "spacer";
  body.setAttribute("aria-hidden", "true");
  return body;
}

// What is left out above and below has its room; where that shrinks more than what came takes, one stays at one's row.
function fit() {
  const [first, last] = [bodies()[0], bodies().at(-1)].map(pageOf);
  shown.above.style.height = `${roomOf(first - 1)}px`;
  shown.below.style.height = `${roomOf(Math.max(pages() - last, 0))}px`;
  shown.above.hidden = first === 1;
  shown.below.hidden = pages() <= last;
}

function number(body) {
  const before = (pageOf(body) - 1) * shown.size + 2;
  for (const [at, row] of [...body.rows].entries()) row.setAttribute("aria-rowindex", before + at);
}

async function fetched(url) {
  const asked = shown;
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  const html = answer?.ok && !answer.redirected ? await answer.text() : "";
  if (asked !== shown || !html) return null;
  const holder = document.createElement("template");
  holder.innerHTML = `<table>${html}</table>`;
  const body = holder.content.querySelector("tbody");
  if (!body?.rows.length) return null;
  hold();
  number(body);
  return body;
}

// Columns keep their widths whatever rows come.
function hold() {
  if (shown.table.matches(".held, .sized")) return;
  const heads = [...shown.table.tHead.rows[0].cells].map((head) => head.getBoundingClientRect().width);
  [...shown.table.querySelectorAll("col")].forEach((col, at) => col.setAttribute("width", Math.round(heads[at])));
  shown.table.classList.add("held");
}

async function extend(down) {
  const edge = down ? bodies().at(-1) : bodies()[0];
  const url = down ? edge.dataset.next : edge.dataset.previous;
  if (!url) return;
  const body = await fetched(url);
  if (!body || !edge.isConnected) return;
  const anchor = edge.getBoundingClientRect().top;
  if (down) edge.after(body);
  else edge.before(body);
  while (bodies().length > MOST_PAGES) drop(down ? bodies()[0] : bodies().at(-1));
  fit();
  box().scrollTop += edge.getBoundingClientRect().top - anchor;
  told();
}

// What somebody has ticked, or stands in, stays.
function drop(body) {
  if (body.contains(document.activeElement)) box().focus({ preventScroll: true });
  body.remove();
}

async function jump() {
  const at = box().scrollTop, row = at / (shown.height * shown.scale);
  const page = Math.min(Math.max(Math.floor(row / shown.size) + 1, 1), pages());
  if (bodies().some((body) => pageOf(body) === page)) return;
  const url = new URL(shown.table.dataset.rows, location.href);
  url.searchParams.set("page", page);
  const body = await fetched(url.href);
  if (!body || Math.abs(box().scrollTop - at) > box().clientHeight) return; // Somewhere else by now: the next look sees to it.
  for (const other of bodies()) drop(other);
  shown.above.after(body);
  fit();
  box().scrollTop = shown.above.offsetHeight + (row - (page - 1) * shown.size) * shown.height;
  told();
}

function told() {
  for (const name of ["grid:rows", "list:window"]) document.dispatchEvent(new CustomEvent(name));
  settle();
}

// What the view shows: the pages around it are there, or come.
function look() {
  if (!shown?.table.isConnected) return;
  const view = box().getBoundingClientRect(), first = bodies()[0].getBoundingClientRect(), last = bodies().at(-1).getBoundingClientRect();
  if (first.top > view.bottom || last.bottom < view.top + 33) return jump();
  const moved = box().scrollTop - shown.at;
  if (moved > 0 && last.bottom - view.bottom < view.height && bodies().at(-1).dataset.next) return extend(true);
  if (moved < 0 && view.top - first.top < view.height && bodies()[0].dataset.previous) return extend(false);
}

// The pager and the address name the page that one looks at; not while the address is that of a list which is under way.
function settle() {
  if (shown.search !== location.search) return;
  const middle = box().getBoundingClientRect().top + box().clientHeight / 2;
  const body = bodies().find((one) => one.getBoundingClientRect().bottom > middle) ?? bodies().at(-1);
  const text = document.querySelector(".pager-text[data-text]");
  const show = new Intl.NumberFormat(document.documentElement.lang).format;
  const first = (pageOf(body) - 1) * shown.size + 1;
  if (text) text.textContent = text.dataset.text.replace("{first}", show(first)).replace("{last}", show(first + body.rows.length - 1));
  const [before, after] = document.querySelector(".pager-steps")?.children ?? [];
  turn(before, "prev", body.dataset.previous);
  turn(after, "next", body.dataset.next);
  if (body.dataset.url && location.pathname + location.search !== body.dataset.url) history.replaceState(history.state, "", body.dataset.url);
  shown.search = location.search;
}

// A step of the pager: a link where there is a page, else a button that does nothing.
function turn(step, rel, url) {
  if (!step) return;
  const now = step.matches("a") === Boolean(url) ? step : document.createElement(url ? "a" : "button");
  if (now !== step) {
    now.className = "btn btn-sm btn-plain";
    now.append(...step.childNodes);
    if (url) Object.assign(now, { rel, id: `list-${rel === "prev" ? "previous" : "next"}` });
    else Object.assign(now, { type: "button", disabled: true });
    now.toggleAttribute("data-turn", Boolean(url));
    step.replaceWith(now);
  }
  if (url) now.href = url.replace("/rows?", "?");
}

// One look at a time; who scrolls on while rows are under way is looked after once they are there.
let looking = false, again = false;
async function follow() {
  again = true;
  if (looking) return;
  looking = true;
  try {
    while (again) {
      again = false;
      await look();
      await look();
      if (shown) shown.at = box().scrollTop;
    }
  } finally {
    looking = false;
  }
}

let waiting = 0, resting = 0;
document.addEventListener("scroll", (event) => {
  if (!shown || event.target !== box()) return;
  clearTimeout(waiting);
  clearTimeout(resting);
  waiting = setTimeout(follow, 60);
  resting = setTimeout(() => { if (shown?.table.isConnected) settle(); }, 250);
}, true);

document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx?.target?.id === "list") renew(); });
document.addEventListener("live:merged", begin);
begin();
