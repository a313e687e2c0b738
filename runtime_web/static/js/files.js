// Attached files: chosen, dropped, pasted or photographed, they go to the server at once, one after the other, and
// wait there for the save that names them. Without this script the form sends them itself.
import { announce } from "./toasts.js";

const waiting = new Map();

const hostOf = (element) => element?.closest?.("[data-files]");
const listOf = (host) => host.querySelector("[data-file-list]");
const named = (text, name) => text.replace("{name}", () => name);
const attached = (host) => [...listOf(host).querySelectorAll("[data-file]")];

function changed(host) {
  host.classList.toggle("files-full", attached(host).length >= most(host) && most(host) > 1);
  host.dispatchEvent(new Event("change", { bubbles: true }));
}

function most(host) {
  return Number(host.dataset.most);
}

// Taking in

function add(host, files) {
  const room = most(host) === 1 ? 1 : most(host) - attached(host).length - listOf(host).querySelectorAll(".file-coming").length;
  const taken = [...files].slice(0, Math.max(room, 0));
  if (taken.length < files.length) fail(host, host.dataset.tooMany);
  for (const file of taken) {
    if (file.size > Number(host.dataset.largest)) fail(host, named(host.dataset.tooLarge, file.name));
    else queue(host, file);
  }
}

function queue(host, file) {
  const row = document.createElement("li");
  row.className = "file file-coming";
  const name = document.createElement("span");
  name.className = "file-name";
  name.textContent = file.name;
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", file.name);
  row.append(name, progress);
  listOf(host).append(row);
  const before = waiting.get(host) ?? Promise.resolve();
  const sending = before.then(() => (row.isConnected ? send(host, file, row, progress) : undefined));
  waiting.set(host, sending);
  sending.finally(() => {
    if (waiting.get(host) === sending) waiting.delete(host);
  });
}

async function send(host, file, row, progress) {
  const answer = await post(host, file, (part) => { progress.value = part; });
  const stored = answer.body?.files?.[0];
  if (!row.isConnected) return;
  if (!stored) {
    row.remove();
    fail(host, reason(host, file, answer));
    return;
  }
  if (most(host) === 1) attached(host).forEach((old) => old.remove());
  row.outerHTML = stored.html;
  for (const box of listOf(host).querySelectorAll('[data-file] input[name=""]')) box.name = host.querySelector("[data-file-name]").name;
  announce(stored.name);
  changed(host);
}

function post(host, file, tell) {
  return new Promise((done) => {
    const form = new FormData();
    form.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", host.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", host.closest("form").querySelector('[name="csrf_token"]').value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) tell(event.loaded / event.total);
    });
    request.addEventListener("loadend", () => done({ status: request.status, body: request.response }));
    request.send(form);
  });
}

function reason(host, file, { status, body }) {
  const problem = body?.problems?.[0] ?? body?.error;
  if (status === 401) signIn();
  return problem ? `${problem.message} ${problem.hint ?? ""}`.trim() : named(host.dataset.lost, file.name);
}

// Any page asked for by htmx after the session has ended answers with the log-in, which opens over this one.
function signIn() {
  window.htmx?.ajax("GET", location.pathname, { target: "#live", swap: "none" });
}

function fail(host, text) {
  const row = document.createElement("li");
  row.className = "file file-failed";
  const said = document.createElement("span");
  said.className = "field-error";
  said.setAttribute("role", "alert");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn-close";
  close.setAttribute("aria-label", host.dataset.dismissLabel);
  close.dataset.fileDismiss = "";
  row.append(said, close);
  listOf(host).append(row);
  said.textContent = text;
}

// What people do

document.addEventListener("change", (event) => {
  const input = event.target;
  const host = input.matches?.("input[type=file]") && hostOf(input);
  if (!host || !input.files.length) return;
  listOf(host).querySelectorAll(".file-failed").forEach((row) => row.remove());
  add(host, [...input.files]);
  // The form must not send them once more.
  input.value = "";
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-file-remove], [data-file-dismiss]");
  const host = hostOf(button);
  if (!host) return;
  const row = button.closest("li");
  const near = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  changed(host);
  (near?.querySelector("button") ?? host.querySelector("input[type=file]")).focus();
});

const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function mark(host) {
  document.querySelectorAll(".files-over").forEach((other) => other.classList.toggle("files-over", other === host));
  host?.classList.add("files-over");
}

// A file that misses its place must not replace the page.
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event) || !document.querySelector("[data-files]")) return;
  const host = hostOf(event.target) ?? event.target.closest?.(".field")?.querySelector("[data-files]");
  event.preventDefault();
  event.dataTransfer.dropEffect = host ? "copy" : "none";
  mark(host);
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) mark(null);
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event) || !document.querySelector("[data-files]")) return;
  event.preventDefault();
  const host = document.querySelector(".files-over");
  mark(null);
  if (host) add(host, [...event.dataTransfer.files]);
});

// Pasted files go where the focus is, else to the only place there is, pictures to the first for pictures.
document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  const hosts = [...document.querySelectorAll("[data-files]")].filter((host) => host.offsetParent);
  const pictures = files.every((file) => file.type.startsWith("image/")) && hosts.find((host) => host.matches(".files-pictures"));
  const host = hostOf(document.activeElement) ?? (pictures || (hosts.length === 1 && hosts[0]));
  if (!host || event.clipboardData.types.includes("text/plain")) return;
  event.preventDefault();
  add(host, files);
});

// A save waits for what is still on its way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const coming = [...waiting].filter(([host]) => form.contains(host));
  if (!coming.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  announce(coming[0][0].dataset.waiting);
  const { submitter } = event;
  Promise.allSettled(coming.map(([, sending]) => sending)).then(() => {
    if (!form.querySelector(".file-failed")) form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  });
}, true);
