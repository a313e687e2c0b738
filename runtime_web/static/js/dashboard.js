// A dashboard: a slow tile holds up no other, and all are asked for again when one wants that.
import { fillAll } from "./tiles.js";
import { announce } from "./toasts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-refresh]");
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  await fillAll();
  button.removeAttribute("aria-busy");
  announce(button.dataset.done);
});

fillAll();
