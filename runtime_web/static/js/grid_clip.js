// Copying, pasting, filling and clearing cells. What is pasted is looked at by the server first; what does not fit is
// shown before anything is saved.
import { columns, headingNamed, rowOf, rows, seenIn, table, words } from "./grid_cells.js";
import { fault } from "./grid_edit.js";
import { rectangle } from "./grid_range.js";
import { ask, here, send, show } from "./grid_sending.js";
import { fromTable, toTable } from "./lines_texts.js";

const FEW = 200;
const NUMBERS = new Set(["integer", "decimal", "money", "percent"]);

// What a cell says, as a spreadsheet program reads it: numbers without the blanks between thousands.
export function textOf(cell) {
  const kind = [...cell.classList].find((name) => name.startsWith("cell-"))?.slice(5) ?? "";
  if (kind === "boolean") return cell.querySelector("svg") ? words().yes : words().no;
  if (kind === "rating") return cell.querySelector(".stars")?.getAttribute("aria-label").split("/")[0] ?? "";
  const text = cell.dataset.whole ?? cell.innerText.trim();
  if (!NUMBERS.has(kind)) return text;
  const unit = cell.querySelector(".unit")?.innerText ?? "";
  return text.replace(unit, "").replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-");
}

export function copyText() {
  const { rows: chosen, fields } = rectangle();
  return toTable(chosen.map((row) => fields.map((heading) => textOf(row.cells[heading.cellIndex]))));
}

// A list shows the beginning of a long text; what is copied is all of it, asked for as soon as its cell is chosen.
document.addEventListener("grid:ranged", async (event) => {
  const { rows: chosen, fields } = event.detail;
  const long = fields.filter((heading) => heading.dataset.edit === "long_text");
  for (const row of long.length ? chosen.slice(0, FEW) : []) {
    for (const heading of long) {
      const cell = row.cells[heading.cellIndex];
      if (cell.dataset.whole !== undefined || !cell.innerText.trim()) continue;
      const found = await ask(`${here()}/${row.dataset.id}/cell/${heading.dataset.field}`);
      if (typeof found.base === "string") cell.dataset.whole = found.base;
    }
  }
});

const canAdd = () => Boolean(document.querySelector("[data-new]"));

// Pastes rows of texts, from a cell on; without a cell they become new records.
export async function pasteText(text, cell) {
  const texts = fromTable(text);
  const named = cell ? null : byHeadings(texts[0]);
  const body = named ? texts.slice(1) : texts;
  const chosen = cell && rectangle();
  const fields = named ?? columns().slice(cell ? columns().findIndex((one) => one.cellIndex === cell.cellIndex) : 0);
  const wanted = chosen && body.length === 1 && body[0].length === 1 ? chosen.rows.map(() => chosen.fields.map(() => body[0][0])) : body;
  const into = cell ? await rowsFrom(chosen?.rows[0] ?? cell.closest("tr"), wanted.length) : [];
  if (!into) return void refuse(words().unreachable);
  const first = chosen ? columns().indexOf(chosen.fields[0]) : -1;
  write(wanted.map((line, at) => ({ row: into[at], line })), first >= 0 ? columns().slice(first) : fields, "paste");
}

// So many rows from one on, those included that are further down and have not come yet.
async function rowsFrom(row, many) {
  const listed = rows(), found = listed.slice(listed.indexOf(row), listed.indexOf(row) + many);
  let next = [...table().querySelectorAll("tbody[data-page]")].at(-1)?.dataset.next;
  while (found.length < many && next) {
    const answer = await fetch(next, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok) return null;
    const holder = document.createElement("template");
    holder.innerHTML = `<table>${await answer.text()}</table>`;
    const body = holder.content.querySelector("tbody");
    found.push(...(body?.querySelectorAll("tr[data-id]") ?? []));
    next = body?.dataset.next;
  }
  return found.slice(0, many);
}

// The headings that a first row of texts names; null where it names none, and is a record like the others.
function byHeadings(line) {
  const label = (heading) => (heading.querySelector(".th-sort")?.innerText ?? "").split("\n")[0].trim().toLowerCase();
  const found = line.map((text) => columns().find((one) => label(one) === text.trim().toLowerCase()));
  return found.length && found.every(Boolean) ? found : null;
}

// Which records rows are, and what they show: nobody overwrites what a colleague has written meanwhile.
const asked = (wanted, fields) => wanted.map(({ row, ...one }, at) => ({
  ...one, key: `r${at}`, id: row ? Number(row.dataset.id) : null, seen: row ? seenIn(rowOf(row.dataset.id) ?? row, fields) : {},
}));

