"""Why a calculation cannot be made, in words the person who typed the figures can act upon."""

from mosaique.kernel.typography import typographie
from mosaique.kernel.verdict import Problem


class CostingError(Problem):
    """A calculation refused: nothing was computed and nothing changed.

    `message_fr` says where and what to do; `path` is the dotted place of the input (`values.81253`,
    `tariffs.0.price`), so that a form can put the sentence beside the right cell.
    """

    def __init__(self, message_fr: str, path: str) -> None:
        self.message_fr = typographie(message_fr)
        self.path = path
        super().__init__(self.message_fr, path)
