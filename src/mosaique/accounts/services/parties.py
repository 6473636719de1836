"""Bodies other than communes that take part in a territory: added, corrected, ended. Nothing of them is ever deleted."""

from datetime import date

from django.db.models import Q

from mosaique import journal
from mosaique.access.actor import Actor
from mosaique.access.models import Scope, Visibility
from mosaique.accounts.models import TerritoryParty
from mosaique.accounts.policies import may_add_party, may_manage_party
from mosaique.accounts.registry import PARTY_ADDED, PARTY_CORRECTED, PARTY_ENDED
from mosaique.kernel import clock
from mosaique.kernel.service import service
from mosaique.kernel.typography import date_long
from mosaique.kernel.verdict import Problem, Stale, require
from mosaique.territory import numbers
from mosaique.territory.models import Authority, Territory
from mosaique.territory.naming import curly
from mosaique.territory.queries import members
from mosaique.territory.reference import index
from mosaique.territory.reference.syndicates import syndicate
from mosaique.territory.reference.text import fold


@service
def add_party(
    *, actor: Actor, territory: Territory, kind: str, name: str, siren: str = "", rna: str = "",
    since: date | None = None, note: str = "",
) -> TerritoryParty:  # fmt: skip
    """A body takes part. One that is known by its SIREN or RNA number keeps the name it has; none is made twice."""
    require(may_add_party(actor, territory))
    territory = Territory.objects.select_for_update(of=("self",)).select_related("epci").get(pk=territory.pk)
    name, siren, rna = _name(name), _siren(siren), _rna(rna, kind)
    known = _known(siren, rna)
    if known is not None:
        _not_here_yet(territory, known, "siren" if siren and known.siren == siren else "rna")
        _same_numbers(known, siren, rna)
    else:
        _no_namesake(territory, name)
    authority = known or _made(name, siren, rna, territory)
    party = TerritoryParty.objects.create(
        territory=territory, scope=Scope.objects.obtain(territory=territory, visibility=Visibility.TERRITORY),
        authority=authority, kind=kind, since=since, note=_note(note), added_by_id=actor.person_id, added_at=clock.now(),
    )  # fmt: skip
    journal.record(actor, PARTY_ADDED, party, kind=kind)
    return party


@service
def correct_party(
    *, actor: Actor, party: TerritoryParty, kind: str, name: str, siren: str = "", rna: str = "", since: date | None = None,
    until: date | None = None, note: str = "", seen: int,
) -> TerritoryParty:  # fmt: skip
    """Correct what is said of it. Its name and numbers are its own: they change only where no other territory reads them."""
    party = (
        TerritoryParty.objects.select_for_update(of=("self",))
        .select_related("authority", "territory")
        .get(pk=party.pk)
    )
    require(may_manage_party(actor, party))
    if seen != party.version:
        raise Stale(version=party.version, fields=[
            ("Nom", party.authority.name, name), ("Nature", party.get_kind_display(), TerritoryParty.Kind(kind).label),
            ("Précision", party.note, note),
        ])  # fmt: skip
    if since and until and until <= since:
        raise Problem(
            "La fin tombe avant le début. Votre saisie est gardée : corrigez l’une des deux dates.", "until"
        )
    name, siren, rna = _name(name), _siren(siren), _rna(rna, kind)
    _rename(party, name, siren, rna)
    party.kind, party.since, party.until, party.note = kind, since, until, _note(note)
    party.version += 1
    party.save(update_fields=["kind", "since", "until", "note", "version"])
    journal.record(actor, PARTY_CORRECTED, party)
    return party


@service
def end_party(*, actor: Actor, party: TerritoryParty, until: date) -> TerritoryParty:
    """From that day it takes part no longer. Sheets and calculations that name it keep it, and say so."""
    party = (
        TerritoryParty.objects.select_for_update(of=("self",))
        .select_related("authority", "territory")
        .get(pk=party.pk)
    )
    require(may_manage_party(actor, party))
    if party.until is not None and party.is_over(clock.today()):
        raise Problem(
            f"Cet organisme ne participe déjà plus, depuis le {date_long(party.until)}. Rien n’a été changé.",
            "until",
        )
    if party.since and until <= party.since:
        raise Problem(
            f"La fin tombe avant le début ({date_long(party.since)}). Votre saisie est gardée : choisissez une date plus tardive.",
            "until",
        )
    party.until = until
    party.version += 1
    party.save(update_fields=["until", "version"])
    journal.record(actor, PARTY_ENDED, party, until=until)
    return party


def _name(name: str) -> str:
    name = curly(" ".join(name.split()))
    if len(fold(name)) < 2:
        raise Problem(
            "Donnez le nom de l’organisme, comme il se dit. Le reste de votre saisie est gardé.", "name"
        )
    return name[:160]


def _note(note: str) -> str:
    return " ".join(note.split())[:300]


def _siren(siren: str) -> str:
    """As `numbers` reads it, unless a body known here bears it as it is."""
    try:
        return numbers.read_siren(siren)
    except numbers.WrongNumber as wrong:
        found = numbers.compact(siren)
        if Authority.objects.filter(siren=found).exists():
            return found
        raise Problem(str(wrong), "siren") from None


def _rna(rna: str, kind: str) -> str:
    try:
        found = numbers.read_rna(rna)
    except numbers.WrongNumber as wrong:
        raise Problem(str(wrong), "rna") from None
    if found and kind != TerritoryParty.Kind.ASSOCIATION:
        raise Problem(
            "Seule une association a un numéro RNA. Votre saisie est gardée : changez la nature, ou videz ce numéro.",
            "rna",
        )
    return found


