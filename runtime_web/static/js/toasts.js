// Toasts go by themselves after a while, unless the pointer or the focus rests on them; what is wrong stays.
const SECONDS = 10;

export function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}

function arm(toast) {
  if (toast.dataset.armed) return;
  toast.dataset.armed = "yes";
  if (toast.matches(".toast-wrong")) return;
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else toast.remove();
  };
  setTimeout(leave, SECONDS * 1000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dismiss]");
  if (button) button.closest("[data-toast]").remove();
});

const region = document.getElementById("toasts");
new MutationObserver(() => region.querySelectorAll("[data-toast]").forEach(arm)).observe(region, { childList: true });
region.querySelectorAll("[data-toast]").forEach(arm);
