// <details class="menu"> closes by Esc, by a click outside, and when another opens; arrows move between its items.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".menu") || !menu.open) return;
  for (const other of openMenus()) {
    if (other !== menu && !other.contains(menu)) other.open = false;
  }
}, true);

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target instanceof Element ? event.target.closest("details.menu[open]") : null;
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input, select, textarea")) return;
  const items = [...menu.querySelectorAll("summary, .menu-list a, .menu-list button")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
  event.preventDefault();
});

// Dialogs: [data-opens] names the one that a button opens; one with something wrong in it is open from the start.
function openDialog(dialog) {
  dialog.showModal();
  dialog.querySelector("[aria-invalid], [autofocus]")?.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-opens]");
  if (!button) return;
  button.closest("details.menu")?.removeAttribute("open");
  openDialog(document.getElementById(button.dataset.opens));
});

const opened = document.querySelector("dialog[data-opened]");
if (opened) openDialog(opened);

// Choosing a role means sharing with roles.
document.addEventListener("change", (event) => {
  const role = event.target.closest?.(".sharing-roles input");
  if (role) role.closest(".sharing").querySelector("[value=roles]").checked = true;
});

// A click on the backdrop or on [data-close] closes them.
document.addEventListener("click", (event) => {
  const closing = event.target.closest?.("[data-close]");
  if (closing) closing.closest("dialog")?.close();
  else if (event.target instanceof HTMLDialogElement && event.target.matches(".sheet:not([data-stay])")) event.target.close();
});

// Folding the menu at the left needs no new page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("[data-side-form]")) return;
  event.preventDefault();
  const root = document.documentElement;
  const side = root.dataset.side === "narrow" ? "wide" : "narrow";
  root.dataset.side = side;
  form.elements.side.value = side;
  await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
});

// Copying a text that is shown once.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.lastChild.textContent = button.dataset.copied;
});
