// What stands in the tiles of a dashboard: each is asked for by itself, as large as it is.
const board = document.querySelector("[data-dashboard]");
const asked = new WeakMap();

async function ask(body, before) {
  await before;
  const size = new URLSearchParams({ width: body.clientWidth, height: body.clientHeight });
  body.setAttribute("aria-busy", "true");
  await window.htmx.ajax("GET", `${body.dataset.url}?${size}`, { source: body, target: body, swap: "innerHTML" });
  body.removeAttribute("aria-busy");
  if (!body.childElementCount) body.append(lost());
}

function lost() {
  const said = document.createElement("p");
  said.className = "tile-none";
  said.textContent = board.dataset.lost;
  return said;
}

// One question of a tile after the other: the last one tells how it is.
export function fill(tile) {
  const body = tile.querySelector(".tile-body");
  const answer = ask(body, asked.get(body));
  asked.set(body, answer);
  return answer;
}

export const fillAll = () => Promise.all([...board.querySelectorAll("[data-tile]")].map(fill));
