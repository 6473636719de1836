"""Verbs of a consultation, by chapter: opening, dates, opinions, adoption."""

from mosaique.consultation.services.adoption import note_sending, record_vote, send_adopted
from mosaique.consultation.services.dates import (
    acknowledge,
    cancel_sitting,
    correct_fact,
    enter_fact,
    set_sitting,
)
from mosaique.consultation.services.opening import move_vote, open_consultation
from mosaique.consultation.services.opinions import answer_reserve, correct_opinion, give_opinion, note_tacit

__all__ = [
    "acknowledge", "answer_reserve", "cancel_sitting", "correct_fact", "correct_opinion", "enter_fact", "give_opinion",
    "move_vote", "note_sending", "note_tacit", "open_consultation", "record_vote", "send_adopted", "set_sitting",
]  # fmt: skip
