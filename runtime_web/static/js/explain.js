// Why a computed value is what it is, in a dialog over the page; without it the link leads to a page of its own.
import { isPlainClick } from "./keyboard.js";

let dialog = null;

function open(html) {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "sheet sheet-wide explain-dialog";
    dialog.setAttribute("aria-labelledby", "explained-title");
    document.body.append(dialog);
  }
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".sheet-body").scrollTop = 0;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[data-explain]");
  if (!link || !isPlainClick(event)) return;
  event.preventDefault();
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) open(await answer.text());
  else location.href = link.href;
});
