// Sorting by several headings: a click sorts by one, with Shift by it as well; a third one no longer.

const list = () => document.getElementById("list");

export const order = () => (list()?.dataset.sort ?? "").split(",").filter(Boolean);
const fieldOf = (sort) => sort.replace(/^-/, "");

export const sortOf = (field) => order().find((sort) => fieldOf(sort) === field) ?? "";
export const levelOf = (field) => order().findIndex((sort) => fieldOf(sort) === field);

export function sortBy(sorts) {
  const address = new URL(location.href);
  address.searchParams.set("sort", sorts.join(","));
  address.searchParams.delete("page");
  return window.htmx.ajax("GET", address.pathname + address.search, { source: list(), target: "#list", swap: "outerMorph" });
}

export const without = (field) => order().filter((sort) => fieldOf(sort) !== field);

// The order with a field behind the others, or the other way round where it was.
export function withField(field, sort) {
  return levelOf(field) < 0 ? [...order(), sort] : order().map((one) => (fieldOf(one) === field ? sort : one));
}

function turned(field) {
  const now = sortOf(field);
  if (!now) return withField(field, field);
  return now === field ? withField(field, `-${field}`) : without(field);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.th-sort");
  if (!link || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  sortBy(turned(link.closest("th").dataset.field));
});
