// What every page may use. Nothing here is needed to read or to send: each part improves plain HTML.

// --- Errors: go to the summary, as a screen reader user would expect after a refused form.
const summary = document.querySelector("[data-erreurs]");
if (summary) summary.focus();

// --- Menus: Escape or a click elsewhere closes « moi », as the native popover does for the others.
const me = document.querySelector("details.moi");
if (me) {
  document.addEventListener("click", (event) => {
    if (me.open && !me.contains(event.target)) me.open = false;
  });
  me.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && me.open) {
      me.open = false;
      me.querySelector("summary").focus();
    }
  });
}

// --- One press, one sending: a slow line invites to press twice.
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

// --- A fold that holds the target of the address opens, otherwise the link seems to do nothing.
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

// --- Printing: folds are proofs, paper shows them.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const fold of opened) fold.open = true;
});
window.addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});

// --- Signing out of a shared computer: what is not sent yet is the person's own choice.
// The grid keeps unsent cells in localStorage under this prefix (see grille/journal.js).
const KEPT = "mosaique.g|";
function unsentKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
  } catch {
    return [];
  }
}
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sortie]");
  if (!form || form.dataset.decide) return;
  const mine = unsentKeys().filter((key) => key.startsWith(KEPT + document.body.dataset.personne + "|"));
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
