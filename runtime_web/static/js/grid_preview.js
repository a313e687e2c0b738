// What is about to be pasted, before anything is saved: how much of it changes what, and each cell that does not fit.
import { headingNamed, words } from "./grid_cells.js";

const MOST = 100;
let dialog = null;

const make = (tag, text, css) => Object.assign(document.createElement(tag), { textContent: text ?? "", className: css ?? "" });

// Asks what to do; the rows to be saved, or null.
export function preview(body, faults, told) {
  dialog ??= document.body.appendChild(make("dialog", "", "sheet sheet-wide paste-preview"));
  dialog.setAttribute("aria-labelledby", "paste-title");
  dialog.dataset.stay = "yes";
  return new Promise((done) => {
    const finish = (rows) => {
      dialog.onclose = null;
      dialog.close();
      dialog.replaceChildren();
      done(rows);
    };
    dialog.onclose = () => finish(null);
    dialog.replaceChildren(head(() => finish(null)), middle(body, faults, told), foot(body, faults, finish));
    dialog.showModal();
    dialog.querySelector("[data-first]").focus();
  });
}

function head(cancel) {
  const line = make("div", "", "sheet-head");
  const title = make("h2", words().pasteTitle);
  title.id = "paste-title";
  const close = make("button", "", "btn-close");
  close.type = "button";
  close.setAttribute("aria-label", words().cancel);
  close.addEventListener("click", cancel);
  line.append(title, close);
  return line;
}

const filled = (text, count) => text.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(count));

function middle(body, faults, told) {
  const place = make("div", "", "sheet-body");
  const fresh = body.rows.filter((row) => row.id === null).length;
  const said = [
    [words().pasteChanged, body.rows.length - fresh], [words().pasteNew, fresh], [words().pasteLeft, told.left],
    [words().pasteClosed, told.columns], [words().pasteWrong, faults.filter((one) => !one.seen).length],
    [words().pasteMeanwhile, faults.filter((one) => one.seen).length],
  ];
  const list = make("ul", "", "paste-said");
  for (const [text, count] of said) {
    if (count) list.append(make("li", filled(text, count), [words().pasteWrong, words().pasteMeanwhile].includes(text) ? "paste-wrong" : ""));
  }
  place.append(list, table(body, faults, told));
  return place;
}

function table(body, faults, { fields, titles }) {
  const byRow = Map.groupBy ? Map.groupBy(faults, (one) => one.key) : grouped(faults);
  const rows = [...body.rows].sort((a, b) => byRow.has(b.key) - byRow.has(a.key)).slice(0, MOST);
  const box = make("div", "", "paste-scroll"), grid = make("table", "", "rows");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-labelledby", "paste-title");
  const line = grid.createTHead().insertRow();
  for (const text of ["", ...fields.map((field) => headingNamed(field)?.querySelector(".th-sort")?.innerText.trim() ?? field)]) {
    const cell = make("th", text);
    cell.scope = "col";
    line.append(cell);
  }
  const rest = grid.createTBody();
  for (const row of rows) rest.append(lineOf(row, titles[row.id], byRow.get(row.key) ?? [], fields));
  box.append(grid);
  return box;
}

function grouped(faults) {
  const found = new Map();
  for (const one of faults) found.set(one.key, [...(found.get(one.key) ?? []), one]);
  return found;
}

function lineOf(row, called, faults, fields) {
  const line = document.createElement("tr");
  const title = row.id === null ? words().pasteRow : called ?? `#${row.id}`;
  const first = make("th", title, row.id === null ? "paste-fresh" : "");
  first.scope = "row";
  const besides = faults.filter((one) => !fields.includes(one.field));
  for (const one of besides) first.append(make("small", [headingNamed(one.field)?.innerText.trim(), one.text].filter(Boolean).join(": "), "paste-reason"));
  line.append(first);
  for (const field of fields) {
    const cell = make("td", row.values[field] ?? "");
    const wrong = faults.filter((one) => one.field === field);
    if (wrong.length) cell.className = "paste-bad";
    for (const one of wrong) cell.append(make("small", one.text, "paste-reason"));
    line.append(cell);
  }
  return line;
}

function foot(body, faults, finish) {
  const line = make("div", "", "sheet-foot");
  const button = (text, css, act) => {
    const one = make("button", text, `btn ${css}`);
    one.type = "button";
    one.addEventListener("click", act);
    line.append(one);
    return one;
  };
  const rest = faults.length ? without(body.rows, faults) : body.rows;
  const cancel = button(words().cancel, "btn-plain", () => finish(null));
  const save = rest.length ? button(faults.length ? filled(words().pasteRest, rest.length) : filled(words().pasteSave, rest.length), faults.length ? "btn-plain" : "btn-primary", () => finish(rest)) : null;
  const over = faults.some((one) => one.seen) ? without(known(body.rows, faults), faults.filter((one) => !one.seen)) : [];
  if (over.length) button(filled(words().pasteOver, over.length), "btn-plain", () => finish(over));
  (faults.length || !save ? cancel : save).dataset.first = "";
  return line;
}

// The rows of somebody who has been told what others have written meanwhile, and overwrites it.
function known(rows, faults) {
  const told = grouped(faults.filter((one) => one.seen));
  return rows.map((row) => ({ ...row, seen: { ...row.seen, ...Object.fromEntries((told.get(row.key) ?? []).map((one) => [one.field, one.seen])) } }));
}

// The rows without the cells that do not fit; a row that does not fit as a whole is left out.
function without(rows, faults) {
  const bad = grouped(faults);
  return rows.map((row) => {
    const wrong = bad.get(row.key) ?? [];
    if (wrong.some((one) => !(one.field in row.values))) return null;
    const names = new Set(wrong.map((one) => one.field));
    const values = Object.fromEntries(Object.entries(row.values).filter(([name]) => !names.has(name)));
    return Object.values(values).length ? { ...row, values } : null;
  }).filter(Boolean);
}
