// Headings by the mouse: their edges make columns wider, and dragged they change places, or go where others take them.
import { fit, heads, keep, keepQuietly, setWidth, size, table, widthOf } from "./layout.js";

const FAR = 6;

const backwards = () => getComputedStyle(table()).direction === "rtl";

document.addEventListener("pointerdown", (event) => {
  if (event.button || event.pointerType === "touch") return;
  const head = event.target.closest?.(".page-list thead th[data-field]");
  if (!head) return;
  if (event.target.closest("[data-heading-grip]")) resize(event, head);
  else if (!event.target.closest("input")) drag(event, head);
});

document.addEventListener("dblclick", (event) => {
  const head = event.target.closest?.("[data-heading-grip]")?.closest("th");
  if (head) fit(head);
});

function resize(event, head) {
  event.preventDefault();
  size();
  const [from, began] = [event.clientX, widthOf(head)];
  const move = (moved) => setWidth(head, began + (backwards() ? from - moved.clientX : moved.clientX - from));
  follow(event, head, move, () => { if (widthOf(head) !== began) keepQuietly(); }, () => setWidth(head, began));
}

// Follows the pointer until it is let go or Esc gives up.
function follow(event, head, move, done, gaveUp) {
  const stop = new AbortController();
  const { signal } = stop;
  document.documentElement.classList.add("is-dragging");
  const end = (work) => (ended) => {
    stop.abort();
    document.documentElement.classList.remove("is-dragging");
    work(ended);
  };
  document.addEventListener("pointermove", move, { signal });
  document.addEventListener("pointerup", end(done), { signal });
  document.addEventListener("pointercancel", end(gaveUp), { signal });
  document.addEventListener("keydown", (pressed) => {
    if (pressed.key !== "Escape") return;
    pressed.stopImmediatePropagation();
    end(gaveUp)();
  }, { signal, capture: true });
}

function drag(event, head) {
  let carried = null;
  const move = (moved) => {
    if (!carried && Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < FAR) return;
    carried ??= carry(head);
    carried.to(moved);
  };
  const done = (ended) => {
    if (!carried) return;
    // The click that follows would sort.
    document.addEventListener("click", silence, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", silence, { capture: true }));
    carried.drop(ended);
  };
  follow(event, head, move, done, () => carried?.away());
}

const silence = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

// What one carries: the name of the column below the pointer, and a line where it would go.
function carry(head) {
  const label = document.createElement("div"), line = document.createElement("div");
  label.className = "heading-carried";
  label.textContent = head.querySelector(".th-sort").firstChild.textContent;
  line.className = "heading-line";
  document.body.append(label, line);
  document.dispatchEvent(new CustomEvent("heading:carried"));
  let place = null, below = null, taker = null;
  const away = () => {
    document.dispatchEvent(new CustomEvent("heading:left"));
    label.remove();
    line.remove();
    taker?.classList.remove("takes-heading");
  };
  return {
    away,
    to(moved) {
      label.style.translate = `${moved.clientX + 12}px ${moved.clientY + 12}px`;
      taker?.classList.remove("takes-heading");
      below = document.elementFromPoint(moved.clientX, moved.clientY);
      // What takes headings takes them anywhere on its line: one aims at a line, not at a word in it.
      taker = below?.closest("[data-heading-drop]") ?? below?.closest(".list-line")?.querySelector("[data-heading-drop]") ?? null;
      taker?.classList.add("takes-heading");
      place = taker ? null : placeAt(moved.clientX);
      line.hidden = !place;
      if (place) drawLine(line, place);
      scrollNear(moved.clientX);
    },
    drop() {
      away();
      if (taker) (taker.contains(below) ? below : taker).dispatchEvent(new CustomEvent("heading:drop", { bubbles: true, detail: { field: head.dataset.field } }));
      else if (place) put(head, place.before);
    },
  };
}

// Between which headings a point lies: the one that would come behind, null at the end.
function placeAt(x) {
  const box = table().closest("[data-grid-scroll]").getBoundingClientRect();
  const all = heads(), rtl = backwards();
  const before = all.find((one) => {
    const at = one.getBoundingClientRect(), middle = at.left + at.width / 2;
    return rtl ? x > middle : x < middle;
  });
  const edge = (before ?? all.at(-1)).getBoundingClientRect();
  const left = Boolean(before) !== rtl ? edge.left : edge.right;
  return { before: before ?? null, left: Math.min(Math.max(left, box.left), box.right), top: edge.top, bottom: box.bottom };
}

function drawLine(line, place) {
  line.style.left = `${place.left - 1}px`;
  line.style.top = `${place.top}px`;
  line.style.height = `${place.bottom - place.top}px`;
}

function scrollNear(x) {
  const box = table().closest("[data-grid-scroll]"), at = box.getBoundingClientRect();
  if (x > at.right - 40) box.scrollLeft += 16;
  else if (x < at.left + 40) box.scrollLeft -= 16;
}

function put(head, before) {
  if (before === head) return;
  const order = heads().filter((one) => one !== head);
  order.splice(before ? order.indexOf(before) : order.length, 0, head);
  if (order.some((one, index) => one !== heads()[index])) keep(order);
}

// Links can be dragged by themselves; here they are not what is carried.
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".page-list thead")) event.preventDefault();
});
