// What a report asks before it opens: a span of time such as last month, or two days, but not both.
import { pickAll } from "./picker.js";

document.addEventListener("change", (event) => {
  const question = event.target.closest?.("[data-question]");
  if (!question) return;
  const span = question.querySelector("[data-span]");
  if (event.target.matches("[data-span]")) {
    for (const bound of question.querySelectorAll("[data-bound]")) bound.value = "";
  } else if (span && event.target.matches("[data-bound]")) span.value = "";
});

pickAll(document);
