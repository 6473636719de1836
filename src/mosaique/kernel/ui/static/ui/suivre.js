(()=>{"use strict";
const part = document.querySelector("[data-suivi]");
const said = document.querySelector("[data-suivre-dit]");
const PAUSE = 2000;
function tellTheEnd(fresh) {
const focused = part.contains(document.activeElement);
part.innerHTML = fresh.innerHTML;
delete part.dataset.suivre;
const heading = part.querySelector("h1");
if (said) said.textContent = heading.textContent;
if (focused) {
heading.tabIndex = -1;
heading.focus();
}
}
async function look() {
try {
const answer = await fetch(location.href);
if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
const page = new DOMParser().parseFromString(await answer.text(), "text/html");
const fresh = page.querySelector("[data-suivi]");
if (!fresh) return;
if (!("suivre" in fresh.dataset)) {
tellTheEnd(fresh);
return;
}
for (const place of ["h1", "[data-suivi-chiffres]"]) {
const [now, next] = [part.querySelector(place), fresh.querySelector(place)];
if (now.innerHTML !== next.innerHTML) now.innerHTML = next.innerHTML;
}
} catch {
}
setTimeout(look, PAUSE);
}
if (part && "suivre" in part.dataset) setTimeout(look, PAUSE);
})();
