// Passkeys: what the server asks goes to the device, what the device signs goes back. The forms are hidden without this script.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const asked = (options) => ({
  ...options,
  challenge: bytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })) }),
});
const signed = (credential) => {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (given[name]) response[name] = text(given[name]);
  return { id: credential.id, rawId: credential.id, type: credential.type, response };
};
const send = async (form, body) => {
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.reason || "Le serveur n’a pas répondu comme attendu. Rien n’a changé : rechargez la page, puis recommencez.");
  return said;
};
const SAID = {
  NotAllowedError: "L’appareil n’a rien donné : la demande a été fermée, a expiré, ou il n’a pas de clé pour cette adresse. Rien n’a changé.",
  InvalidStateError: "Cet appareil a déjà une clé pour votre compte. Rien n’a été ajouté.",
  SecurityError: "Cette page n’est pas ouverte à l’adresse habituelle de Mosaïque : une clé ne peut pas y servir. Rien n’a changé.",
  TypeError: "La ligne est coupée, ou le navigateur ne sait pas le faire. Rien n’a changé : réessayez.",
};
for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-cle]") : []) {
  form.hidden = false;
  for (const one of document.querySelectorAll("[data-cle-sans]")) one.hidden = true;
  const place = form.querySelector("[data-cle-dit]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = form.querySelector("button");
    place.hidden = true;
    button.disabled = true;
    try {
      const name = form.elements.name ? form.elements.name.value : "";
      const options = asked((await send(form, { name })).publicKey);
      const credential = form.dataset.cle === "ajouter"
        ? await navigator.credentials.create({ publicKey: options })
        : await navigator.credentials.get({ publicKey: options });
      const next = form.elements.next ? form.elements.next.value : "";
      location.assign((await send(form, { credential: signed(credential), name, next })).url);
    } catch (problem) {
      place.querySelector("p").textContent = SAID[problem.name] || problem.message;
      place.hidden = false;
      button.disabled = false;
    }
  });
}
