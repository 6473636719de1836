// What a cell holds: a text, or a reason for having none. Reading and writing it, whatever the control.

export const DEFAULT_REASONS = [
  ["inconnu", "Ne sait pas"],
  ["non_concerne", "Non concerné"],
  ["refuse", "Ne souhaite pas répondre"],
  ["non_communique", "Non communiqué"],
];

// crypto.randomUUID exists only on https and localhost; a town hall may well run this on its local network.
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function plain(text) {
  return String(text ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[’']/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}

export function readCell(control) {
  if (control.tagName === "SELECT") {
    const option = control.selectedOptions[0];
    if (!option) return { value: "", unknown: null };
    if (option.dataset.inconnu) return { value: null, unknown: option.dataset.inconnu };
    return { value: option.value, unknown: null };
  }
  if (control.type === "checkbox") return { value: control.checked ? "oui" : "non", unknown: null };
  if (control.dataset.inconnu) return { value: null, unknown: control.dataset.inconnu };
  return { value: control.value.trim(), unknown: null };
}

export function sameCell(a, b) {
  return (a.value ?? "") === (b.value ?? "") && (a.unknown ?? null) === (b.unknown ?? null);
}

// Put `cell` in the control. A choice that does not exist is shown all the same: what was typed stays visible.
export function writeCell(control, cell, reasons) {
  const label = cell.unknown ? reasonLabel(cell.unknown, reasons) : "";
  if (control.tagName === "SELECT") writeChoice(control, cell, label);
  else if (control.type === "checkbox") control.checked = cell.value === "oui";
  else {
    control.value = cell.unknown ? label : (cell.value ?? "");
    if (cell.unknown) control.dataset.inconnu = cell.unknown;
    else delete control.dataset.inconnu;
  }
  control.classList.toggle("nsp", Boolean(cell.unknown));
}

function writeChoice(select, cell, label) {
  for (const stray of select.querySelectorAll("option[data-intrus]")) stray.remove();
  const options = [...select.options];
  let option = cell.unknown
    ? options.find((one) => one.dataset.inconnu === cell.unknown)
    : options.find((one) => one.value === (cell.value ?? "") && !one.dataset.inconnu);
  if (!option) {
    option = new Option(cell.unknown ? label : cell.value, cell.value ?? "");
    option.dataset.intrus = "1";
    if (cell.unknown) option.dataset.inconnu = cell.unknown;
    select.add(option);
  }
  option.selected = true;
}

export function reasonLabel(code, reasons) {
  const found = reasons.find(([key]) => key === code);
  return found ? found[1] : code;
}

// The words a person reads in that cell: the label of a choice rather than its code.
export function cellText(cell, reasons, control = null) {
  if (cell.unknown) return reasonLabel(cell.unknown, reasons);
  const option = control?.options && [...control.options].find((one) => one.value === cell.value);
  return option ? option.label : (cell.value ?? "");
}
