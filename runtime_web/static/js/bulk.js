// What is done with many records: of the fields only the chosen one is shown and sent.
import "./picker.js";

function show(form) {
  const wanted = form.querySelector("[data-bulk-of]").value;
  for (const part of form.querySelectorAll("[data-bulk-field]")) {
    part.hidden = part.disabled = part.dataset.bulkField !== wanted;
  }
}

for (const form of document.querySelectorAll("[data-bulk-form]")) {
  show(form);
  form.querySelector("[data-bulk-of]").addEventListener("change", () => show(form));
}
