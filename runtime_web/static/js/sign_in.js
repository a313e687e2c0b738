// A session that expires under an open page: the log-in comes as a dialog over it, and afterwards every open form gets
// the new token. Nothing on the page is touched otherwise.
import { announce } from "./toasts.js";

const dialog = document.getElementById("sign-in");
dialog.dataset.stay = "yes";

function renew(token) {
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token;
  for (const holder of [document.body]) {
    for (const name of holder.getAttributeNames()) {
      if (name.startsWith("hx-headers")) holder.setAttribute(name, JSON.stringify({ "X-CSRFToken": token }));
    }
  }
}

function tokenIn(element) {
  return element.querySelector("[data-token]");
}

new MutationObserver(() => {
  const told = tokenIn(dialog);
  if (told) {
    renew(told.dataset.token);
    announce(told.textContent);
    dialog.close();
    dialog.replaceChildren();
  } else if (dialog.childElementCount && !dialog.open) {
    dialog.showModal();
  }
}).observe(dialog, { childList: true });

const live = document.getElementById("live");
new MutationObserver(() => {
  const told = tokenIn(live);
  if (told) renew(told.dataset.token);
}).observe(live, { childList: true });
