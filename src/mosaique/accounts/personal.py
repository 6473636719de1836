"""What this room keeps of a person: codes, invitations, files of people not invited yet."""

from mosaique.accounts.services import codes, imports, invitations, letters
from mosaique.kernel.personal import Kept, Table, days, register

register(
    Kept(
        "codes",
        "Les codes de connexion envoyés à une adresse, sous une forme qui ne se relit pas",
        "Vérifier que vous lisez bien cette boîte.",
        f"{days(codes.KEPT)} après l’envoi ; un code ne sert que quinze minutes.",
        (Table("accounts.SignInCode", (), not_given="Ce sont des empreintes : elles ne disent rien de vous."),),
    ),
    Kept(
        "personal_code",
        "Votre code personnel, sous une forme qui ne se relit pas, le jour de son choix et les essais manqués",
        "Montrer qu’un avis, une position ou un vote est bien le vôtre quand d’autres lisent votre boîte.",
        "Jusqu’à ce que vous en choisissiez un autre. Cinq essais manqués : un quart d’heure de pause.",
        (
            Table(
                "accounts.PersonalCode", ("person",), {"chosen_at": "Choisi le", "tries": "Essais manqués depuis le dernier bon"},
                "Votre code personnel",
            ),
        ),
    ),
    Kept(
        "ways_in",
        "Ce que vous avez ajouté pour entrer : mot de passe, clés d’accès, deuxième étape, sous une forme qui ne se relit pas",
        "Vous laisser entrer plus vite, ou empêcher quelqu’un d’autre d’entrer à votre nom.",
        "Tant que vous le gardez : vous le retirez dans « Mon compte ».",
        (
            Table("access.Person", ("pk",), not_given="L’empreinte de votre mot de passe : elle sert à vérifier ce que vous écrivez."),
            Table(
                "accounts.Passkey", ("person",), {"name": "Nom", "added_at": "Ajoutée le", "last_used_at": "A servi le"},
                "Vos clés d’accès",
            ),
            Table("accounts.SecondStep", ("person",), {"added_at": "Ajoutée le"}, "La deuxième étape de votre entrée"),
            Table("accounts.RecoveryCode", ("second_step__person",), not_given="Des empreintes : elles ne disent rien de vous."),
        ),
    ),
    Kept(
        "invitations",
        "Vos invitations : quand elles sont parties, revenues, ouvertes, acceptées",
        "Ne laisser personne de côté, et passer par le papier quand le courriel n’arrive pas.",
        f"Comme votre nom. Un lien d’invitation sert {days(invitations.LIFE)}, une lettre {days(letters.LIFE)}.",
        (
            Table(
                "accounts.Invitation",
                ("person", "mandate__person"),
                {
                    "channel": "Par", "state": "État", "created_at": "Envoi", "seen_at": "Page ouverte",
                    "accepted_at": "Acceptée", "bounced_at": "Revenue",
                },
                "Vos invitations",
            ),
            Table("accounts.InvitationBatch", ("sent_by",), {"sent_at": "Envoi"}, "Les invitations que vous avez envoyées"),
        ),
    ),
    Kept(
        "parties",
        "Qui a inscrit un organisme parmi les parties",
        "Savoir à qui demander pourquoi il y figure.",
        "Aussi longtemps que la démarche.",
        (
            Table(
                "accounts.TerritoryParty", ("added_by",), {"authority__name": "Organisme", "kind": "Nature", "added_at": "Inscription"},
                "Les organismes que vous avez inscrits",
            ),
        ),
    ),
    Kept(
        "people_files",
        "Un fichier de personnes repris par l’équipe du projet, le temps de le relire",
        "Inviter sans recopier.",
        f"Vidé dès qu’il est envoyé ou laissé, et au bout de {days(imports.KEPT)} en tout cas.",
        (
            Table(
                "accounts.PendingImport", ("received_by",), {"name": "Fichier", "received_at": "Dépôt", "closed_at": "Fin"},
                "Les fichiers de personnes que vous avez déposés",
            ),
        ),
    ),
)  # fmt: skip
