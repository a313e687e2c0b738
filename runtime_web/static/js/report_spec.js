// Changes of a report as data. Each function changes the report that it is given, and returns where the chip that was
// meant stands then: its well and its position, or its name among values and filters.
const NAMED = ["values", "filters"];
const isNamed = (well) => NAMED.includes(well);

export function put(report, well, field, at = Infinity) {
  if (isNamed(well)) return putNamed(report, well, field, at);
  const list = [...(report[well] ?? [])];
  const taken = { field: field.path, ...(field.kind === "date" ? { by: "month" } : {}) };
  const place = Math.min(at, list.length);
  list.splice(place, 0, taken);
  report[well] = list;
  return [well, String(place)];
}

function putNamed(report, well, field, at) {
  const name = freeName(report[well] ?? {}, field.path);
  const taken = { field: field.path, ...(well === "values" && field.kind !== "number" ? { aggregate: "count" } : {}) };
  const entries = Object.entries(report[well] ?? {});
  entries.splice(Math.min(at, entries.length), 0, [name, taken]);
  report[well] = Object.fromEntries(entries);
  return [well, name];
}

function freeName(known, path) {
  const stem = path.split(".").at(-1).slice(0, 36);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem}_${number}`;
    if (!(name in known)) return name;
  }
}

export function remove(report, well, at) {
  if (isNamed(well)) {
    const { [at]: gone, ...rest } = report[well];
    report[well] = rest;
    if (well === "values") forget(report, at);
    return gone;
  }
  const [gone] = report[well].splice(Number(at), 1);
  return gone;
}

// What was sorted by a value that is gone is sorted by its name again.
function forget(report, value) {
  for (const one of [...(report.rows ?? []), ...(report.columns ?? [])]) {
    if (one.sort === value || one.sort === `-${value}`) delete one.sort;
    if (one.top?.by === value) delete one.top.by;
  }
}

export function move(report, from, at, field, to, place = Infinity) {
  if (from === to) return shift(report, from, at, place);
  remove(report, from, at);
  return put(report, to, field, place);
}

export function shift(report, well, at, place) {
  if (isNamed(well)) {
    const entries = Object.entries(report[well]);
    const [one] = entries.splice(entries.findIndex(([name]) => name === at), 1);
    entries.splice(place, 0, one);
    report[well] = Object.fromEntries(entries);
    return [well, at];
  }
  const [one] = report[well].splice(Number(at), 1);
  report[well].splice(place, 0, one);
  return [well, String(Math.min(place, report[well].length - 1))];
}

export function positionOf(report, well, at) {
  return isNamed(well) ? Object.keys(report[well]).indexOf(at) : Number(at);
}

export function share(report, name) {
  const { label, ...measure } = report.values[name];
  const entries = Object.entries(report.values);
  const copy = freeName(report.values, `${name}_share`);
  entries.splice(entries.findIndex(([one]) => one === name) + 1, 0, [copy, { ...measure, show_as: "percent_of_total" }]);
  report.values = Object.fromEntries(entries);
  return ["values", copy];
}

// Hierarchies: a dimension with further levels below it, of which so many are open.
export function openLevel(report, well, at, number) {
  const one = report[well][at];
  if (number > one.below.length) delete one.open;
  else one.open = number;
}

export function byLevels(report, well, at, parts) {
  const [first, ...rest] = parts;
  Object.assign(report[well][at], { by: first, below: rest.map((by) => ({ by })), open: 1 });
  return [well, at];
}

export function nest(report, well, at) {
  const list = report[well];
  const [one] = list.splice(Number(at), 1);
  const above = list[at - 1];
  const level = ({ field, by, ranges }) => ({ field, ...(by ? { by } : {}), ...(ranges ? { ranges } : {}) });
  above.below = [...(above.below ?? []), level(one), ...(one.below ?? []).map((below) => level({ field: one.field, ...below }))];
  delete above.open;
  return [well, String(at - 1)];
}

export function apart(report, well, at) {
  const list = report[well];
  const { below, open, ...one } = list[at];
  let field = one.field;
  list.splice(Number(at), 1, one, ...below.map((level) => { field = level.field ?? field; return { ...level, field }; }));
  return [well, at];
}

// A value that is computed: of other values ("formula"), or of each record ("expression"). Its text is typed next.
export function compute(report, kind) {
  const values = report.values ?? {};
  const name = freeName(values, kind);
  const first = Object.keys(values).find((one) => !values[one].formula);
  report.values = { ...values, [name]: { [kind]: kind === "formula" ? first ?? "1" : "1" } };
  return ["values", name, kind];
}

export function sortBy(report, value) {
  const rows = report.rows ?? [];
  const now = rows.at(-1)?.sort ?? "label";
  // Numbers are first asked for from the largest down, names from the first.
  const first = value === "label" ? "label" : `-${value}`;
  const second = value === "label" ? "-label" : value;
  for (const one of rows) one.sort = now === first ? second : first;
}

const setters = {
  "top.n": (one, value) => { if (value) one.top = { ...one.top, n: value }; else delete one.top; },
  "top.others": (one, value) => { one.top = { ...one.top, others: value }; },
  "top.bottom": (one, value) => { one.top = { ...one.top, bottom: value }; },
  any_of: (one, value) => filterBy(one, value.every((text) => ["true", "false"].includes(text)) ? "is" : "any_of", value),
  contains: (one, value) => filterBy(one, "contains", value ? [value] : []),
  during: (one, value) => { delete one.operator; delete one.values; if (value) one.during = value; else delete one.during; },
};

function filterBy(one, operator, values) {
  delete one.during;
  if (!values.length) {
    delete one.operator;
    delete one.values;
    return;
  }
  one.operator = operator;
  one.values = operator === "is" ? values.slice(-1) : values;
}

export function set(report, well, at, key, value) {
  const one = report[well][at];
  if (setters[key]) setters[key](one, value);
  else if (value === "" || value === null || (Array.isArray(value) && !value.length)) delete one[key];
  else one[key] = value;
}

export function bound(report, at, kind, first, last) {
  const [from, until] = kind === "date" ? ["from", "until"] : ["ge", "le"];
  const operator = first && last ? "between" : first ? from : until;
  filterBy(report.filters[at], operator, [first, last].filter(Boolean));
}
