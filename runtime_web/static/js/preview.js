// Computed fields follow what is typed: the server computes them as a save would, and nothing stays of it.
const WAIT = 300;
let timer = 0;
let asked = 0;

function later(event) {
  const form = event.target.closest?.("form[data-preview]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => ask(form), WAIT);
}

async function ask(form) {
  const number = ++asked;
  const sent = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const answer = await answerTo(form.dataset.preview, sent);
  // Overtaken by what was typed since, or the form is no longer there.
  if (!answer || number !== asked || !form.isConnected) return;
  for (const place of form.querySelectorAll("[data-computed]")) {
    const shown = answer.computed[place.dataset.computed] ?? "";
    if (place.innerHTML !== shown) place.innerHTML = shown;
  }
}

async function answerTo(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

document.addEventListener("input", later);
document.addEventListener("change", later);
