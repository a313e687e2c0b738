// Rows of tables, and slips: a click anywhere opens the card, unless something in the row was meant or text was selected. A text
// that is cut off is shown whole while the pointer or the focus is on it.
import { showsDetailsOf } from "./details.js";
import { isPlainClick } from "./keyboard.js";

const rows = ":is(.page-list, .related) .rows tbody tr, .page-list [data-arranged] .slip";

function linkOf(event, except) {
  const row = event.target.closest?.(rows);
  if (!row || event.defaultPrevented || event.target.closest(except)) return null;
  return row.querySelector("a.open, a.slip-title");
}

document.addEventListener("click", (event) => {
  const link = linkOf(event, "a, button, input, label, .pick");
  if (!link || String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  // In a grid a click with the mouse chooses a cell.
  else if (event.pointerType === "mouse" && link.closest("[data-cells]")) return;
  else if (showsDetailsOf(link)) link.focus({ preventScroll: true });
  else if (isPlainClick(event)) link.click();
});

document.addEventListener("auxclick", (event) => {
  const link = event.button === 1 ? linkOf(event, "a, button, input, label") : null;
  if (link) window.open(link.href, "_blank", "noopener");
});

function unfold(event) {
  const cell = event.target.closest?.(".rows td, .chip-text, .read, .slip-title, .slip dd");
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.innerText;
}

document.addEventListener("mouseover", unfold);
document.addEventListener("focusin", unfold);
