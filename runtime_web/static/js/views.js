// Views of a list: what asks for a name or a number opens in a dialog, and without a script as a page.
import { isPlainClick } from "./keyboard.js";

const dialog = document.getElementById("view-dialog");

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-dialog]");
  if (!link || !dialog || !isPlainClick(event)) return;
  event.preventDefault();
  link.closest("details.menu")?.removeAttribute("open");
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return void location.assign(link.href);
  dialog.innerHTML = await answer.text();
  dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
});

// In a dialog the way back only closes it.
dialog?.addEventListener("click", (event) => {
  if (event.target.closest("a[data-close]") && isPlainClick(event)) event.preventDefault();
});
