"""What this room keeps of a person: who they are, for whom they act, which spaces they belong to."""

from mosaique.kernel.personal import Kept, Table, register

register(
    Kept(
        "identity",
        "Votre nom et votre adresse de courriel",
        "Vous reconnaître quand vous entrez, et signer ce que vous faites.",
        "Tant que la démarche est suivie ici, mandats terminés compris : vos actes gardent leur auteur.",
        (
            Table(
                "access.Person",
                ("pk",),
                {
                    "given_name": "Prénom", "family_name": "Nom", "email": "Adresse", "created_at": "Inscription",
                    "last_login": "Dernière entrée", "is_operator": "Administre l’instance", "is_active": "Compte ouvert",
                },
                "Vous",
            ),
        ),
    ),
    Kept(
        "mandates",
        "Vos mandats, leurs dates, ce qui vous a été confié par délégation",
        "Savoir au nom de qui vous agissez, et ce que vous pouvez lire et décider.",
        "Comme votre nom : un acte dit sous quel mandat il a été fait.",
        (
            Table(
                "access.Mandate",
                ("person",),
                {
                    "territory__epci__name": "Territoire", "authority__name": "Collectivité", "role": "Rôle", "title": "Titre",
                    "starts_on": "Début", "ends_on": "Premier jour sans lui", "entrusted": "Confié par délégation",
                    "order_reference": "Arrêté",
                },
                "Vos mandats",
            ),
            Table(
                "access.Mandate", ("substitute_of__person",), {"title": "Titre", "starts_on": "Début", "ends_on": "Premier jour sans lui"},
                "Ceux qui vous suppléent, ou à qui vous avez confié une partie du vôtre",
            ),
            Table("access.AccessCard", ("person",), not_given="Un résumé de vos mandats, refait à chaque changement."),
            Table(
                "access.TerritoryClaim", ("person",), {"claimed_at": "Demande", "confirmed_at": "Accord"},
                "Vos demandes d’ouverture d’un territoire",
            ),
            Table(
                "access.TerritoryClaim", ("confirmed_by",), {"claimed_at": "Demande", "confirmed_at": "Accord"},
                "Les ouvertures que vous avez accordées",
            ),
        ),
    ),
    Kept(
        "spaces",
        "Les espaces dont vous êtes membre, et ce que vous y avez déjà lu",
        "Vous montrer ce qui est nouveau pour vous. Personne d’autre ne voit ce que vous avez lu.",
        "Tant que l’espace existe.",
        (
            Table(
                "access.Membership", ("person",), {"role": "Rôle", "state": "État", "since": "Depuis"},
                "Votre place dans les espaces",
            ),
            Table("access.ReadMark", ("person",), {"kind": "Sorte", "at": "Lu jusqu’au"}, "Vos marques de lecture"),
        ),
    ),
)  # fmt: skip
