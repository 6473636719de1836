// Words pasted into a list of choices: matched by label, without accents or capitals.
import { plain } from "./values.js";

const NO_ANSWER = new Set(["?", "ne sait pas", "nsp", "inconnu", "non connu"]);

// → {cell} when the word is one of the choices, {reason} when it is not.
export function matchChoice(select, text) {
  const word = plain(text);
  const options = [...select.options].filter((option) => !option.dataset.intrus);
  if (NO_ANSWER.has(word)) return { cell: { value: null, unknown: "inconnu" } };
  const exact = options.find((option) => plain(option.label) === word) ?? options.find((option) => plain(option.value) === word);
  const starting = word.length > 2 ? options.filter((option) => plain(option.label).startsWith(word)) : [];
  const option = exact ?? (starting.length === 1 ? starting[0] : null);
  if (option) return { cell: { value: option.dataset.inconnu ? null : option.value, unknown: option.dataset.inconnu ?? null } };
  const labels = options.filter((one) => one.value && !one.dataset.inconnu).map((one) => one.label.trim());
  const shown = labels.slice(0, 8).join(", ") + (labels.length > 8 ? "…" : "");
  return { reason: `« ${text.trim()} » ne fait pas partie des choix : ${shown}.` };
}

export function matchBool(text) {
  const word = plain(text);
  if (["oui", "o", "vrai", "x", "1", "true"].includes(word)) return { cell: { value: "oui", unknown: null } };
  if (["non", "n", "faux", "0", "false", ""].includes(word)) return { cell: { value: "non", unknown: null } };
  return { reason: `« ${text.trim()} » n’est ni oui ni non.` };
}

// A native date control holds ISO dates only; spreadsheets give 04/12/2026.
export function matchDate(text) {
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})$/.exec(text.trim());
  const iso = parts
    ? `${parts[3].length === 2 ? "20" + parts[3] : parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`
    : text.trim();
  const day = new Date(iso + "T00:00:00Z");
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso)) {
    return { cell: { value: iso, unknown: null } };
  }
  return { reason: `« ${text.trim()} » n’est pas une date. Exemple : 04/12/2026.` };
}
