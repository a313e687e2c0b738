// Attached files over the page: pictures, PDF and texts, one after the other; anything else is opened or saved as ever.
import { isPlainClick } from "./keyboard.js";

let dialog = null;
let links = [];
let at = 0;

function open() {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "sheet shown-file";
    dialog.setAttribute("aria-labelledby", "shown-name");
    dialog.append(document.getElementById("preview-words").content.cloneNode(true));
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      body().replaceChildren();
      if (links[at]?.isConnected) links[at].focus();
    });
    dialog.addEventListener("click", (event) => {
      const step = event.target.closest?.("[data-shown-step]");
      if (step) show(at + Number(step.dataset.shownStep));
    });
    dialog.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by && !event.target.matches("pre")) show(at + by);
      // What a key does to the card or the list below is not meant here.
      event.stopPropagation();
    });
  }
  if (!dialog.open) dialog.showModal();
}

const body = () => dialog.querySelector(".shown-body");
const part = (name) => dialog.querySelector(`[data-shown-${name}]`);

function show(number) {
  if (number < 0 || number >= links.length) return;
  at = number;
  const link = links[at], name = link.title || link.textContent.trim() || link.querySelector("img")?.alt || "";
  dialog.querySelector("#shown-name").textContent = name;
  part("at").textContent = links.length > 1 ? part("at").dataset.text.replace("{at}", at + 1).replace("{count}", links.length) : "";
  part("open").href = part("save").href = link.href;
  for (const step of dialog.querySelectorAll("[data-shown-step]")) {
    step.hidden = links.length < 2;
    step.disabled = !links[at + Number(step.dataset.shownStep)];
  }
  body().dataset.kind = link.dataset.preview;
  fill(link, name);
}

async function fill(link, name) {
  const kind = link.dataset.preview, number = at;
  if (kind === "text") {
    const answer = await fetch(link.href).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;
    if (number !== at || !dialog.open) return;
    return void (text === null ? lost() : put("pre", { textContent: text }));
  }
  if (kind === "pdf") return void (navigator.pdfViewerEnabled ? put("iframe", { src: `${link.href}?framed`, title: name }) : lost());
  put("img", { src: link.href, alt: name }).addEventListener("error", lost, { once: true });
}

function put(tag, values) {
  const element = Object.assign(document.createElement(tag), values);
  body().replaceChildren(element);
  return element;
}

function lost() {
  put("p", { textContent: document.getElementById("preview-words").dataset.lost, className: "muted" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-preview]");
  if (!link?.dataset.preview || !isPlainClick(event) || !document.getElementById("preview-words")) return;
  event.preventDefault();
  event.stopPropagation();
  const around = link.closest(".card-tab, .details, table, .gallery") ?? document.body;
  links = [...around.querySelectorAll("a[data-preview]")].filter((one) => one.dataset.preview && one.offsetParent);
  open();
  show(Math.max(links.indexOf(link), 0));
  body().focus();
}, true);
