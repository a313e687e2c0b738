// Keeping a report: its forms send it as it stands, dialogs ask for its name, and what is saved already need not be saved.

const part = () => document.getElementById("report");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-keeps]")) form.elements.spec.value = part().dataset.spec;
});

const saved = document.querySelector("form[data-saved]");

function weigh() {
  saved.querySelector("[data-keep]").disabled = part().dataset.spec === saved.dataset.saved;
}

if (saved) {
  weigh();
  new MutationObserver(weigh).observe(document.querySelector(".report-main"), { childList: true });
}
