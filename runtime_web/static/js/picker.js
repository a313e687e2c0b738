// Pickers: a <select data-picker="/lookup/client"> becomes a field in which one types to find a record. What was chosen
// lately comes first, a record that is not there yet can be made on the spot. In lines a picker is made when it is
// first needed, because an order may have hundreds of them.
import { makeRecord } from "./made.js";

const waiting = "select[data-picker]:not(.tomselected), select[data-local]:not(.tomselected)";
const inLines = (select) => Boolean(select.closest("[data-lines]"));

function words() {
  return document.getElementById("picker-words")?.dataset ?? {};
}

// Where a page has no form of its own, what pickers need comes with the first one that is opened over it.
let coming = null;
export async function pickersReady() {
  if (window.TomSelect || !words().script) return;
  coming ??= Promise.all([arrived("link", { rel: "stylesheet", href: words().sheet }), arrived("script", { src: words().script })]);
  await coming;
}

function arrived(tag, values) {
  return new Promise((done) => document.head.append(Object.assign(document.createElement(tag), values, { onload: done, onerror: done })));
}

function look(select) {
  return async function load(text, done) {
    const url = new URL(select.dataset.picker, location.href);
    url.searchParams.set("q", text);
    const form = select.closest("form");
    const entity = form?.dataset.entity;
    if (entity) url.searchParams.set("for", `${select.closest("[data-lines]")?.dataset.entity ?? entity}.${select.name.split(".").at(-1)}`);
    const found = await answerTo(url, select.dataset.asks ? said(form, select, url) : null);
    if (!found || text !== this.inputValue()) {
      // Out of reach, or overtaken by what was typed since: it may be asked for again.
      delete this.loadedSearches[text];
      done();
      if (!found) this.trigger("unmet");
      // The list that opens with the field may have taken the turn of what was typed at once.
      if (found && !this.loading) this.load(this.inputValue());
      return;
    }
    this.answered = text;
    keepChosen(this);
    done(found.items);
  };
}

function keepChosen(picker) {
  picker.clearOptions((option, value) => picker.items.includes(value));
}

// Whoever comes back to it may have changed meanwhile what the offer depends on.
function askAnew(picker) {
  picker.loadedSearches = {};
  picker.answered = null;
  keepChosen(picker);
  picker.load(picker.inputValue());
}

