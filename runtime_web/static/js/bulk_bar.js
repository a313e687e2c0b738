// "All that were found" ticks every row of the page; taking one of them off means those that are ticked again.
document.addEventListener("change", (event) => {
  const all = document.querySelector("[data-bulk-all]");
  if (!all) return;
  if (event.target === all && all.checked) {
    const every = document.querySelector("[data-bulk] [data-pick-all]");
    if (every && !every.checked) every.click();
  } else if (event.target.matches?.("[data-bulk] .pick input") && !event.target.checked) {
    all.checked = false;
  } else {
    return;
  }
  document.dispatchEvent(new CustomEvent("list:ticked"));
});
