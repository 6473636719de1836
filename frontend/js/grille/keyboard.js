// Keys of a spreadsheet. A cell that has just been reached is « selected »: arrows leave it, typing replaces it.
// Once typed in, arrows up and down still leave it; after F2 or a second click, every arrow stays inside.

const PAGE = 10;

// → the name of the gesture, or null to let the browser act.
export function gestureOf(event, control, mode) {
  if (event.isComposing || event.altKey) return null;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "z") return event.shiftKey ? "redo" : "undo";
  if (command && event.key.toLowerCase() === "y") return "redo";
  if (command && event.key === "Home") return "first";
  if (command && event.key === "End") return "last";
  if (command) return null;
  if (event.key === "Escape") return mode === "nav" ? null : "cancel";
  // An open list of choices takes Enter for itself.
  if (event.key === "Enter" && control.tagName === "SELECT" && mode === "edit") return null;
  if (event.key === "Enter") return event.shiftKey ? "up" : "down";
  if (event.key === "F2") return "edit";
  if (control.type === "date" || control.tagName === "TEXTAREA") return null;
  const inside = mode === "edit";
  const select = control.tagName === "SELECT";
  if (event.key === "ArrowDown" && !inside) return "down";
  if (event.key === "ArrowUp" && !inside) return "up";
  if (event.key === "PageDown") return "pagedown";
  if (event.key === "PageUp") return "pageup";
  if (mode === "nav" && event.key === "ArrowLeft") return "left";
  if (mode === "nav" && event.key === "ArrowRight") return "right";
  if (mode === "nav" && event.key === "?") return "unknown";
  if (mode === "nav" && select && (event.key === "Delete" || event.key === "Backspace")) return "clear";
  return null;
}

export function destination(view, control, gesture) {
  switch (gesture) {
    case "down":
      return view.vertical(control, 1);
    case "up":
      return view.vertical(control, -1);
    case "pagedown":
      return view.vertical(control, PAGE);
    case "pageup":
      return view.vertical(control, -PAGE);
    case "left":
      return view.horizontal(control, -1);
    case "right":
      return view.horizontal(control, 1);
    case "first":
      return view.edge(false);
    case "last":
      return view.edge(true);
    default:
      return null;
  }
}
