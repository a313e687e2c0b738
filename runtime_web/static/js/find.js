// Quick search: "/" or Ctrl+K goes there, arrows walk through what was found, Enter opens it, Esc closes the list. As long
// as nothing is typed it offers what one did lately and what one can begin.
const input = document.getElementById("find");
const found = document.getElementById("found");

function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
}

function show(open) {
  found.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  if (!open) select(null);
}

function select(option) {
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
  const options = [...found.querySelectorAll("a[role=option]")];
  if (!options.length) return;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  select(options[at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length]);
}

function offer() {
  window.htmx.trigger(input, "palette");
}

// What was offered before anything was typed is no answer to what is typed.
function forget() {
  if (input.value.trim() && found.querySelector("[data-offered]")) found.replaceChildren();
}

if (input) {
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target);
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (!slash && !control) return;
    event.preventDefault();
    if (input.offsetParent) {
      input.focus();
      input.select();
      if (!input.value.trim()) offer();
    } else {
      location.href = input.form.action;
    }
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (found.hidden) input.blur();
      else show(false);
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (found.hidden && found.childElementCount) show(true);
      else if (found.hidden) offer();
      move(event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter") {
      const chosen = found.querySelector('[aria-selected="true"][href]');
      if (!chosen && !input.value.trim()) event.preventDefault();
      if (!chosen || found.hidden) return;
      event.preventDefault();
      chosen.click();
    }
  });

  // htmx fills the list; it is shown when it has something to say.
  new MutationObserver(() => {
    forget();
    show(found.childElementCount > 0 && input === document.activeElement);
  }).observe(found, { childList: true });
  input.addEventListener("input", forget);
  input.addEventListener("focus", () => { if (found.childElementCount && input.value.trim()) show(true); });
  document.addEventListener("click", (event) => { if (!input.form.contains(event.target)) show(false); });
  input.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !input.form.contains(event.relatedTarget)) show(false);
  });
}
