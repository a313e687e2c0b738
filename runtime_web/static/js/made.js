// Making a record that a reference needs, in a dialog over the form, which stays as it is.
let dialog = null;
let finished = null;

function open() {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "sheet sheet-wide made";
    dialog.dataset.stay = "yes";
    dialog.setAttribute("aria-labelledby", "made-title");
    dialog.innerHTML = '<div id="made-body"></div>';
    document.body.append(dialog);
    dialog.addEventListener("close", () => finish(null));
  }
  return dialog.querySelector("#made-body");
}

function finish(record) {
  const done = finished;
  finished = null;
  dialog.querySelector("#made-body").replaceChildren();
  done?.(record);
}

export async function makeRecord(url, title, done) {
  const body = open();
  finished = done;
  const address = new URL(url, location.href);
  address.searchParams.set("_dialog", "1");
  address.searchParams.set("_title", title);
  await window.htmx.ajax("GET", address.pathname + address.search, { source: body, target: "#made-body", swap: "innerHTML" });
  if (!body.childElementCount) return finish(null);
  dialog.showModal();
  (body.querySelector("[autofocus]") ?? body.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
}

document.addEventListener("record-made", (event) => {
  const record = { id: event.detail.id, title: event.detail.title };
  const done = finished;
  finished = null;
  dialog.close();
  done?.(record);
});
