// What a page says is printed as it is on paper, by the browser's own dialog.
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-print]")) return;
  event.target.closest("details.menu")?.removeAttribute("open");
  window.print();
});
