"""What this room keeps of a person: the list of their acts, in numbers."""

from mosaique.journal.verbs import all_verbs
from mosaique.kernel.personal import Kept, Table, register


def _phrase(code: str) -> str:
    """« a écrit dans »: the object stays a number, since the reader may no longer open it."""
    verb = all_verbs().get(code)
    return verb.phrase.replace("{object}", "").strip() if verb else code


register(
    Kept(
        "journal",
        "Le journal de vos actes : la date, le geste, la collectivité pour laquelle vous agissiez",
        "Prouver ce qui a été fait, par qui et quand. Il ne porte ni nom ni texte : des numéros, relus à l’affichage.",
        "Aussi longtemps que la démarche : une ligne ne s’efface pas et ne se change pas.",
        (
            Table(
                "journal.Line",
                ("person", "mandate__person"),
                {
                    "at": "Date", "verb": "Geste", "kind": "Objet", "ref_id": "Numéro", "authority__name": "Pour",
                    "via_shared_mailbox": "Depuis une boîte partagée",
                },
                "Vos actes",
                words={"verb": _phrase},
            ),
        ),
    )
)  # fmt: skip
