// The time line of a record: it comes when it is seen; notes are written there, and @ offers people.
import { announce } from "./toasts.js";

const htmx = window.htmx;
const place = () => document.querySelector("[data-timeline]");
const body = () => document.getElementById("timeline-body");
const draft = () => document.querySelector("#note-form [data-note-text]");

// Coming

async function part(url) {
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true" } });
    return answer.ok ? await answer.text() : "";
  } catch {
    // The page is being left.
    return "";
  }
}

async function load(url) {
  const html = await part(url);
  if (!html || !body()) return;
  body().innerHTML = html;
  htmx.process(body());
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    load(entry.target.dataset.timeline).then(() => {
      body()?.removeAttribute("aria-busy");
      const wanted = /^#note-\d+$/.test(location.hash) && document.querySelector(location.hash);
      if (wanted) wanted.scrollIntoView({ block: "center" });
    });
  }
}, { rootMargin: "200px" });

export function watch() {
  if (place()) seen.observe(place());
}
watch();

// Something was written or done meanwhile: the list is new, what somebody is writing stays.
export async function refresh() {
  const list = document.getElementById("timeline-list");
  const current = document.querySelector(".timeline-only [aria-current]");
  if (!list || !current || list.querySelector("details[open].note-edit")) return;
  const fresh = new DOMParser().parseFromString(await part(current.href), "text/html").getElementById("timeline-list");
  if (!fresh || !list.isConnected || list.contains(document.activeElement)) return;
  list.replaceChildren(...fresh.childNodes);
  htmx.process(list);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-timeline-parts] a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const kept = draft()?.value;
  load(link.href).then(() => {
    if (kept && draft()) draft().value = kept;
    document.querySelector(".timeline-only [aria-current]")?.focus();
  });
});

// The form that was sent is gone with the swap, so that the event does not tell of it.
let sent = false;
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.target?.id !== "timeline-body") return;
  const wrong = body().querySelector("[autofocus], [aria-invalid]"), written = sent;
  sent = false;
  if (wrong) wrong.focus();
  else if (written) {
    announce(document.querySelector(".timeline-item .timeline-head")?.textContent ?? "");
    draft()?.focus();
  }
});

// What was begun is not lost by leaving.
addEventListener("beforeunload", (event) => {
  if (draft()?.value.trim()) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches?.("[data-note-form]")) return;
  sent = Boolean(htmx);
  if (!sent) event.target.removeAttribute("data-note-form");
});

// Naming people

let menu = null;
let offered = [];
let chosen = 0;
let asked = 0;

function beginning(input) {
  const before = input.value.slice(0, input.selectionStart);
  return before.match(/(?:^|[^\p{L}\p{N}])@([\p{L}\p{N}][\p{L}\p{N}.' -]{0,40})?$/u);
}

document.addEventListener("input", async (event) => {
  const input = event.target;
  if (!input.matches?.("[data-note-text]")) return;
  const found = beginning(input);
  if (!found) return close();
  // Until the answer is there, of what was offered only that which fits what stands there now.
  const typed = (found[1] ?? "").toLowerCase();
  if (menu) show(input, offered.filter((name) => name.toLowerCase().includes(typed)));
  const number = ++asked;
  const answer = await fetch(`/lookup/_user?q=${encodeURIComponent(found[1] ?? "")}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok || number !== asked) return;
  const { items } = await answer.json().catch(() => ({ items: [] }));
  if (number === asked && beginning(input)) show(input, items.slice(0, 8).map((item) => item.title));
});

function show(input, names) {
  close();
  // A name that stands there whole is no question any more.
  if (!names.length || names.some((name) => beginning(input)?.[1]?.trim().toLowerCase() === name.toLowerCase())) return;
  offered = names;
  chosen = 0;
  menu = document.createElement("ul");
  menu.className = "mention-menu";
  menu.id = "mention-menu";
  menu.setAttribute("role", "listbox");
  for (const name of names) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.id = `mention-${names.indexOf(name)}`;
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(input, name);
    });
    menu.append(option);
  }
  input.after(menu);
  input.setAttribute("aria-controls", menu.id);
  mark(input);
}

function mark(input) {
  [...menu.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
  input.setAttribute("aria-activedescendant", `mention-${chosen}`);
  menu.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(input, name) {
  const found = beginning(input);
  close();
  if (!found) return;
  const start = input.selectionStart - (found[1] ?? "").length;
  input.setRangeText(`${name} `, start, input.selectionStart, "end");
  input.focus();
}

function close() {
  asked++;
  for (const input of document.querySelectorAll("[aria-controls='mention-menu']")) {
    input.removeAttribute("aria-controls");
    input.removeAttribute("aria-activedescendant");
  }
  menu?.remove();
  menu = null;
}

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-note-text]")) close();
});

// Keys come here first: Escape in a text must not leave the card.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-note-form]");
  if (!form) return;
  if (menu && choose(event)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    const folded = form.closest("details");
    folded?.removeAttribute("open");
    (folded?.querySelector("summary") ?? event.target).focus();
    if (!folded) event.target.blur();
  }
}, true);

function choose(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) {
    chosen = (chosen + moves[event.key] + offered.length) % offered.length;
    mark(event.target);
  } else if (event.key === "Enter" || event.key === "Tab") take(event.target, offered[chosen]);
  else if (event.key === "Escape") close();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
