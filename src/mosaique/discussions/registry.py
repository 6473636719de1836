"""Verbs, references, and what this room offers to a space's page."""

from mosaique.files import holders
from mosaique.journal.verbs import Verb, register
from mosaique.kernel import ref
from mosaique.kernel.ref import RefKind
from mosaique.spaces import contents, tools

THREAD_OPENED = Verb("thread.opened", "a ouvert l’échange {object}")
THREAD_EDITED = Verb("thread.edited", "a précisé la question {object}", in_feed=False)
THREAD_CLOSED = Verb("thread.closed", "a donné la réponse à {object}")
POST_WRITTEN = Verb("post.written", "a écrit dans {object}")
POST_EDITED = Verb("post.edited", "a corrigé {object}", in_feed=False)
POST_HIDDEN = Verb("post.hidden", "a masqué {object}", in_feed=False)
POST_SHOWN = Verb("post.shown", "a montré de nouveau {object}", in_feed=False)
RELEVE_WRITTEN = Verb("releve.written", "a écrit {object}")
RELEVE_DELIVERED = Verb("releve.delivered", "a versé {object}")
register(
    THREAD_OPENED, THREAD_EDITED, THREAD_CLOSED, POST_WRITTEN, POST_EDITED, POST_HIDDEN, POST_SHOWN, RELEVE_WRITTEN,
    RELEVE_DELIVERED,
)  # fmt: skip


def _model(name: str):
    def find():
        from django.apps import apps

        return apps.get_model("discussions", name)

    return find


ref.register(RefKind("thread", _model("Thread"), "l’échange", lambda thread: thread.title))
ref.register(
    RefKind(
        "post",
        _model("Post"),
        "le message",
        lambda post: f"l’échange « {post.thread.title} » (message {post.number})",
        ("thread",),
    )
)
ref.register(
    RefKind(
        "releve",
        _model("Releve"),
        "le relevé",
        lambda releve: f"le relevé de l’échange « {releve.thread.title} »",
        ("thread",),
    )
)


def _threads(actor, space):
    from mosaique.discussions.queries import space_fragment

    return space_fragment(actor, space)


def _move(space, old, new):
    from mosaique.discussions.services import move_contents

    return move_contents(space, old, new)


def _lets(actor, upload):
    from mosaique.discussions.queries import lets_file

    return lets_file(actor, upload)


holders.register(holders.Holder("post", _lets))
tools.register(tools.SpaceTool("threads", "Les échanges", _threads))
contents.register(contents.Contents("threads", _move))
