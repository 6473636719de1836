// Projecting: the keys of a presenter's remote control. The links do the work; these only press them.
const go = (selector) => {
  const link = document.querySelector(`.projection-barre ${selector}`);
  if (link) location.assign(link.href);
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onControl = event.target.closest("a, button, summary, input");
  if (event.key === " " && onControl) return;
  if (["ArrowRight", "PageDown", " "].includes(event.key)) { event.preventDefault(); go("[rel=next]"); }
  else if (["ArrowLeft", "PageUp"].includes(event.key)) { event.preventDefault(); go("[rel=prev]"); }
  else if (event.key === "Escape" && !document.fullscreenElement) go("[data-quitter]");
  else if (event.key.toLowerCase() === "f" && !document.fullscreenElement) document.documentElement.requestFullscreen?.();
});