def _known(siren: str, rna: str) -> Authority | None:
    """The body that has one of these numbers; refused when they are those of two bodies."""
    if not siren and not rna:
        return None
    wanted = (Q(siren=siren) if siren else Q()) | (Q(rna=rna) if rna else Q())
    found = list(Authority.objects.filter(wanted))
    if len(found) > 1:
        raise Problem(
            f"Ces deux numéros sont ceux de deux organismes : {found[0].name} et {found[1].name}. Rien n’a été ajouté ; "
            "gardez le bon.",
            "rna",
        )
    return found[0] if found else None


def _not_here_yet(territory: Territory, authority: Authority, place: str) -> None:
    if authority.pk in _members(territory):
        raise Problem(
            f"Ce numéro est celui de {authority.name}, qui est déjà de l’intercommunalité : rien n’est à ajouter.",
            place,
        )
    already = TerritoryParty.objects.filter(territory=territory, authority=authority).first()
    if already is not None:
        raise _twice(already, authority.name, "Ce numéro est celui de", place, "vérifiez le numéro")


def _same_numbers(known: Authority, siren: str, rna: str) -> None:
    """It is known by one of the numbers typed: the other is its own too, or it would be lost without a word."""
    for typed, its, place in ((siren, known.siren, "siren"), (rna, known.rna, "rna")):
        if typed and typed != its:
            raise Problem(
                f"{known.name} est déjà connu ici, {'avec un autre' if its else 'sans'} numéro {place.upper()}. Rien n’a été ajouté, "
                "votre saisie est gardée : videz ce numéro ; s’il est bien le sien, vous le corrigerez ensuite sur sa page.",
                place,
            )


def _members(territory: Territory) -> dict[int | None, str]:
    """Id and name of the intercommunality and of the communes that are its members today."""
    return {territory.epci_id: territory.epci.name} | {
        one.authority_id: one.name for one in members(territory)
    }


def _no_namesake(territory: Territory, name: str) -> None:
    """Two bodies of one territory do not bear the same name, spelt one way or another: nobody could tell them apart."""
    folded = fold(name)
    for party in TerritoryParty.objects.filter(territory=territory).select_related("authority"):
        if fold(party.authority.name) == folded:
            raise _twice(party, party.authority.name, "Il y a déjà ici", "name", "distinguez-le par son nom")
    for member in _members(territory).values():
        if fold(member) == folded:
            raise Problem(
                f"{member} est déjà de l’intercommunalité : rien n’est à ajouter. Votre saisie est gardée.",
                "name",
            )


def _twice(party: TerritoryParty, name: str, start: str, place: str, way_out: str) -> Problem:
    if party.until is not None and party.is_over(clock.today()):
        return Problem(
            f"{start} {name}, qui ne participe plus depuis le {date_long(party.until)}. Rien n’a été ajouté : ouvrez sa page "
            "et videz la date de fin pour l’accueillir de nouveau.",
            place,
        )
    return Problem(
        f"{start} {name}, qui figure déjà dans la liste. Rien n’a été ajouté deux fois ; s’il s’agit d’un autre organisme, {way_out}.",
        place,
    )


def _made(name: str, siren: str, rna: str, territory: Territory) -> Authority:
    """A body nobody knew here, or that somebody else adds at this very moment: one row whatever happens.

    The official list gives its name. Without a SIREN, or when another body was known by it before its own was corrected, it gets
    a code of its own.
    """
    listed = syndicate(siren) if siren else None
    said = {
        "kind": Authority.Kind.OTHER, "name": listed.name if listed else name, "siren": siren or None, "rna": rna or None,
        "department": listed.department if listed else territory.epci.department,
        "legal_nature": listed.nature if listed else "",
    }  # fmt: skip
    if siren or rna:
        number = {"siren": siren} if siren else {"rna": rna}
        made, _ = Authority.objects.get_or_create(**number, defaults=said)
    else:
        made = Authority.objects.create(**said)
    code = siren or rna
    taken = bool(code) and Authority.objects.filter(own_code=code).exclude(pk=made.pk).exists()
    if made.own_code is None and (not siren or taken):
        made.own_code = rna if rna and not siren and not taken else f"P{made.pk:06d}"
        made.save(update_fields=["own_code"])
    return made


def _rename(party: TerritoryParty, name: str, siren: str, rna: str) -> None:
    body = party.authority
    if (name, siren, rna) == (body.name, body.siren or "", body.rna or ""):
        return
    if body.kind != Authority.Kind.OTHER or index.epci(body.siren or "") is not None:
        raise Problem(
            f"{body.name} vient de la liste nationale : son nom et ses numéros ne se changent pas ici. Votre saisie est gardée ; "
            "remettez-les comme ils étaient.",
            "name",
        )
    elsewhere = TerritoryParty.objects.filter(authority=body).exclude(territory=party.territory).exists()
    if elsewhere or body.mandates.exclude(territory=party.territory).exists():
        raise Problem(
            "Le nom et les numéros de cet organisme sont communs à plusieurs territoires : ils ne se changent pas ici. Votre "
            "saisie est gardée ; l’administration de l’instance peut les corriger.",
            "name",
        )
    other = Authority.objects.exclude(pk=body.pk).filter(
        (Q(siren=siren) if siren else Q(pk=0)) | (Q(rna=rna) if rna else Q(pk=0))
    )  # fmt: skip
    if found := other.first():
        raise Problem(
            f"Ce numéro est celui de {found.name}. Rien n’a été changé ; vérifiez-le.",
            "siren" if siren else "rna",
        )
    if fold(name) != fold(body.name):
        _no_namesake(party.territory, name)
    if body.own_code is None and siren != body.siren:
        body.own_code = body.code  # the calculations already made know it by that
    body.name, body.siren, body.rna = name, siren or None, rna or None
    body.save(update_fields=["name", "siren", "rna", "own_code"])
