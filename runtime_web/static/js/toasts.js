// Toasts go by themselves after a while, unless the pointer or the focus rests on them, or another one lies over them; what
// is wrong stays. An answer that does not come is told by one, too.
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
    if (toast.nextElementSibling) setTimeout(leave, SECONDS * 1000);
    else if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
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

// An answer that never came, or that somebody else gave in the server's place while it was away: nothing on the page is
// exchanged for it, and one toast says so until an answer comes. The server's own faults come as toasts already.
let missed = null;

function miss(element) {
  missed?.remove();
  missed = document.getElementById("missed").content.firstElementChild.cloneNode(true);
  const said = element.closest?.("[data-offline]")?.dataset.offline;
  if (said) missed.querySelector("span").textContent = said;
  region.append(missed);
}

document.addEventListener("htmx:error", (event) => { if (event.detail.ctx) miss(event.target); });
document.addEventListener("htmx:before:response", (event) => {
  const { status, headers } = event.detail.ctx.response;
  if (status >= 500 && !headers.has("HX-Retarget")) {
    event.preventDefault();
    miss(event.target);
  } else {
    missed?.remove();
  }
});
