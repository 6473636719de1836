"""What councils answered. INSEE codes, so that the draw of the others stays apart."""

#: Favourable with reserves: the words of the deliberation.
RESERVES: dict[str, str] = {
    "31324": (
        "Le conseil demande qu’un passage de balayeuse ait lieu la veille du marché de la "
        "poterie et que le prix de la journée reste inférieur à quatre cents euros."
    ),
    "31481": (
        "Le conseil demande que le premier rendez-vous d’urbanisme se tienne en mairie et "
        "que la convention le dise."
    ),
    "31406": (
        "Le conseil approuve les remplacements de secrétaires, sous réserve que les "
        "déplacements soient compris dans le tarif."
    ),
    "31065": (
        "Le conseil souhaite que l’option d’électricité renouvelable soit ouverte à toutes "
        "les communes dès la première année."
    ),
    "31349": "Le conseil demande que les tarifs soient fixés pour trois ans.",
}
#: What the team has answered in writing; the others still wait for it.
ANSWERS: dict[str, str] = {
    "31324": (
        "La convention fixera le passage à la veille du marché. Le prix de la journée, calculé dans la fiche, reste "
        "sous ce montant ; toute hausse reviendra devant le comité de pilotage."
    ),
    "31481": "Oui : le premier rendez-vous se tient en mairie, et l’article 4 du projet de convention le dit.",
    "31406": (
        "Les déplacements sont comptés à part, au kilomètre. Le comité de pilotage a préféré un tarif simple et des "
        "frais visibles : le projet ne change pas sur ce point."
    ),
}
UNFAVOURABLE = ("31422", "31428")
#: Councils that never heard of it in time and voted after the limit: kept beside the tacit opinion.
LATE = {
    "31193": ("favourable", ""),
    "31370": ("reserves", ("Le conseil regrette le calendrier d’été et demande un bilan au bout d’un an.")),
}
#: Silence: the limit has passed.
SILENT = ("31122", "31204", "31292", "31327", "31353", "31359", "31367", "31543")
#: Received much later (letter, hand): the clock still runs. code → days since reception.
RUNNING = {
    "31283": 41,
    "31051": 66,
    "31189": 58,
    "31266": 52,
    "31309": 47,
    "31362": 33,
    "31387": 24,
    "31419": 19,
    "31530": 12,
}
#: Among them, the one that had the link and opened it late: the message of the consultation is still in its mailbox.
BY_LINK = ("31530",)
RUNNING_VOTED = {"31051": "favourable", "31309": "favourable"}
#: No reception known: no clock.
NOT_RECEIVED = ("31435", "31318", "31423", "31469")
#: Coming sittings: code → days after the first start.
SITTINGS = {"31283": 17, "31189": 24, "31362": 31, "31435": 12, "31530": 20, "31469": 26}
CORRECTED = {
    "31266": (
        3,
        (
            "L’accusé postal porte la date de la seconde présentation ; la première était restée "
            "au bureau de poste."
        ),
    ),
}
