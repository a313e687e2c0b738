// Keys that are pressed before what they are meant for is there, as on a slow line: they are kept in their order, and
// pressed again when it is.
const kept = [];
let leave = null;
let pressing = false;

// Keeps keys from now on, after the one that has begun it. Escape, or a click, leaves what is under way instead.
export function hold(leaving, first) {
  leave = leaving;
  if (first !== undefined) kept.unshift({ key: first });
}

// What they are meant for is there. Where one of them asks for something that is under way in turn, the rest wait for that.
export function release() {
  leave = null;
  if (pressing) return;
  pressing = true;
  try {
    while (kept.length && !leave) press(kept.shift());
  } finally {
    pressing = false;
  }
}

// It does not come, and with it nothing that was meant for it.
export function drop() {
  leave = null;
  kept.length = 0;
}

export const hasText = () => kept.some(({ key, text }) => text !== undefined || key.length === 1);

function left() {
  const leaves = leave;
  drop();
  leaves();
}

const isPassing = (event) => (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
const NONE = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead", "Process", "Unidentified"]);

document.addEventListener("keydown", (event) => {
  if (!leave || !event.isTrusted || isPassing(event) || NONE.has(event.key)) return;
  event.stopImmediatePropagation();
  if (/^F\d/.test(event.key)) return;
  event.preventDefault();
  if (event.key === "Escape" && !kept.some(({ key }) => key === "Enter" || key === "Tab")) return void left();
  const { key, code, keyCode, shiftKey } = event;
  kept.push({ key, code, keyCode, shiftKey });
}, { capture: true });
document.addEventListener("paste", (event) => {
  if (!leave) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  kept.push({ text: event.clipboardData?.getData("text/plain") ?? "" });
}, { capture: true });
document.addEventListener("pointerdown", (event) => { if (leave) left(); }, { capture: true });

function press({ text, ...pressed }) {
  const at = document.activeElement ?? document.body;
  if (text !== undefined) return void document.execCommand("insertText", false, text);
  if (at.dispatchEvent(new KeyboardEvent("keydown", { ...pressed, bubbles: true, cancelable: true }))) does(at, pressed);
}

// What the browser itself does where nobody has taken a key: it does not for keys that scripts press.
function does(at, { key, shiftKey }) {
  const erases = { Backspace: "delete", Delete: "forwardDelete" }[key];
  if (key === " " && at.matches("[type=checkbox], [type=radio]")) at.click();
  else if (key.length === 1) document.execCommand("insertText", false, key);
  else if (key === "Enter" && at.matches("textarea")) document.execCommand("insertText", false, "\n");
  else if (erases) document.execCommand(erases);
  else if (typeof at.selectionStart === "number") walks(at, key, shiftKey);
}

function walks(at, key, shiftKey) {
  const { selectionStart: from, selectionEnd: until, value } = at;
  const to = {
    Home: 0, End: value.length,
    ArrowLeft: from < until ? from : Math.max(from - 1, 0), ArrowRight: from < until ? until : Math.min(until + 1, value.length),
  }[key];
  if (to !== undefined) at.setSelectionRange(shiftKey ? Math.min(from, to) : to, shiftKey ? Math.max(until, to) : to);
}
