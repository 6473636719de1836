"""A realistic report to look at and to test with. Places are real, figures and decisions are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mosaique.kernel.docgen.model import (
    BulletList,
    Callout,
    Column,
    Cover,
    Definition,
    Definitions,
    Document,
    Figure,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Row,
    Run,
    Table,
    Tile,
    Unknown,
)

from . import drawings

VAL81 = [
    "Andouque",
    "Assac",
    "Cadix",
    "Courris",
    "Crespinet",
    "Faussergues",
    "Fraissines",
    "Lacapelle-Pinet",
    "Le_Dourn",
    "Lédas-et-Penthiès",
    "Padiès",
    "Saint-Cirgue",
    "Saint-Grégoire",
    "Saint-Julien-Gaulène",
    "Saint-Michel-Labadié",
    "Saussenac",
    "Sérénac",
    "Trébas",
    "Valence-d'Albigeois",
]
GARONNE = [
    "Beaufort",
    "Bérat",
    "Boussens",
    "Cambernard",
    "Castelnau-Picampeau",
    "Casties-Labrande",
    "Cazères",
    "Couladère",
    "Forgues",
    "Le_Fousseret",
    "Francon",
    "Fustignac",
    "Gratens",
    "Labastide-Clermont",
    "Lahage",
    "Lautignac",
    "Lescuns",
    "Lherm",
    "Lussan-Adeilhac",
    "Marignac-Lasclares",
    "Marignac-Laspeyres",
    "Martres-Tolosane",
    "Mauran",
    "Mondavezan",
    "Monès",
    "Montastruc-Savès",
    "Montberaud",
    "Montclar-de-Comminges",
    "Montégut-Bourjac",
    "Montgras",
    "Montoussin",
    "Palaminy",
    "Le_Pin-Murelet",
    "Plagne",
    "Plagnole",
    "Le_Plan",
    "Polastron",
    "Poucharramet",
    "Pouy-de-Touges",
    "Rieumes",
    "Saint-Araille",
    "Saint-Élix-le-Château",
    "Sainte-Foy-de-Peyrolières",
    "Saint-Michel",
    "Sajas",
    "Sana",
    "Savères",
    "Sénarens",
]
HUES = ("bv", "ocre", "brique", "olive", "ardoise", "prune")


def tile(rank: int) -> Tile:
    number = rank * 11 % 48
    return Tile(number % 8, HUES[number // 8])


def names(count: int) -> list[str]:
    pool = VAL81 if count <= len(VAL81) else GARONNE
    found = [pool[i % len(pool)].replace("_", " ") for i in range(count)]
    return [name if i < len(pool) else f"{name}-{i // len(pool) + 1}" for i, name in enumerate(found)]


def staff_table(count: int) -> Table:
    rows, total = [], [Decimal(0)] * 3
    for i, name in enumerate(names(count)):
        if i % 9 == 3:
            rows.append(Row((name, *[Unknown()] * 4), tile=tile(i)))
            continue
        now = Decimal(70 + i * 37 % 900) / 100
        later = now - (Decimal("0.50") if i % 7 == 6 else 0)
        rows.append(Row((name, now, later, later, later - now), tile=tile(i)))
        total = [total[0] + now, total[1] + later, total[2] + later]
    rows.append(Row(("Total connu", *total, total[2] - total[0]), total=True))
    return Table(
        "Emplois par collectivité, avant et après les mutualisations",
        (
            Column("Collectivité"),
            Column("2026", "etp"),
            Column("2029", "etp"),
            Column("2032", "etp"),
            Column("Écart", "etp", signed=True),
        ),
        tuple(rows),
        unit="emplois en équivalent temps plein (ETP), au 1er janvier",
        year="2026 constaté, 2029 et 2032 prévus",
        source="inventaires validés par les communes ; prévisions des fiches 3, 7 et 11",
        note="« Non communiqué » n'est pas zéro : ces collectivités ne sont pas dans le total.",
    )


def cost_table(count: int) -> Table:
    rows, totals = [], [Decimal(0)] * 3
    for i, name in enumerate(names(count)):
        a = Decimal(1518 + i * 4321 % 9000) + Decimal(i * 13 % 100) / 100
        b = Unknown("sans effet") if i % 3 else Decimal(12500)
        c = Decimal(-320 - i * 20)
        known = [x if isinstance(x, Decimal) else Decimal(0) for x in (a, b, c)]
        rows.append(Row((name, a, b, c, sum(known, Decimal(0))), tile=tile(i)))
        totals = [x + y for x, y in zip(totals, known, strict=True)]
    rows.append(Row(("Ensemble", *totals, sum(totals, Decimal(0))), total=True))
    return Table(
        "Dépenses de fonctionnement par collectivité, en année pleine",
        (
            Column("Collectivité"),
            Column("Fiche 7 Urbanisme", "money"),
            Column("Fiche 3 Remplacements", "money"),
            Column("Fiche 11 Électricité", "money", signed=True),
            Column("Total par an", "money", signed=True),
        ),
        tuple(rows),
        unit="euros ; un montant négatif est une dépense évitée",
        year="2029",
        source="fiches 7 (clé : 30 % population, 70 % activité), 3 et 11, hypothèses du 20 août 2027",
        note="Arrondis aux plus forts restes : la somme est exacte au centime.",
    )


def years_table(count: int) -> Table:
    years = range(2026, 2036)
    rows = []
    for i, name in enumerate(names(count)):
        cells = [
            Unknown()
            if i % 11 == 5 and y > 2030
            else Decimal(1200 + (i * 977 + y * 31) % 48000) + Decimal(i % 100) / 100
            for y in years
        ]
        rows.append(Row((name, *cells), tile=tile(i)))
    return Table(
        "Coût prévisionnel du service commun d'urbanisme, commune par commune",
        (
            Column("Commune"),
            *(Column(str(y), "money", group="Mandat 2026-2032" if y < 2032 else "Ensuite") for y in years),
        ),
        tuple(rows),
        unit="euros par an",
        year="2026 à 2035",
        source="scénario 2, hypothèses du 20 août 2027",
        wide=True,
    )


def sheet(number: int, title: str) -> list[object]:
    return [
        Heading(
            2,
            f"Fiche {number}. {title}",
            f"fiche-{number}",
            numbered=False,
            new_page=True,
            kicker="Axe 2, Aménager et construire",
            tile=Tile(6, "brique"),
        ),
        KeyFigures(
            (
                KeyFigure("13", "communes sur 19, dont 4 sous condition"),
                KeyFigure("1,20 ETP", "dont 0,50 mis à disposition"),
                KeyFigure("58 000 €", "par an, en année pleine"),
                KeyFigure("1er juillet 2028", "démarrage visé"),
            )
        ),
        Heading(3, "Ce qui ne va pas aujourd'hui", f"constat-{number}"),
        Paragraph(
            "Pas de conseil avant le dépôt, des pièces redemandées deux fois, personne pour remplacer un agent absent. "
            "Les communes traitent environ 180 équivalents permis par an ; une sur trois attend plus de 6 semaines."
        ),
        Heading(3, "Ce qui est proposé", f"proposition-{number}"),
        Paragraph(
            (
                Run(
                    "Un service commun (article L. 5211-4-2 du code général des collectivités territoriales, vérifié le "
                ),
                Run("14 octobre 2026", bold=True),
                Run("). La communauté emploie l'équipe, basée à Valence-d'Albigeois. "),
                Run("Chaque maire continue de signer", italic=True),
                Run(" et peut reprendre un dossier sur simple écrit. Texte en vigueur : "),
                Run("legifrance.gouv.fr", link="https://www.legifrance.gouv.fr/"),
                Run("."),
            )
        ),
        BulletList(
            (
                Item("Une permanence par demi-journée dans chaque pôle :"),
                Item(
                    "Trois agents aujourd'hui isolés forment une équipe :",
                    (
                        BulletList(
                            (
                                Item("un instructeur à temps plein, recruté par la communauté ;"),
                                Item("deux secrétaires de mairie, mises à disposition à mi-temps."),
                            )
                        ),
                    ),
                ),
                Item(
                    "Le logiciel d'instruction est acheté une fois, au lieu de six contrats qui finissent en 2027."
                ),
            )
        ),
        Heading(3, "Ce que cela change pour l'habitant", f"habitant-{number}"),
        Table(
            "Service rendu, avant et après",
            (Column("Indicateur"), Column("2026", "number"), Column("Cible 2029", "number")),
            (
                Row(("Réponse à une déclaration préalable, en jours", 31, 21)),
                Row(("Dossiers renvoyés pour pièce manquante, sur 100", 38, 20)),
                Row(("Conseil avant dépôt, en demi-journées par mois", Unknown(), 6)),
            ),
            unit="voir chaque ligne",
            year="2026 et 2029",
            source="relevé des secrétariats de mairie, mars 2027",
        ),
        Callout(
            "Ce qui reste à décider",
            "Les quatre communes qui ont dit « oui, si » attendent une réponse sur la permanence avant le 1er décembre 2027.",
            "attente",
        ),
        Heading(3, "Les communes, au 26 août 2027", f"communes-{number}"),
        Paragraph(
            (
                Run("Oui : ", bold=True),
                Run("Andouque, Assac, Cadix, Padiès, Saint-Cirgue, Saint-Grégoire, Trébas."),
            )
        ),
        Paragraph(
            (
                Run("Oui, si : ", bold=True),
                Run(
                    "Saussenac, si une permanence se tient en mairie une demi-journée par mois ; Sérénac, si le maire peut "
                    "reprendre un dossier à tout moment ; Crespinet, si cela coûte moins de 2 500 € par an."
                ),
            )
        ),
    ]


PROSE = (
    (
        "Le schéma est né d'un constat partagé : les secrétaires de mairie portent seules des dossiers toujours plus lourds, et "
        "chaque absence ferme un guichet. Trente-deux réunions ont été tenues entre mars 2026 et juin 2027."
    ),
    (
        "La loi laisse chaque commune libre. Le rapport relatif aux mutualisations de services comporte un projet de schéma à "
        "mettre en œuvre pendant la durée du mandat ; il prévoit notamment son impact prévisionnel sur les effectifs et sur les "
        "dépenses de fonctionnement. Il est transmis pour avis à chacun des conseils municipaux, qui disposent de trois mois ; "
        "à défaut de délibération dans ce délai, l'avis est réputé favorable."
    ),
    (
        "Les agents ont été entendus par un questionnaire anonyme, puis en quatre ateliers. Ce qui revient le plus : ne plus être "
        "seul, garder un employeur proche, connaître ses missions par écrit. Les représentants du personnel demandent que toute "
        "mise à disposition soit volontaire la première année."
    ),
    (
        "Aucune compétence n'est transférée par ce document. Une mutualisation se décide convention par convention, conseil par "
        "conseil ; une commune peut entrer plus tard, ou sortir avec un préavis d'un an."
    ),
    (
        "Les habitants demandent d'abord des horaires : 412 réponses sur 655 citent l'ouverture du samedi matin. Vient ensuite "
        "la distance : personne ne souhaite faire plus de 15 km pour une démarche simple."
    ),
)


def png(width: int = 8, height: int = 4) -> bytes:
    """A small plain picture, made by hand so that the sample needs no file."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + bytes((10, 90 + 8 * y % 100, 94) * width) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 36"><rect width="36" height="36" rx="4" fill="#0a5a5e"/>'
    b'<circle cx="18" cy="18" r="9" fill="#fbecca"/><rect x="46" y="8" width="70" height="6" fill="#1a2630"/>'
    b'<rect x="46" y="20" width="48" height="6" fill="#857c69"/></svg>'
)


