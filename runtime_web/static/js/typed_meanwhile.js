// What is typed into a form while its next state is on the way is not lost when that comes.
export function keepTyped(form) {
  const asks = (event) => event.detail.ctx?.target === form;
  const typed = () => new Map([...form.querySelectorAll("input[name]:not([type=hidden], [type=checkbox], [type=radio])")].map((one) => [one.name, one.value]));
  let sent = null, changed = [];
  document.addEventListener("htmx:before:request", (event) => { if (asks(event)) sent = typed(); });
  document.addEventListener("htmx:before:swap", (event) => {
    changed = sent && asks(event) ? [...typed()].filter(([name, value]) => sent.has(name) && sent.get(name) !== value) : [];
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (!asks(event)) return;
    for (const [name, value] of changed) {
      const input = form.querySelector(`input[name="${CSS.escape(name)}"]`);
      if (input) input.value = value;
    }
    changed = [];
  });
}
