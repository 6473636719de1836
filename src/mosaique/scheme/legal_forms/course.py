"""How a form comes to be: who decides, and what has to happen first. Read from the documents a form asks for, so that a new
form says it too. No number of months: that depends on the sittings of each territory, and nobody has measured it."""

from mosaique.kernel.typography import typographie
from mosaique.scheme.legal_forms.base import DocumentKind, Fact, LegalForm, to_check

_ADVICE, _USAGE = "conseil, sans article", "usage, sans article"

# What one waits for, in the order in which it comes. Where nothing is said here, the document is written meanwhile.
_WAITS: dict[DocumentKind, Fact] = {
    DocumentKind.AGENT_CONSENT: to_check("L'accord écrit de l'agent, au moment où il le donne.", _USAGE),
    DocumentKind.CST_OPINION: to_check(
        "Une séance du comité social territorial : il se réunit quelques fois par an, et le dossier lui parvient plusieurs "
        "semaines avant.",
        _USAGE,
    ),
    DocumentKind.DELIBERATIONS: to_check(
        "Une séance de chaque conseil partie : chacun se réunit au moins une fois par trimestre.",
        "CGCT, article L. 2121-7",
    ),
    DocumentKind.PREFECT_ORDER: to_check("Un arrêté du préfet, une fois les votes acquis.", _USAGE),
}
_COMMUNITY_COUNCIL = to_check("Une séance du conseil communautaire.", _USAGE)
_AT_ONCE = to_check("Rien à attendre : on commence dès que chacun est d'accord.", _ADVICE)
_NO_VOTE = to_check("Personne ne vote : les mairies s'entendent, et chacune peut s'arrêter.", _ADVICE)
_DECIDING = (
    DocumentKind.AGENT_CONSENT,
    DocumentKind.DELIBERATIONS,
    DocumentKind.PREFECT_ORDER,
)


def waits(form: LegalForm) -> tuple[Fact, ...]:
    """What has to happen before the form is in force, one thing after the other."""
    asked = {document.kind: document for document in form.documents if document.required}
    found = []
    for kind, fact in _WAITS.items():
        if kind in asked:
            alone = kind is DocumentKind.DELIBERATIONS and asked[kind].by_whom == "Le conseil communautaire"
            found.append(_COMMUNITY_COUNCIL if alone else fact)
    return tuple(found) or (_AT_ONCE,)


def deciders(form: LegalForm) -> tuple[tuple[str, Fact | None], ...]:
    """Who decides, each with the fact behind it."""
    found = tuple(
        (document.by_whom, document.fact)
        for kind in _DECIDING
        for document in form.documents
        if document.required and document.kind is kind
    )
    return found or ((_NO_VOTE.text, _NO_VOTE),)


def in_steps(facts: tuple[Fact, ...]) -> str:
    """« Deux étapes, l'une après l'autre », when there are several."""
    words = {2: "Deux", 3: "Trois", 4: "Quatre"}
    return typographie(f"{words[len(facts)]} étapes, l'une après l'autre.") if len(facts) > 1 else ""
