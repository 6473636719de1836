"""How the launcher speaks to the person who typed the command."""

import sys


class Refusal(Exception):
    """The command cannot go on; its text is the French sentence shown to the person."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str = "") -> None:
    """Print at once: the output is often a pipe, where Python would keep it for later."""
    print(sentence, flush=True)


def warn(sentence: str) -> None:
    """Print on the error stream, where a log collector looks for what went wrong."""
    print(sentence, file=sys.stderr, flush=True)
