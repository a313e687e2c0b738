// Arranging a dashboard: tiles are dragged by their headings, or moved, resized and removed by their menus. Each step is
// kept at once.
import { fill } from "./tiles.js";
import { announce } from "./toasts.js";

const board = document.querySelector("[data-dashboard]");
const bar = document.querySelector(".dashboard-bar");
const LEAST = { width: 2, height: 1 };
const MOST = { width: 12, height: 8 };
const tiles = () => [...board.querySelectorAll("[data-tile]")];
let kept = Promise.resolve();

const layout = () => tiles().map(({ dataset }) => ({ tile: dataset.tile, width: Number(dataset.width), height: Number(dataset.height) }));

// One after the other, so that the last layout is the one that stays.
function keep() {
  const body = JSON.stringify(layout());
  kept = kept.then(() => send(body));
}

async function send(body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": board.dataset.token, "HX-Request": "true" };
  try {
    const answer = await fetch(`${board.dataset.url}/_layout`, { method: "POST", headers, body });
    if (!answer.ok) document.getElementById("toasts").insertAdjacentHTML("beforeend", await answer.text());
    else bar.querySelector("[data-original]")?.removeAttribute("hidden");
  } catch {
    location.reload();
  }
}

// Steps

function shift(tile, by) {
  const all = tiles();
  const to = all[all.indexOf(tile) + by];
  if (!to) return;
  if (by < 0) to.before(tile);
  else to.after(tile);
}

function size(tile, side, wanted) {
  const now = Math.min(Math.max(wanted, LEAST[side]), MOST[side]);
  const letter = side[0];
  tile.classList.remove(`tile-${letter}-${tile.dataset[side]}`);
  tile.classList.add(`tile-${letter}-${now}`);
  tile.dataset[side] = now;
}

function remove(tile) {
  const next = tile.nextElementSibling ?? tile.previousElementSibling;
  tile.remove();
  (next?.querySelector(".tile-menu > summary") ?? bar.querySelector("button")).focus();
}

const steps = {
  shift: (tile, by) => shift(tile, by),
  wider: (tile, by) => size(tile, "width", Number(tile.dataset.width) + by),
  higher: (tile, by) => size(tile, "height", Number(tile.dataset.height) + by),
  remove: (tile) => remove(tile),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".tile-menu button");
  const name = button && Object.keys(steps).find((one) => one in button.dataset);
  if (!name) return;
  const tile = button.closest("[data-tile]");
  steps[name](tile, Number(button.dataset[name]));
  // What moves in the page loses the focus on the way.
  if (tile.isConnected) button.focus();
  keep();
  if (name === "wider" || name === "higher") fill(tile);
  announce(button.textContent.trim());
});

document.querySelector("[data-arrange]").addEventListener("click", (event) => {
  const open = board.toggleAttribute("data-arranging");
  event.currentTarget.setAttribute("aria-pressed", String(open));
  bar.hidden = !open;
  sortable?.option("disabled", !open);
});

// Dragging

const sortable = window.Sortable && new window.Sortable(board, {
  draggable: ".tile",
  handle: ".tile-head",
  filter: ".tile-menu",
  preventOnFilter: false,
  // On a screen that one touches, a heading that is not held is scrolled by.
  delay: 150,
  delayOnTouchOnly: true,
  disabled: !board.hasAttribute("data-arranging"),
  onUpdate: keep,
});

// The corner of a tile is dragged to resize it, in whole columns and lines.
board.addEventListener("pointerdown", (event) => {
  const corner = event.target.closest?.(".tile-corner");
  if (!corner) return;
  const tile = corner.closest("[data-tile]");
  const from = tile.getBoundingClientRect();
  const [column, line] = [from.width / Number(tile.dataset.width), from.height / Number(tile.dataset.height)];
  const before = JSON.stringify(layout());
  const move = (to) => {
    size(tile, "width", Math.round((to.clientX - from.left) / column));
    size(tile, "height", Math.round((to.clientY - from.top) / line));
  };
  const end = () => {
    corner.removeEventListener("pointermove", move);
    if (JSON.stringify(layout()) === before) return;
    keep();
    fill(tile);
  };
  event.preventDefault();
  corner.setPointerCapture(event.pointerId);
  corner.addEventListener("pointermove", move);
  corner.addEventListener("lostpointercapture", end, { once: true });
});
