// "?" shows which keys do what.
let sheet = null;

async function showKeys() {
  if (!sheet) {
    const answer = await fetch("/keys", { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    sheet = document.createElement("dialog");
    sheet.className = "sheet";
    sheet.innerHTML = await answer.text();
    document.body.append(sheet);
  }
  if (!sheet.open) sheet.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  showKeys();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-keys-help]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("details").open = false;
  showKeys();
});
