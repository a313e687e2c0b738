// Quick search: "/" or Ctrl+K goes there, the first that is found is chosen, arrows choose another, Enter opens it and
// Ctrl+Enter the page with everything found, Esc closes. As long as nothing is typed it offers what one did lately and
// what one can begin. On a phone it takes the whole window.
const input = document.getElementById("find");
const form = input?.form;
const found = document.getElementById("found");
const opener = document.querySelector(".find-open");
const PAUSE = 150;

let pause = null; // until what is typed is asked for
let asking = null; // the request that is under way
let asked = null; // and the text that it asks for
let wanted = null; // the text whose first hit is to be opened as soon as it is known

const options = () => [...found.querySelectorAll("a[role=option]")];
const chosen = () => found.querySelector('[aria-selected="true"][href]');
// An answer says what it answers: one to an earlier text may be looked at, but Enter opens nothing of it.
const isAnswered = () => found.querySelector("[data-asked]")?.dataset.asked === input.value;

function ask() {
  clearTimeout(pause);
  if (asking && asked === input.value) return;
  window.htmx.trigger(input, "ask");
}

function show(open) {
  found.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  choose(open ? options()[0] : null);
}

function choose(option) {
  for (const other of found.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function move(step) {
  const all = options();
  if (all.length) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
}

// What is there for the text is shown at once, else it is asked for.
function offer() {
  if (isAnswered()) show(true);
  else ask();
}

function open() {
  if (!isAnswered()) {
    wanted = input.value;
    ask();
  } else if (found.hidden) {
    show(true);
  } else {
    chosen()?.click();
  }
}

function begin() {
  if (!input.offsetParent) form.classList.add("is-whole");
  input.focus();
  input.select();
  offer();
}

function close() {
  wanted = null;
  show(false);
  form.classList.remove("is-whole");
}

const keys = {
  Enter: (event) => (event.ctrlKey || event.metaKey ? form.requestSubmit() : open()),
  ArrowDown: () => (found.hidden ? offer() : move(1)),
  ArrowUp: () => (found.hidden ? offer() : move(-1)),
  Escape: () => {
    const nothing = found.hidden;
    close();
    if (!input.offsetParent) opener.focus();
    else if (nothing) input.blur();
  },
};

if (input) {
  const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target);
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (!slash && !control) return;
    event.preventDefault();
    begin();
  });

  input.addEventListener("keydown", (event) => {
    // Enter also ends what is put together from several keys.
    if (event.isComposing || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key](event);
  });

  input.addEventListener("input", () => {
    wanted = null;
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.target !== found) return;
    asking = ctx;
    asked = input.value;
    found.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx !== asking) return;
    asking = null;
    found.removeAttribute("aria-busy");
  });

  // htmx fills the list.
  new MutationObserver(() => {
    if (input !== document.activeElement) return;
    show(true);
    if (wanted !== null && isAnswered()) chosen()?.click();
  }).observe(found, { childList: true });

  input.addEventListener("click", () => { if (found.hidden) offer(); });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) close(); });
  form.querySelector(".find-close").addEventListener("click", () => {
    close();
    opener.focus();
  });
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    begin();
  });
}
