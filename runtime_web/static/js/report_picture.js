// The chart as PNG: the browser draws the SVG file twice as large, and nothing leaves it. Without this, the link is the SVG.
const SCALE = 2;

function saved(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function drawn(svg) {
  const image = new Image();
  image.src = URL.createObjectURL(svg);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.(".report-files a[href$='#png']");
  if (!link) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  // What is no picture is a page that says why.
  if (!answer.headers.get("Content-Type")?.startsWith("image/svg")) location.href = link.href;
  else saved(await drawn(await answer.blob()), `${document.querySelector("h1").firstChild.textContent.trim()}.png`);
});
