// A block of a spreadsheet laid over the grid: rows are added when it is longer, and what fits no choice stays visible.
import { matchBool, matchChoice, matchDate } from "./choices.js";

export function pasteAt(grid, start, rows) {
  grid.commit();
  const from = grid.view.controls(grid.view.rowOf(start)).indexOf(start);
  let row = grid.view.rowOf(start);
  const changes = [];
  const added = [];
  let lost = 0;
  for (const texts of rows) {
    if (!row) {
      row = grid.rows.add(false);
      if (row) added.push(row);
    }
    if (!row) {
      lost += 1;
      continue;
    }
    const controls = grid.view.controls(row).slice(from);
    texts.forEach((text, index) => {
      const control = controls[index];
      const outcome = control ? fit(control, text) : null;
      if (outcome) changes.push({ control, ...outcome });
      if (!control && text.trim()) lost += 1;
    });
    do row = row.nextElementSibling;
    while (row && (!row.dataset.row || row.hidden));
  }
  const done = grid.setCells(changes, { remembered: false });
  if (done.length || added.length) grid.remember(done, added);
  const refused = changes.filter(({ refusal }) => refusal).length;
  const plural = (n, word) => `${n} ${word}${n > 1 ? "s" : ""}`;
  const words = [plural(done.length - refused, "case") + " collée" + (done.length - refused > 1 ? "s" : "")];
  if (added.length) words.push(`${plural(added.length, "ligne")} ajoutée${added.length > 1 ? "s" : ""}`);
  if (refused) words.push(`${plural(refused, "case")} à revoir`);
  if (lost) words.push(`${plural(lost, "valeur")} sans place dans ce tableau`);
  grid.marks.say(words.join(", "));
  if (lost) grid.marks.showBanner("attente", "alerte", `${plural(lost, "valeur")} collée${lost > 1 ? "s" : ""} sans place dans ce tableau`, "Le bloc copié a plus de colonnes que le tableau. Le reste est collé ; Ctrl + Z annule le tout.");
  start.focus();
}

// → what the text becomes in this control: {cell} or {cell, refusal}; null to leave the cell alone.
function fit(control, text) {
  const typed = text.replace(/\s*\n\s*/g, " ").trim();
  const raw = { value: typed, unknown: null };
  const outcome =
    control.tagName === "SELECT"
      ? typed || [...control.options].some((option) => option.value === "")
        ? matchChoice(control, typed)
        : null
      : control.type === "checkbox"
        ? matchBool(typed)
        : control.type === "date" && typed
          ? matchDate(typed)
          : typed === "?"
            ? { cell: { value: null, unknown: "inconnu" } }
            : { cell: raw };
  if (!outcome) return null;
  return outcome.reason ? { cell: raw, refusal: outcome.reason } : outcome;
}
