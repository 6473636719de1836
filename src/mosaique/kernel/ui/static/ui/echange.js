(()=>{"use strict";
const KEEP_AFTER = 1500;
const RETRY = [3000, 8000, 20000, 60000];
const SENT = "mosaique.parti";
function keepDrafts(form) {
const key = `mosaique.b|${document.body.dataset.personne || ""}|${form.dataset.brouillon}`;
const names = form.dataset.champs.split(" ");
const state = form.querySelector("[data-brouillon-etat]");
const other = form.querySelector("[data-brouillon-autre]");
const seen = form.elements.draft_seen;
let timer = 0;
let flight = null;
let failures = 0;
let stopped = false;
const say = (words) => {
if (state.textContent !== words) state.textContent = words;
};
const read = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
const write = (fields) => {
for (const name of names) if (name in fields) form.elements[name].value = fields[name];
};
const same = (one, two) => names.every((name) => (one[name] || "").replaceAll("\r\n", "\n") === (two[name] || "").replaceAll("\r\n", "\n"));
const goesOn = (more, less) => names.every((name) => (more[name] || "").startsWith((less[name] || "").replaceAll("\r\n", "\n")));
const isEmpty = (fields) => names.every((name) => name === "kind" || name === "position" || !(fields[name] || "").trim());
const onDevice = {
read() {
const text = localStorage.getItem(key);
if (!text) return null;
try {
const found = JSON.parse(text);
return found && typeof found === "object" ? found : { body: text };
} catch {
return { body: text };
}
},
write: (fields) => localStorage.setItem(key, JSON.stringify(fields)),
forget: () => localStorage.removeItem(key),
};
function showOther(words, fields, take, leave) {
other.querySelector("[data-autre-dit]").textContent = words;
const box = other.querySelector("[data-autre-texte]");
box.replaceChildren(
...names.flatMap((name) => (fields[name] || "").split("\n")).filter((line) => line.trim()).map((line) => {
const paragraph = document.createElement("p");
paragraph.textContent = line;
return paragraph;
}),
);
const choose = (then) => () => {
other.hidden = true;
then();
form.elements[names.includes("body") ? "body" : names[0]].focus();
save();
};
other.querySelector("[data-autre-prendre]").onclick = choose(take);
other.querySelector("[data-autre-laisser]").onclick = choose(leave);
other.hidden = false;
say("Deux textes de vous sont ici : choisissez celui qui continue.");
}
async function save() {
clearTimeout(timer);
if (stopped || flight || !other.hidden) return;
const fields = read();
const body = new FormData();
for (const name of [...names, "draft_seen"]) body.append(name, form.elements[name].value);
flight = new AbortController();
const tooLong = setTimeout(() => flight && flight.abort(), 20000);
try {
const answer = await fetch(form.dataset.garde, {
method: "POST", body, credentials: "same-origin", redirect: "manual",
headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
signal: flight.signal,
});
const json = (answer.headers.get("Content-Type") || "").includes("application/json") ? await answer.json() : null;
failures = 0;
if (answer.ok && json) {
seen.value = json.version;
if (same(read(), fields)) onDevice.forget();
else timer = setTimeout(save, KEEP_AFTER);
say(json.at ? `Brouillon gardé à ${json.at}.` : "");
} else if (answer.status === 409 && json) {
const adopt = () => {
seen.value = json.version;
};
showOther(`Ce texte a été gardé à ${json.at} depuis un autre appareil, ou une autre fenêtre.`, json.fields, () => {
adopt();
write(json.fields);
onDevice.forget();
}, adopt);
} else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
stopped = true;
say("Votre session a pris fin : vos mots sont gardés sur cet appareil, et vous seront rendus après votre connexion.");
} else if (json && json.reason) {
say(json.reason);
} else {
throw new Error("no answer");
}
} catch {
if (!stopped) {
say("Hors ligne, vos mots sont gardés ici.");
timer = setTimeout(save, RETRY[Math.min(failures, RETRY.length - 1)]);
failures += 1;
}
}
clearTimeout(tooLong);
flight = null;
}
const gone = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
if (gone && (gone === key ? new URLSearchParams(location.search).has("message") : gone.includes("|espace-"))) localStorage.removeItem(gone);
const left = onDevice.read();
if (left && (same(left, read()) || isEmpty(left))) {
onDevice.forget();
} else if (left && (isEmpty(read()) || goesOn(left, read()))) {
write(left);
say("Vos mots sont revenus : cet appareil les avait gardés.");
save();
} else if (left && !form.querySelector("[data-erreurs]")) {
showOther("Ce texte était resté sur cet appareil.", left, () => write(left), () => onDevice.forget());
}
form.addEventListener("input", (event) => {
if (!names.includes(event.target.name)) return;
onDevice.write(read());
clearTimeout(timer);
timer = setTimeout(save, KEEP_AFTER);
});
form.addEventListener("submit", (event) => {
if (event.submitter && event.submitter.hasAttribute("data-garder")) {
event.preventDefault();
save();
return;
}
clearTimeout(timer);
stopped = true;
if (flight) flight.abort();
if (!isEmpty(read())) onDevice.write(read());
sessionStorage.setItem(SENT, key);
});
window.addEventListener("online", () => {
if (onDevice.read()) save();
});
window.addEventListener("pageshow", (event) => {
if (event.persisted) stopped = false;
});
}
for (const form of document.querySelectorAll("form[data-garde]")) {
try {
keepDrafts(form);
} catch {
}
}
const NAMES_AFTER = 200;
const TYPED_NAME = /(?:^|[^\p{L}\p{N}_.@/-])@([\p{L}][\p{L}'’ -]{0,40})?$/u;
function offerNames(area, url) {
const list = document.createElement("ul");
list.id = `${area.id}-personnes`;
list.className = "personnes";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Personnes qui lisent ici");
list.hidden = true;
const told = document.createElement("p");
told.className = "vh";
told.setAttribute("role", "status");
area.after(list, told);
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", list.id);
let timer = 0;
let asked = 0;
let active = -1;
function close() {
list.hidden = true;
list.replaceChildren();
active = -1;
area.removeAttribute("aria-activedescendant");
}
function mark(index) {
active = (index + list.children.length) % list.children.length;
[...list.children].forEach((item, rank) => item.setAttribute("aria-selected", String(rank === active)));
area.setAttribute("aria-activedescendant", list.children[active].id);
list.children[active].scrollIntoView({ block: "nearest" });
}
function typed() {
const found = area.selectionStart === area.selectionEnd && TYPED_NAME.exec(area.value.slice(0, area.selectionStart));
return found ? found[1] || "" : null;
}
function choose(index) {
const name = list.children[index].dataset.nom;
const end = area.selectionStart;
const start = area.value.lastIndexOf("@", end - 1);
area.setRangeText(`@${name} `, start, end, "end");
close();
told.textContent = "";
area.focus();
area.dispatchEvent(new Event("input", { bubbles: true }));
}
async function ask() {
const words = typed();
asked += 1;
const mine = asked;
if (words === null) {
close();
return;
}
try {
const answer = await fetch(`${url}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
const { people } = answer.ok ? await answer.json() : { people: [] };
if (mine !== asked) return;
show(people);
} catch {
close();
}
}
function show(people) {
close();
if (!people.length) return;
people.forEach(({ name, title }, rank) => {
const item = document.createElement("li");
item.id = `${list.id}-${rank}`;
item.dataset.nom = name;
item.setAttribute("role", "option");
item.setAttribute("aria-selected", "false");
const strong = document.createElement("b");
strong.textContent = name;
const small = document.createElement("small");
small.textContent = title;
item.append(strong, " ", small);
item.addEventListener("mousedown", (event) => {
event.preventDefault();
choose(rank);
});
list.append(item);
});
list.hidden = false;
told.textContent = `${people.length === 1 ? "Une personne proposée" : `${people.length} personnes proposées`} : flèche bas pour choisir, Échap pour fermer.`;
}
area.addEventListener("input", () => {
clearTimeout(timer);
timer = setTimeout(ask, NAMES_AFTER);
});
area.addEventListener("keydown", (event) => {
if (list.hidden) return;
if (event.key === "ArrowDown" || event.key === "ArrowUp") {
event.preventDefault();
mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
} else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) {
event.preventDefault();
choose(active);
} else if (event.key === "Escape") {
event.preventDefault();
close();
}
});
area.addEventListener("blur", close);
}
for (const form of document.querySelectorAll("form[data-personnes]")) {
const area = form.querySelector("textarea[name=body]");
if (area) offerNames(area, form.dataset.personnes);
}
})();
