"""Text from a fixed seed: French-looking sentences, the same on every machine."""

import random

_WORDS = (
    "commune service voirie agent conseil maire secrétaire équipement partage convention délibération budget matériel besoin "
    "réunion groupe urbanisme permis dossier délai accueil école cantine contrat échéance électricité assurance archive "
    "informatique remplacement formation tournée tracteur épareuse balayeuse bâtiment salle clé coût part population avis "
    "réserve proposition question réponse semaine mois année commun utile simple possible prochain premier second local rural "
    "prendre partager répondre proposer chiffrer vérifier attendre choisir préparer demander garder ouvrir avec sans pour dans "
    "entre après avant chaque plusieurs notre votre leur cette"
).split()


def sentence(rng: random.Random, low: int = 6, high: int = 14) -> str:
    words = rng.choices(_WORDS, k=rng.randint(low, high))
    return " ".join(words).capitalize() + "."


def post(rng: random.Random) -> str:
    """40 to 120 words in one or two paragraphs, as the reference measures have them."""
    target, text, count = rng.randint(40, 120), [], 0
    while count < target:
        line = sentence(rng)
        text.append(line)
        count += line.count(" ") + 1
    half = len(text) // 2
    return " ".join(text[:half]) + "\n\n" + " ".join(text[half:])
