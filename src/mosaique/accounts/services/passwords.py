"""A password, for whoever prefers one. The code sent to the mailbox remains: it is also what replaces a forgotten password."""

from django.contrib.auth import hashers, password_validation
from django.core.exceptions import ValidationError

from mosaique.access.actor import Actor
from mosaique.access.models import Person
from mosaique.accounts import keys
from mosaique.accounts.registry import PASSWORD_CHANGED, PASSWORD_REMOVED, PASSWORD_SET
from mosaique.kernel.service import service
from mosaique.kernel.verdict import Problem

MIN_LENGTH, MAX_LENGTH = 12, 200
#: Digests computed at each try, whoever is asked for: an unknown address costs what a known one does.
DIGESTS = 2
_NONE = hashers.UNUSABLE_PASSWORD_PREFIX
#: What French keyboards and offices begin with; Django's list is mostly English.
_WORN = {
    "motdepasse",
    "azerty",
    "azertyuiop",
    "azertyuiopqsdfghjklm",
    "bonjour",
    "mairie",
    "mosaique",
    "password",
    "commune",
}
_FAULTS = {
    "password_too_short": f"Il est trop court : {MIN_LENGTH} signes au moins. Quatre mots sans lien entre eux se retiennent bien.",
    "password_too_similar": "Il ressemble trop à votre nom ou à votre adresse : ce sont les premiers essayés. Choisissez autre chose.",
    "password_too_common": "Il est dans les listes de mots de passe les plus répandus. Choisissez autre chose.",
    "password_entirely_numeric": "Il n’est fait que de chiffres. Ajoutez des lettres, ou choisissez quelques mots.",
}


@service
def set_password(*, actor: Actor, person: Person, password: str) -> Person:
    """Choose or change one's password. Sessions open elsewhere are closed: their hash is the former one's."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    if not person.email:
        raise Problem(
            "Un mot de passe va avec une adresse, et votre compte n’en a pas. Rien n’a été enregistré. Demandez à la personne "
            "qui conduit le projet d’ajouter la vôtre.",
            "password",
        )
    _check(person, password)
    had_one = person.has_usable_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    if had_one:
        keys.note(
            actor, person, PASSWORD_CHANGED, "Votre mot de passe a changé",
            "le mot de passe de votre compte a été changé, et les sessions ouvertes ailleurs ont été fermées",
        )  # fmt: skip
    else:
        keys.note(
            actor,
            person,
            PASSWORD_SET,
            "Un mot de passe a été ajouté à votre compte",
            "un mot de passe a été ajouté à votre compte",
        )
    return person


@service
def remove_password(*, actor: Actor, person: Person) -> Person:
    """Back to codes alone."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    keys.require_own(actor, person)
    if not person.has_usable_password():
        return person
    person.set_unusable_password()
    person.save(update_fields=["password"])
    keys.note(
        actor, person, PASSWORD_REMOVED, "Votre mot de passe a été retiré",
        "le mot de passe de votre compte a été retiré, et les sessions ouvertes ailleurs ont été fermées",
    )  # fmt: skip
    return person


def _check(person: Person, password: str) -> None:
    if len(password) > MAX_LENGTH:
        raise Problem(f"Il est trop long : {MAX_LENGTH} signes au plus.", "password")
    if "".join(sign for sign in password.lower() if sign.isalpha()) in _WORN:
        raise Problem(_FAULTS["password_too_common"], "password")
    try:
        password_validation.validate_password(password, person)
    except ValidationError as refused:
        codes = [str(one.code) for one in refused.error_list]
        if "password_too_short" in codes:
            codes = ["password_too_short"]  # a few letters look like anything: « court » like « Roucou »
        raise Problem(" ".join(_FAULTS[code] for code in codes), "password") from None


def owners(*, email: str, password: str) -> list[Person]:
    """Those of this mailbox whose password it is. A mailbox may be shared, and two people may choose the same words.

    Every try costs the same digests, known address or not; beyond two passwords on one mailbox it costs one more for each.
    """
    people = [
        one
        for one in Person.objects.filter(email=email.strip().lower(), is_active=True).order_by("pk")
        if one.has_usable_password()
    ]
    typed = password[:MAX_LENGTH]
    found = [one for one in people if hashers.check_password(typed, one.password)]
    for _ in range(DIGESTS - len(people)):
        hashers.check_password(typed, _NONE)  # Django computes a digest all the same, and says no
    return found
