// Tabs of a card: click or arrows. Which one is open stands in the address, so that a link and a reload show the same.

function tabs(bar) {
  return [...bar.querySelectorAll("[role=tab]:not([hidden])")];
}

function show(tab) {
  const bar = tab.closest("[data-tabs]");
  for (const other of bar.querySelectorAll("[role=tab]")) {
    const mine = other === tab;
    other.setAttribute("aria-selected", String(mine));
    other.tabIndex = mine ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls"))?.toggleAttribute("data-folded", !mine);
  }
  if (tab.closest("dialog, .details")) return;
  const address = new URL(location.href);
  address.searchParams.set("tab", tab.dataset.tab.replace("f-", ""));
  history.replaceState(history.state, "", address);
  const kept = document.querySelector("[data-tab-kept]");
  if (kept) kept.value = tab.dataset.tab.replace("f-", "");
}

export function showTabOf(element) {
  const panel = element.closest("[role=tabpanel][data-folded]");
  const tab = panel && document.getElementById(panel.getAttribute("aria-labelledby"));
  if (tab) show(tab);
}

// Where the open tab has just been hidden, the first one takes its place.
export function showAnotherTab(form) {
  for (const bar of form.querySelectorAll("[data-tabs]")) {
    const first = tabs(bar)[0];
    if (first && bar.querySelector("[role=tab][aria-selected=true][hidden]")) show(first);
  }
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (tab) show(tab);
});

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[data-tabs] [role=tab]");
  if (!tab) return;
  const all = tabs(tab.closest("[data-tabs]"));
  const at = all.indexOf(tab);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = all[(to + all.length) % all.length];
  show(next);
  next.focus();
});
