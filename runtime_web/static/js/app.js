// What every page does. Each module attaches itself once to the document, so parts swapped in by htmx need no set-up.
import "./menus.js";
import "./toasts.js";
import "./find.js";
import "./sign_in.js";
import "./keys.js";

// Where the server chooses the place of an answer htmx has but its selector; whoever listens asks for the element.
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  if (typeof ctx?.target === "string") ctx.target = document.querySelector(ctx.target);
}, true);