// What is offered depends on the record as it stands in the form.
function said(form, select, url) {
  url.searchParams.set("of", form.dataset.entity);
  url.searchParams.set("record", form.dataset.record ?? "");
  url.searchParams.set("at", select.name);
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

async function answerTo(url, body) {
  try {
    const answer = await fetch(url, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : { items: [] };
  } catch {
    return null;
  }
}

function remote(select) {
  return {
    valueField: "id",
    labelField: "title",
    searchField: ["title"],
    // The server has searched already, in every alphabet; what it gives is shown as it is, and nothing until then.
    score: function score(text) { return () => (this.answered === text ? 1 : 0); },
    sortField: [{ field: "$order" }],
    load: look(select),
    shouldLoad: () => true,
    preload: select.dataset.asks ? false : "focus",
    loadThrottle: 200,
    create: canMake(select) ? (text, done) => make(select, text, done) : false,
    createFilter: function fits(text) { return text !== "" && this.answered === text; },
  };
}

function canMake(select) {
  return select.dataset.new && !select.closest("dialog, .filter-panel");
}

function make(select, text, done) {
  makeRecord(select.dataset.new, text, (made) => done(made ? { id: String(made.id), title: made.title } : null));
  return undefined;
}

export function pick(select, open = false) {
  if (!window.TomSelect || select.tomselect) return;
  const many = select.multiple;
  const told = words();
  const picker = new window.TomSelect(select, {
    plugins: many ? ["remove_button"] : [],
    maxOptions: 250,
    selectOnTab: true,
    // What is chosen by Enter is what was typed, however quickly.
    refreshThrottle: 0,
    hidePlaceholder: true,
    closeAfterSelect: !many,
    clearAfterSelect: many,
    allowEmptyOption: false,
    ...(select.dataset.picker ? remote(select) : {}),
    render: {
      option_create: (data, escape) => `<div class="create" role="option">${(told.create ?? "+ {text}").replace("{text}", escape(data.input))}</div>`,
      no_results: () => `<div class="no-results" role="option" aria-disabled="true">${told.none ?? ""}</div>`,
      loading: () => `<div class="no-results" role="option" aria-disabled="true">…</div>`,
      not_loading: () => "",
    },
  });
  picker.wrapper.classList.remove("form-select");
  picker.control_input.setAttribute("aria-label", select.dataset.label ?? select.getAttribute("aria-label") ?? "");
  // The select stays in the form, but not in the way of those who cannot see that it is hidden.
  select.setAttribute("aria-hidden", "true");
  if (select.dataset.label) select.setAttribute("aria-label", select.dataset.label);
  if (select.hasAttribute("aria-describedby")) picker.control_input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
  // Backspace in a picker of one record empties it, so that a blank can be chosen.
  if (!many) picker.on("type", () => { if (picker.items.length && picker.control_input.value) picker.clear(true); });
  link(select, picker);
  if (select.dataset.asks) picker.on("focus", () => askAnew(picker));
  chooseWhatWasMeant(picker);
  if (select.autofocus || open) picker.focus();
}

// Enter and Tab choose what somebody has looked for, by typing or with the arrows: who only passes by leaves the field as
// it is. While the answer to what was typed is on its way they wait for it, so that nobody gets a record of an older list.
function chooseWhatWasMeant(picker) {
  let walked = false;
  let wanted = false;
  const isBehind = () => Boolean(picker.settings.load) && picker.answered !== picker.inputValue();
  picker.control_input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walked = true;
    if (event.key !== "Enter" && event.key !== "Tab") return;
    if (!picker.inputValue() && !walked) {
      picker.close();
      picker.clearActiveOption();
    } else if (isBehind()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      wanted = true;
      picker.trigger("awaited");
    }
  }, { capture: true });
  // A list that belongs to an earlier text is never shown again.
  const catchUp = () => {
    if (!isBehind()) return;
    keepChosen(picker);
    picker.load(picker.inputValue());
    picker.refreshOptions(false);
  };
  picker.on("focus", catchUp);
  picker.on("dropdown_open", catchUp);
  picker.on("type", () => { wanted = false; });
  picker.on("dropdown_close", () => { walked = false; });
  picker.on("load", () => {
    if (!wanted || isBehind()) return;
    wanted = false;
    const first = picker.dropdown_content.querySelector("[data-selectable]:not(.create)");
    if (first) picker.onOptionSelect(new Event("found"), first);
    else picker.trigger("unmet");
  });
}

// Beside a reference on a form, the record itself, in a tab of its own.
function link(select, picker) {
  if (!select.dataset.target || select.multiple || inLines(select)) return;
  const open = document.createElement("a");
  open.className = "picker-open";
  open.target = "_blank";
  open.rel = "noopener";
  open.title = words().open ?? "";
  open.setAttribute("aria-label", words().open ?? "");
  open.tabIndex = -1;
  open.innerHTML = document.getElementById("picker-words")?.innerHTML ?? "";
  const show = () => {
    open.hidden = !select.value;
    open.href = `${select.dataset.target}/${select.value}`;
  };
  picker.wrapper.append(open);
  picker.on("change", show);
  show();
}

export async function pickAll(root) {
  const selects = () => [...root.querySelectorAll(waiting)].filter((select) => !inLines(select));
  if (selects().length && !window.TomSelect) await pickersReady();
  for (const select of selects()) pick(select);
}

function whenNeeded(event) {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || !select.matches(waiting) || !inLines(select)) return;
  event.preventDefault();
  pick(select, true);
}

document.addEventListener("mousedown", whenNeeded);
document.addEventListener("focusin", whenNeeded);
document.addEventListener("htmx:after:swap", () => pickAll(document));
pickAll(document);