def report(communes: int = 19, *, sheets: int = 3, prose: int = 1, across: bool = True) -> Document:
    titles = (
        "Remplacer une secrétaire de mairie absente",
        "Instruire ensemble les autorisations d'urbanisme",
    )
    text = [Paragraph(p) for _ in range(prose) for p in PROSE]
    blocks: list[object] = [
        Heading(1, "Pourquoi un schéma, et ce que dit la loi", "pourquoi"),
        Paragraph(f"Ce rapport concerne {communes} communes et leur communauté. Il tient en cinq chapitres."),
        *text[:2],
        Callout(
            "À retenir",
            "Rien n'est imposé : chaque mutualisation reste soumise au vote de chaque conseil.",
            "bon",
        ),
        Heading(2, "Les règles en deux mots", "regles"),
        *text[1:],
        Quote(
            "On ne veut pas fermer la mairie, on veut qu'elle soit ouverte.",
            "Une secrétaire de mairie, atelier du 4 mai 2027",
        ),
        Heading(1, "Comment il a été construit", "comment"),
        *text,
        Heading(2, "Qui a participé", "qui"),
        *text[:3],
        Heading(2, "Ce que les contributions ont changé", "contributions"),
        NumberedList(
            (
                Item("La clé de répartition compte l'activité pour 70 %."),
                Item("Le préavis passe de 6 mois à 1 an."),
            )
        ),
        Paragraph("Puis, dans un second temps :"),
        NumberedList(
            (
                Item("La permanence du samedi est ajoutée à la fiche 3."),
                Item("Un bilan est fait après 18 mois."),
            )
        ),
        Heading(1, "Trois axes, les fiches action", "fiches"),
        Paragraph(
            "Chaque fiche tient en une ou deux pages : le constat, la proposition, l'effet pour l'habitant."
        ),
    ]
    for n in range(sheets):
        blocks += sheet(n * 4 + 3, titles[n % 2])
    blocks += [
        Heading(1, "Les deux impacts, commune par commune", "impacts"),
        Heading(2, "Impact prévisionnel sur les effectifs", "impact-effectifs"),
        Paragraph("La communauté gagne 1,20 ETP. Aucun emploi n'est supprimé dans les communes."),
        staff_table(communes),
        Heading(2, "Impact prévisionnel sur les dépenses de fonctionnement", "impact-depenses"),
        Paragraph("Année pleine 2029, en euros. Un montant négatif est une dépense évitée."),
        cost_table(communes),
    ]
    blocks += [
        Heading(2, "Les deux impacts, d’un coup d’œil", "coup-d-oeil"),
        Paragraph("Chaque barre dit l'écart avec aujourd'hui."),
        drawings.illustration(drawings.two_impacts(34), anchor="impact-depenses"),
        drawings.illustration(drawings.country(4, 80), anchor="impact-depenses"),
        drawings.illustration(drawings.TIMELINE, anchor="impact-depenses"),
    ]
    if across:
        blocks += [
            Heading(2, "Dix ans de coûts, commune par commune", "dix-ans"),
            Paragraph("Ce tableau sert au débat d'orientation budgétaire de chaque commune."),
            years_table(communes),
        ]
    blocks += [
        Heading(1, "Annexes et glossaire", "annexes", numbered=False),
        Heading(2, "Glossaire", "glossaire", numbered=False),
        Definitions(
            (
                Definition("ETP", "équivalent temps plein ; un mi-temps compte 0,50."),
                Definition(
                    "Service commun",
                    "service que l'EPCI et des communes se donnent hors compétences transférées.",
                ),
                Definition(
                    "CST",
                    "comité social territorial ; il donne son avis sur les effets du schéma pour les agents.",
                ),
            )
        ),
        Heading(2, "Une carte pour situer les pôles", "carte", numbered=False),
        Figure(
            Picture(png(40, 20), "Carte des trois pôles du territoire"),
            "Les trois pôles",
            "communauté de communes, 2027",
            120,
        ),
        Table(
            "Conventions à conclure",
            (Column("Convention"), Column("Échéance", "date")),
            (),
            source="secrétariat général",
        ),
        Table(
            "Calendrier",
            (Column("Étape"), Column("Date", "date"), Column("Part des conseils", "percent")),
            (
                Row(("Envoi aux conseils municipaux", date(2027, 9, 1), None)),
                Row(("Fin du délai de trois mois", date(2027, 12, 1), Decimal("66.7"))),
                Row(("Adresse-sans-coupure-" + "interminable" * 9, date(2028, 1, 15), Decimal(100))),
            ),
            year="2027 et 2028",
            source="secrétariat général",
        ),
    ]
    return Document(
        title=f"Ce que nos {communes} communes feront ensemble",
        subtitle="Rapport relatif aux mutualisations de services et projet de schéma, 2027-2032",
        running_title="Rapport et projet de schéma de mutualisation 2027-2032",
        authority="Communauté de communes Val 81"
        if communes == 19
        else "Communauté de communes Cœur de Garonne",
        date=date(2027, 8, 26),
        author="Communauté de communes",
        cover=Cover(
            label="Projet soumis à l'avis des conseils municipaux",
            lines=(
                "Version 3, figée le 26 août 2027",
                "Article L. 5211-39-1 du code général des collectivités territoriales",
            ),
            tiles=tuple(tile(i) for i in range(communes)),
            tiles_caption="Un carreau par commune. Données fictives de démonstration.",
            logo=Picture(LOGO, "Logo de la communauté de communes", "svg"),
        ),
        contents_note=(
            Run("Pour trouver votre commune. ", bold=True),
            Run("Elle a sa ligne dans deux tableaux : "),
            Run("les effectifs, page {page}", link="#impact-effectifs"),
            Run(" et "),
            Run("les dépenses, page {page}", link="#impact-depenses"),
            Run("."),
        ),
        footer="Version 3, figée le 26 août 2027",
        code="7f3a91c2e05b4d18",
        verify_url="https://mosaique.exemple.fr/verifier/7f3a91c2e05b4d18/",
        blocks=tuple(blocks),  # type: ignore[arg-type]
    )
