// A row that is shown, and the same row as the server has it now.

// What the server has said of a row or a section that is shown.
export const said = new WeakMap();

export const keyOf = (row) => row.dataset.id ?? `group ${row.dataset.group ?? row.innerText}`;

// The row that is to stand there: the very same where nothing differs, with its tick and its place under the cursor.
export const standing = (old, row) => (old && same(old, row) ? old : renewed(row, old));

function same(old, row) {
  const equal = said.has(old) ? said.get(old) === row.outerHTML : old.dataset.version === row.dataset.version && old.textContent === row.textContent;
  if (equal) said.set(old, row.outerHTML);
  return equal;
}

function renewed(row, old) {
  const now = document.importNode(row, true);
  said.set(now, row.outerHTML);
  const box = old?.querySelector(".pick input");
  if (box?.checked) now.querySelector(".pick input").checked = true;
  const focused = old?.contains(document.activeElement) ? [...old.querySelectorAll("a, button, input, td")].indexOf(document.activeElement) : -1;
  now.classList.add("row-new");
  if (old) old.replaceWith(now);
  if (focused >= 0) [...now.querySelectorAll("a, button, input, td")][focused]?.focus({ preventScroll: true });
  setTimeout(() => now.classList.remove("row-new"), 2500);
  return now;
}
