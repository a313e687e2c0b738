// A report: lines fold and unfold. What belongs to a line follows it and lies deeper.

function below(row) {
  const rows = [];
  const depth = Number(row.dataset.depth);
  for (let next = row.nextElementSibling; next && Number(next.dataset.depth) > depth; next = next.nextElementSibling) rows.push(next);
  return rows;
}

function fold(button, open) {
  button.setAttribute("aria-expanded", String(open));
  const row = button.closest("tr");
  // What is folded inside stays folded when it comes to light again.
  let closed = Infinity;
  for (const one of below(row)) {
    const depth = Number(one.dataset.depth);
    if (depth <= closed) closed = Infinity;
    one.hidden = !open || closed < depth;
    if (one.querySelector("[data-fold][aria-expanded=false]")) closed = Math.min(closed, depth);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-fold]");
  if (button) fold(button, button.getAttribute("aria-expanded") !== "true");
  const all = event.target.closest?.("[data-fold-all]");
  if (!all) return;
  const open = all.getAttribute("aria-expanded") !== "true";
  all.setAttribute("aria-expanded", String(open));
  for (const one of all.closest("table").querySelectorAll("[data-fold]")) fold(one, open);
});
