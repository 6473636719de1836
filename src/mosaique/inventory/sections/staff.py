"""Staff: one line per post (or per group of posts), never a name."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from mosaique.inventory.columns import Column
from mosaique.inventory.spec import FEW, Figure, Line, SectionSpec, counted, in_range, summed

FIELDS = (
    ("administrative", "Administrative"), ("technique", "Technique"), ("sociale", "Sociale"),
    ("medico_sociale", "Médico-sociale"), ("medico_technique", "Médico-technique"), ("culturelle", "Culturelle"),
    ("sportive", "Sportive"), ("animation", "Animation"), ("police", "Police"), ("incendie", "Incendie"),
)  # fmt: skip
RETIREMENT = (("1", "Dans l’année"), ("3", "1 à 3 ans"), ("5", "3 à 5 ans"), ("plus", "Après 5 ans"))
_FIELD_NAMES = dict(FIELDS)

COLUMNS = (
    Column("mission", "Poste ou mission", required=True, unknown=False, card="tout",
           help="Ce que fait le poste : « Accueil et agence postale ». Jamais de nom."),
    Column("filiere", "Filière", "choice", FIELDS, width="g-ret", card="l6"),
    Column("categorie", "Caté\u00adgorie", "choice", (("A", "A"), ("B", "B"), ("C", "C")), long_label="Catégorie",
           width="g-cat", card="l2"),
    Column("statut", "Statut", "choice",
           (("titulaire", "Titulaire"), ("stagiaire", "Stagiaire"), ("cdi", "CDI"), ("cdd", "CDD"),
            ("aide", "Contrat aidé"), ("apprenti", "Apprenti")), width="g-sta", card="l4"),
    Column("etp_budget", "ETP prévus", "etp", long_label="ETP prévus au budget", unit="ETP", total=True,
           soft_maximum=Decimal("1.5"), width="g-etp", help="Équivalent temps plein : 17 h 30 par semaine comptent pour 0,50."),
    Column("etp_pourvu", "ETP pourvus", "etp", unit="ETP", total=True, soft_maximum=Decimal("1.5"), width="g-etp"),
    Column("depart", "Départ à la retraite", "choice", RETIREMENT, width="g-ret"),
    Column("partage", "Déjà partagé avec", suggest=True, width="g-sta",
           help="Une commune, l’intercommunalité, un syndicat ; « Personne » si le poste n’est pas partagé."),
    Column("difficile", "Diffi\u00adcile à recruter", "choice", (("oui", "Oui"), ("non", "Non")), long_label="Difficile à recruter",
           width="g-cat"),
)  # fmt: skip


def sentence(commune: str, lines: Sequence[Line]) -> str:
    """Ranges and the main field only: under five posts in a field, people would be recognised."""
    if not lines:
        return f"{commune} : aucun poste déclaré."
    text = f"{commune} : {in_range(len(lines))} postes"
    fields = Counter(line.text("filiere") for line in lines if line.text("filiere"))
    if len(lines) > 3 and fields:
        main, count = fields.most_common(1)[0]
        if count * 2 > len(lines):
            text += f", surtout dans la filière {_FIELD_NAMES[main].lower()}"
    leaving = sum(line.text("depart") in ("1", "3", "5") for line in lines)
    if len(lines) >= FEW:
        text += ". " + (
            "Aucun départ à la retraite prévu dans les cinq ans" if not leaving
            else f"{in_range(leaving)} départs à la retraite dans les cinq ans"
        )  # fmt: skip
    return text + "."


def _by_field(lines: Sequence[Line]) -> list[Figure]:
    """Budgeted ETP per field; small fields together, never alone, never deducible from the others."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.text("filiere") or "", []).append(line)
    ordered = sorted(groups, key=lambda key: (len(groups[key]), key))
    small = [key for key in ordered if len(groups[key]) < FEW or not key]
    # One small field alone would be the total less the others: the next smallest joins it.
    while small and sum(len(groups[key]) for key in small) < FEW and len(small) < len(ordered):
        small.append(next(key for key in ordered if key not in small))
    figures = [
        summed(groups[key], "etp_budget", f"etp_filiere_{key}", f"ETP prévus, filière {_FIELD_NAMES[key].lower()}", "ETP")
        for key in _FIELD_NAMES if key in groups and key not in small
    ]  # fmt: skip
    if small and figures:
        rest = [line for key in small for line in groups[key]]
        figures.append(summed(rest, "etp_budget", "etp_filiere_autres", "ETP prévus, autres filières", "ETP"))
    return figures


def figures(lines: Sequence[Line]) -> list[Figure]:
    """Posts, ETP, ETP by field, retirements within five years (not said under five posts)."""
    found = [
        counted("postes", "Lignes de postes", len(lines), "postes"),
        summed(lines, "etp_budget", "etp_budget", "ETP prévus au budget", "ETP"),
        summed(lines, "etp_pourvu", "etp_pourvu", "ETP pourvus", "ETP"),
        *_by_field(lines),
    ]
    leaving = sum(line.text("depart") in ("1", "3", "5") for line in lines)
    missing = sum(not line.text("depart") for line in lines)
    label = "Départs à la retraite dans les cinq ans"
    if len(lines) < FEW:
        found.append(Figure("departs_5_ans", label, None, "postes", "non_communique", missing))
    elif missing == len(lines):
        found.append(Figure("departs_5_ans", label, None, "postes", "inconnu", missing))
    else:
        found.append(counted("departs_5_ans", label, leaving, "postes", missing))
    return found


SPEC = SectionSpec(
    name="staff", slug="personnel", letter="A", short="Personnel",
    title="Qui travaille pour la commune {de_commune} ?",
    lead="Une ligne par poste, jamais de nom.", minutes=10,
    heading="Les postes de la commune", add="Ajouter un poste", noun="poste", nouns="postes", feminine=False,
    columns=COLUMNS, sentence=sentence, figures=figures, detail_for_communes=False,
    totals=("postes", "etp_budget", "etp_pourvu"),
)  # fmt: skip