async function write(lines, fields, kind) {
  const edited = fields.map((heading, at) => ({ heading, at })).filter(({ heading, at }) => heading.dataset.edit && at < (lines[0]?.line.length ?? 0));
  const kept = lines.filter(({ row }) => row || canAdd());
  if (!edited.length || !kept.length) return void refuse(words().closed);
  const named = edited.map(({ heading }) => heading.dataset.field);
  const wanted = kept.map(({ row, line }) => ({
    row, values: Object.fromEntries(edited.map(({ heading, at }) => [heading.dataset.field, line[at] ?? ""])),
  })).filter(({ row, values }) => row || Object.values(values).some(Boolean));
  const told = { left: lines.length - kept.length, columns: Math.max(0, (lines[0]?.line.length ?? 0) - edited.length), fields: named };
  await deliver(() => ({ rows: asked(wanted, named), kind, typed: "words" }), told);
}

function refuse(text) {
  const chosen = rectangle();
  if (chosen) fault({ id: chosen.rows[0].dataset.id, field: chosen.fields[0].dataset.field }, text);
}

// Small changes of what is there are saved at once, all or none; others are looked at first.
async function deliver(make, told) {
  const asks = ({ rows: sent }) => told.left > 0 || sent.length * told.fields.length > FEW || sent.some((row) => row.id === null);
  let body = null;
  let answer = await send(() => {
    body = make();
    return { ...body, check: asks(body) };
  });
  while (!answer.wrong && !answer.saved) {
    const { preview } = await import("./grid_preview.js");
    const decided = await preview(body, answer.faults, { ...told, titles: answer.titles });
    if (!decided?.length) return;
    body = { ...body, rows: decided };
    answer = await send(() => ({ ...body, check: false }));
  }
  if (answer.wrong) return void refuse(answer.wrong);
  await show(answer.rows, answer.reload);
  document.dispatchEvent(new CustomEvent("grid:written", { detail: answer }));
}

// The first row of the range goes into those below it; of one row, the row above.
export function fillDown() {
  const chosen = rectangle(), listed = rows();
  if (!chosen) return false;
  const source = chosen.rows.length > 1 ? chosen.rows[0] : listed[listed.indexOf(chosen.rows[0]) - 1];
  if (source) fill([source], chosen.rows.length > 1 ? chosen.rows.slice(1) : chosen.rows, chosen.fields);
  return true;
}

// Gives rows what others hold, these in turn.
function fill(from, into, headings) {
  const fields = headings.filter((one) => one.dataset.edit).map((one) => one.dataset.field);
  if (!fields.length) return refuse(words().closed);
  const wanted = into.map((row, at) => ({ row, values: {}, like: Number(from[at % from.length].dataset.id) }));
  return change(() => ({ rows: asked(wanted, fields), kind: "fill", fields }));
}

export function clear() {
  const chosen = rectangle();
  const fields = chosen?.fields.filter((one) => one.dataset.edit).map((one) => one.dataset.field) ?? [];
  const values = Object.fromEntries(fields.map((field) => [field, ""]));
  if (fields.length) change(() => ({ rows: asked(chosen.rows.map((row) => ({ row, values })), fields), kind: "clear" }));
  else refuse(words().closed);
  return true;
}

async function change(make) {
  let body = null;
  const answer = await send(() => (body = make()));
  if (answer.wrong) return void refuse(answer.wrong);
  await show(answer.rows, answer.reload);
  const first = answer.faults?.[0];
  if (first) {
    const row = body.rows.find((one) => one.key === first.key);
    const at = { id: String(row?.id ?? body.rows[0].id), field: headingNamed(first.field) ? first.field : rectangle()?.fields[0].dataset.field };
    return void fault(at, answer.faults.length > 1 ? `${first.text} ${words().more.replace("{count}", answer.faults.length - 1)}` : first.text);
  }
  document.dispatchEvent(new CustomEvent("grid:written", { detail: answer }));
}

// The handle at the corner of what is chosen: dragged down, it fills the rows it passes.
document.addEventListener("grid:ranged", (event) => {
  const { rows: chosen, fields } = event.detail;
  const corner = chosen.at(-1).cells[fields.at(-1).cellIndex];
  if (!fields.some((one) => one.dataset.edit)) return;
  const handle = document.createElement("span");
  handle.className = "fill-handle";
  handle.title = words().fill;
  handle.setAttribute("aria-hidden", "true");
  corner.append(handle);
});
let filling = null;
document.addEventListener("pointerdown", (event) => {
  if (!event.target.matches?.(".fill-handle")) return;
  event.preventDefault();
  filling = { chosen: rectangle(), into: [] };
});
document.addEventListener("pointermove", (event) => {
  if (!filling) return;
  const row = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("table.rows tbody tr[data-id]");
  const listed = rows(), last = listed.indexOf(filling.chosen.rows.at(-1)), to = row ? listed.indexOf(row) : -1;
  for (const old of filling.into) old.classList.remove("fills");
  filling.into = to > last ? listed.slice(last + 1, to + 1) : [];
  for (const one of filling.into) one.classList.add("fills");
});
document.addEventListener("pointerup", () => {
  if (!filling) return;
  const { chosen, into } = filling;
  filling = null;
  for (const one of into) one.classList.remove("fills");
  if (into.length) fill(chosen.rows, into, chosen.fields);
});
