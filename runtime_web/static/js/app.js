// What every page does. Each module attaches itself once to the document, so parts swapped in by htmx need no set-up.
import "./menus.js";
import "./toasts.js";
import "./find.js";
import "./sign_in.js";
import "./keys.js";
