(()=>{"use strict";
const summary = document.querySelector("[data-erreurs]");
if (summary) summary.focus();
const me = document.querySelector("details.moi");
if (me) {
for (const leaving of ["click", "focusin"]) {
document.addEventListener(leaving, (event) => {
if (me.open && !me.contains(event.target)) me.open = false;
});
}
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape" || !me.open) return;
const inside = me.contains(document.activeElement) || document.activeElement === document.body;
me.open = false;
if (inside) me.querySelector("summary").focus();
});
}
const menu = document.querySelector(".menu[popover]");
if (menu) {
document.addEventListener("focusin", (event) => {
if (menu.matches(":popover-open") && !menu.contains(event.target) && !event.target.closest(".menu-bouton")) menu.hidePopover();
});
}
document.addEventListener("submit", (event) => {
const form = event.target;
if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-repete")) return;
if (form.dataset.parti) event.preventDefault();
form.dataset.parti = "1";
setTimeout(() => delete form.dataset.parti, 4000);
});
window.addEventListener("pageshow", () => {
for (const form of document.querySelectorAll("form[data-parti]")) delete form.dataset.parti;
});
const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[-’']/g, " ");
for (const part of document.querySelectorAll("[data-cherche]")) {
const field = part.querySelector("input");
const rows = [...part.nextElementSibling.children];
part.hidden = false;
const search = () => {
const words = bare(field.value).split(/\s+/);
for (const row of rows) row.hidden = !words.every((word) => bare(row.textContent).includes(word));
const found = rows.filter((row) => !row.hidden).length;
const ticked = rows.filter((row) => row.querySelector(":checked")).length;
const told = found ? `Trouvés : ${found} sur ${rows.length}.` : "Rien ne correspond. Essayez le début d’un mot.";
part.querySelector("[role=status]").textContent = field.value.trim() ? `${told} Cochés : ${ticked}.` : "";
};
field.addEventListener("input", search);
part.nextElementSibling.addEventListener("change", search);
field.addEventListener("keydown", (event) => {
if (event.key === "Enter") event.preventDefault();
});
}
function openTarget() {
const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
const fold = target && target.closest("details:not([open])");
if (fold) {
fold.open = true;
target.scrollIntoView();
}
}
window.addEventListener("hashchange", openTarget);
openTarget();
const notices = document.querySelector("[data-messages]");
const opening = notices && location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (opening && opening.matches("section, form") && !opening.contains(notices)) {
opening.prepend(notices);
opening.scrollIntoView();
}
let opened = [];
window.addEventListener("beforeprint", () => {
opened = [...document.querySelectorAll("main details:not([open])")];
for (const fold of opened) fold.open = true;
});
window.addEventListener("afterprint", () => {
for (const fold of opened) fold.open = false;
});
const KEPT = ["mosaique.g|", "mosaique.b|"];
function unsentKeys(person) {
try {
return Object.keys(localStorage).filter((key) => KEPT.some((start) => key.startsWith(`${start}${person}|`)));
} catch {
return [];
}
}
document.addEventListener("submit", (event) => {
const form = event.target.closest("form[data-sortie]");
if (!form || form.dataset.decide) return;
const mine = unsentKeys(document.body.dataset.personne);
if (!mine.length) return;
event.preventDefault();
delete form.dataset.parti;
const dialog = document.getElementById("sortie-non-envoye");
dialog.querySelector("[data-nombre]").textContent =
mine.length === 1 ? "Une saisie n’est pas encore partie." : `${mine.length} saisies ne sont pas encore parties.`;
dialog.onclose = () => {
if (!dialog.returnValue) return;
if (dialog.returnValue === "effacer") for (const key of mine) localStorage.removeItem(key);
form.dataset.decide = "1";
form.requestSubmit();
};
dialog.returnValue = "";
dialog.showModal();
});
const secretName = /csrf|passe|password|code|pin|secret|jeton|token/i;
function labelOf(field) {
const label = field.labels && field.labels[0];
return label && (label.querySelector("b") || label).textContent;
}
function typedHere() {
const lines = [];
for (const field of document.querySelectorAll("#contenu input, #contenu textarea, #contenu select")) {
const choice = field.type === "checkbox" || field.type === "radio";
if (["password", "file", "hidden", "submit", "button"].includes(field.type)) continue;
if (field.readOnly || secretName.test(field.name) || field.autocomplete === "one-time-code" || (choice && (!field.checked || field.defaultChecked))) continue;
const value = field.tagName === "SELECT" ? field.selectedOptions[0] && field.selectedOptions[0].text : choice ? "oui" : field.value;
const label = field.getAttribute("aria-label") || labelOf(field) || field.name;
if (value && value.trim()) lines.push(`${label.replace(/\s+/g, " ").trim()} : ${value.trim()}`);
}
return lines.join("\n").slice(0, 7500);
}
const stuck = document.querySelector("a[data-bloque]");
if (stuck) {
stuck.addEventListener("click", () => {
const heading = document.querySelector("h1");
const taken = { page: location.pathname, title: (heading || document.querySelector("title")).textContent.trim(), typed: typedHere(), at: Date.now() };
localStorage.setItem("mosaique.bloque", JSON.stringify(taken));
stuck.href = `${stuck.href.split("?")[0]}?page=${encodeURIComponent(location.pathname)}`;
});
}
const asking = document.querySelector("form[data-bloque-envoi]");
const copied = asking && localStorage.getItem("mosaique.bloque");
if (copied) {
localStorage.removeItem("mosaique.bloque");
const { page, title, typed, at } = JSON.parse(copied);
const fields = asking.elements;
if (Date.now() - at < 60_000 && (!fields.page.value || fields.page.value === page)) {
fields.title.value = title.slice(0, 200);
fields.typed.value = fields.typed.value || typed;
asking.querySelector("[data-bloque-titre]").textContent = title;
const empty = asking.querySelector("[data-bloque-vider]");
empty.hidden = !fields.typed.value;
empty.addEventListener("click", () => {
fields.typed.value = "";
empty.hidden = true;
fields.typed.focus();
});
}
}
})();
