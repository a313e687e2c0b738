// The cells of lines as texts, and texts as cells: what is copied to a spreadsheet program, and what comes from one.
const control = "input:not([type=hidden], .file-kept), select, textarea";

export function controlOf(cell) {
  return cell.querySelector("select") ?? cell.querySelector(control);
}

export function cellsOfRow(row) {
  return [...row.children].filter((cell) => !cell.matches(".line-do"));
}

export function nameOf(cell) {
  return controlOf(cell)?.name.split(".").at(-1) ?? "";
}

// What a cell says, as a spreadsheet program would have it.
export function textOf(cell) {
  const held = controlOf(cell);
  if (!held) return cell.innerText.trim();
  if (held.type === "checkbox") return String(held.checked);
  if (held.matches("select")) return [...held.selectedOptions].map((option) => option.textContent.trim()).filter(Boolean).join("; ");
  return held.value;
}

export function toTable(rows) {
  const quoted = (text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}

// Rows of texts from what a spreadsheet program has copied; every row becomes as long as the longest.
export function fromTable(text) {
  const rows = [[]];
  let cell = "";
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (inside) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') { cell += '"'; at++; }
      else inside = false;
    } else if (sign === '"' && cell === "") {
      inside = true;
    } else if (sign === "\t" || sign === "\n") {
      rows.at(-1).push(cell.replace(/\r$/, ""));
      cell = "";
      if (sign === "\n") rows.push([]);
    } else {
      cell += sign;
    }
  }
  rows.at(-1).push(cell.replace(/\r$/, ""));
  if (rows.length > 1 && rows.at(-1).join("") === "") rows.pop();
  const most = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(most - row.length).fill("")]);
}

// What a cell holds, so that it can be put back.
export function stateOf(cell) {
  const held = controlOf(cell);
  if (!held) return null;
  const fault = held.getAttribute("aria-invalid") === "true" ? held.title : "";
  if (held.type === "checkbox") return { text: String(held.checked), titles: [], fault };
  if (held.matches("select")) {
    const chosen = [...held.selectedOptions].filter((option) => option.value);
    return { text: chosen.map((option) => option.value).join(","), titles: chosen.map((option) => [option.value, option.textContent]), fault };
  }
  return { text: held.value, titles: [], fault };
}

// Puts into a cell what a text means: {text, titles, fault}. What does not fit stands there as it came, and is marked.
export function put(cell, meant) {
  const held = controlOf(cell);
  if (!held || held.disabled) return;
  if (held.type === "checkbox") held.checked = meant.text === "true";
  else if (held.matches("select")) choose(held, meant);
  else write(held, meant.text);
  mark(held, meant.fault);
}

// What is no date cannot stand in an input for dates, and must not vanish there.
function write(input, text) {
  input.value = text;
  if (input.value === text || input.matches("textarea")) return;
  input.type = "text";
  input.value = text;
}

function choose(select, meant) {
  // A name that nothing bears is no choice; it stands there as one, behind a question mark, and a save refuses it at this
  // cell. A bare number would be taken for the record that has it.
  const listed = !select.matches("[data-picker]");
  const wanted = meant.titles.length || !meant.text ? meant.titles : [[listed ? meant.text : `?${meant.text}`, meant.text]];
  for (const [value, title] of wanted) {
    if ([...select.options].some((option) => option.value === value)) continue;
    if (listed && !meant.fault) continue;
    if (select.tomselect) select.tomselect.addOption({ id: value, title, value, text: title });
    else select.add(new Option(title, value));
  }
  const values = wanted.map(([value]) => value);
  if (select.tomselect) return select.tomselect.setValue(select.multiple ? values : values[0] ?? "", true);
  for (const option of select.options) option.selected = values.length ? values.includes(option.value) : option.value === "";
}

export function mark(held, fault) {
  const cell = held.closest("td");
  held.classList.toggle("is-invalid", Boolean(fault));
  held.tomselect?.wrapper.classList.toggle("is-invalid", Boolean(fault));
  cell.classList.toggle("cell-wrong", Boolean(fault));
  if (fault) {
    held.setAttribute("aria-invalid", "true");
    held.title = cell.title = fault;
  } else {
    held.removeAttribute("aria-invalid");
    for (const element of [held, cell]) element.removeAttribute("title");
  }
}
