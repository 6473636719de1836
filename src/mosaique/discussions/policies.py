"""Who opens, writes, corrects, moderates, concludes. Pure: the actor, the row and its thread's space."""

from mosaique.access.actor import Actor
from mosaique.access.models import Space
from mosaique.discussions.models import Post, Thread
from mosaique.kernel import clock, typography
from mosaique.kernel.verdict import YES, Verdict, no
from mosaique.spaces.policies import may_lead, may_write_in


def may_open_thread(actor: Actor, space: Space) -> Verdict:
    return may_write_in(actor, space)


def may_post(actor: Actor, thread: Thread) -> Verdict:
    """Write in a thread: open, in time, by those who write in its space."""
    if thread.closed_at is not None:
        return no("Cet échange est clos. La réponse donnée figure en tête de page.")
    if thread.until is not None and thread.until < clock.today():
        day = typography.date_long(thread.until)
        return no(f"Cet échange était ouvert jusqu’au {day}. La suite donnée sera écrite en tête de page.")
    return may_write_in(actor, thread.space)


def may_keep_draft(actor: Actor, place: Thread | Space) -> Verdict:
    """Keep what one types where one reads; also once the thread is closed: nothing typed is lost."""
    return no("Connectez-vous pour que vos mots soient gardés.") if actor.person_id is None else YES


def may_edit_post(actor: Actor, post: Post) -> Verdict:
    if post.author_id != actor.person_id:
        return no("Seule la personne qui a écrit ce message peut le corriger.")
    if post.hidden_at is not None:
        return no(
            "Ce message est masqué. Son texte vous est gardé : écrivez-en un autre sans ce qui posait question."
        )
    return may_post(actor, post.thread)


def may_moderate(actor: Actor, post: Post) -> Verdict:
    """Hide a post with a reason, or show it again."""
    return may_lead(actor, post.thread.space)


def may_read_hidden(actor: Actor, post: Post) -> bool:
    """The text of a hidden post is kept for its author and the animators."""
    return post.author_id == actor.person_id or actor.animates(post.thread.space_id)


def may_edit_thread(actor: Actor, thread: Thread) -> Verdict:
    """Its title and its four lines."""
    if thread.closed_at is not None:
        return no("Cet échange est clos : sa question ne change plus.")
    if thread.author_id == actor.person_id and may_write_in(actor, thread.space):
        return YES
    return may_lead(actor, thread.space)


def may_close_thread(actor: Actor, thread: Thread) -> Verdict:
    if thread.closed_at is not None:
        return no("Cet échange est déjà clos.")
    return may_lead(actor, thread.space)


def may_write_releve(actor: Actor, thread: Thread) -> Verdict:
    """Also once the thread is closed: that is when one concludes."""
    return may_lead(actor, thread.space)
