// The panel beside a list: what the record of the chosen row holds, so that one need not open its card. The panel follows
// the focus, whatever moves it: a click, the arrows, the cells of a grid. F4 opens and closes it.
import "./tabs.js";

const WAIT = 120;
const ROWS = ".page-list #list :is(.rows tbody tr, [data-arranged] .slip)";
const LINKS = "#list :is(.rows tbody a.open, .slip-title)";
const panel = document.getElementById("details");
const root = document.documentElement;
const wide = matchMedia("(min-width: 1000px)");
let chosen = "";
let row = null;
let timer = 0;
let asking = null;

const isOpen = () => Boolean(panel) && wide.matches && root.dataset.details === "open";
const linkIn = (element) => element?.closest?.(ROWS)?.querySelector("a.open, a.slip-title") ?? null;

// Whether a click on the row of this link shows its details rather than opening its card.
export function showsDetailsOf(link) {
  return isOpen() && Boolean(linkIn(link));
}

function choose(link) {
  if (!link) return;
  const changed = link.pathname !== chosen;
  chosen = link.pathname;
  row = link.closest(ROWS);
  mark();
  if (!isOpen() || !changed) return;
  clearTimeout(timer);
  timer = setTimeout(() => show(link), WAIT);
}

function mark() {
  for (const other of document.querySelectorAll("#list .row-chosen")) other.classList.toggle("row-chosen", other === row && isOpen());
  if (isOpen()) row?.classList.add("row-chosen");
}

// The newest question counts: who walks through a list is never shown the record of a row that is left already.
async function show(link) {
  asking?.abort();
  const mine = asking = new AbortController();
  try {
    const answer = await fetch(`${link.pathname}/glance${link.search}`, { headers: { "HX-Request": "true" }, signal: mine.signal });
    const text = answer.ok ? await answer.text() : "";
    if (mine.signal.aborted) return;
    if (text) fill(text);
    else say(panel.dataset.gone);
  } catch (error) {
    if (error.name !== "AbortError") say(panel.dataset.gone);
  }
}

function fill(html) {
  const top = panel.querySelector(".details-body")?.scrollTop ?? 0;
  const tab = panel.querySelector("[role=tab][aria-selected=true]")?.id;
  const same = panel.dataset.of === chosen;
  panel.innerHTML = html;
  panel.dataset.of = chosen;
  window.htmx?.process(panel);
  // Who looks at the payments of one order looks at those of the next.
  if (tab) panel.querySelector(`#${CSS.escape(tab)}[aria-selected=false]`)?.click();
  if (same) panel.querySelector(".details-body").scrollTop = top;
}

function say(text) {
  const said = document.createElement("p");
  said.className = "details-none";
  said.textContent = text;
  panel.replaceChildren(said);
  delete panel.dataset.of;
}

function toggle(open = root.dataset.details !== "open") {
  const inside = panel.contains(document.activeElement);
  root.dataset.details = open ? "open" : "closed";
  remember();
  showToggle();
  if (open) openNow();
  else if (inside) linkOf(chosen)?.focus();
  mark();
}

function openNow() {
  sheet();
  const link = linkOf(chosen) ?? document.querySelector(LINKS);
  if (!link) return say(panel.dataset.none);
  chosen = link.pathname;
  row = link.closest(ROWS);
  mark();
  show(link);
}

const linkOf = (path) => [...document.querySelectorAll(LINKS)].find((link) => link.pathname === path);

// How a card looks is loaded with the first one.
function sheet() {
  if (document.querySelector(`link[href="${CSS.escape(panel.dataset.sheet)}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = panel.dataset.sheet;
  document.querySelector("link[rel=stylesheet]").after(link);
}

function remember() {
  const form = document.querySelector("[data-side-form]");
  const sent = new FormData();
  sent.set("details", root.dataset.details);
  sent.set("csrf_token", form.elements.csrf_token.value);
  fetch(form.action, { method: "POST", body: sent, headers: { "HX-Request": "true" } }).catch(() => null);
}

function showToggle() {
  for (const button of document.querySelectorAll("[data-details-toggle]")) button.setAttribute("aria-expanded", String(isOpen()));
}

if (panel) {
  document.addEventListener("focusin", (event) => choose(linkIn(event.target)));
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-details-toggle]")) toggle();
    else if (event.target.closest?.("[data-details-close]")) toggle(false);
  });
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    if (!plain || document.querySelector("dialog[open]")) return;
    if (event.key === "F4" && wide.matches) {
      event.preventDefault();
      toggle();
    } else if (event.key === "Escape" && !event.defaultPrevented && panel.contains(event.target)) {
      linkOf(chosen)?.focus();
    }
  });
  // Rows come and go; where the chosen one was made anew, so is what is said of it.
  let settling = 0;
  new MutationObserver(() => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      showToggle();
      const link = chosen ? linkOf(chosen) : null;
      if (!link || link.closest(ROWS) === row) return;
      row = link.closest(ROWS);
      mark();
      if (isOpen()) show(link);
    }, WAIT);
  }).observe(document.querySelector(".list-and-details"), { childList: true, subtree: true, attributes: false });
  wide.addEventListener("change", () => { if (isOpen() && !panel.dataset.of) openNow(); });
  showToggle();
  if (isOpen()) openNow();
}
