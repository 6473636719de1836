// --- « @ »: the readers whose name goes on from what is typed, in a list under the text, by the keyboard or a click.
// The text says the same without it: a full name typed by hand is understood.
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
