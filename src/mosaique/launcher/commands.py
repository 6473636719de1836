"""The commands of `./mosaique`, by name."""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack

from mosaique.launcher.instance import (
    DEMO,
    REAL,
    ROOT,
    claim,
    django,
    from_environment,
    open_data_folder,
    run_attached,
)
from mosaique.launcher.preparation import prepare
from mosaique.launcher.serving import serve
from mosaique.launcher.terminal import Refusal, say, warn


def _no_argument(arguments: list[str]) -> None:
    if arguments:
        raise Refusal(f"Cette commande ne prend pas d’argument ; reçu « {' '.join(arguments)} ».", code=2)


def _demo(arguments: list[str]) -> int:
    _no_argument(arguments)
    return serve(DEMO)


def _serve(arguments: list[str]) -> int:
    _no_argument(arguments)
    return serve(REAL)


def _invite(arguments: list[str]) -> int:
    if len(arguments) != 1 or "@" not in arguments[0]:
        raise Refusal("Indiquez une adresse électronique : ./mosaique invite prenom.nom@exemple.fr", code=2)
    instance = from_environment(REAL)
    try:
        with open_data_folder(instance):
            claim(instance)
            prepare(instance, pages=False)
    except Refusal:
        if not (instance.data / "preparation.json").exists():
            raise
        claim(instance)  # it is running, hence prepared: inviting needs no stop
    return run_attached(django("invite", *arguments), instance.environment)


def _reset(arguments: list[str]) -> int:
    _no_argument(arguments)
    instance = from_environment(DEMO)
    if not instance.is_embedded:
        raise Refusal(
            "La démonstration est dans la base désignée par DATABASE_URL : Mosaïque n’efface jamais une base\n"
            "qu’elle n’a pas créée. Rien n’a été effacé. Videz cette base vous-même, puis relancez ./mosaique demo"
        )
    if not instance.data.exists():
        say("Il n’y a pas de démonstration à effacer.")
        return 0
    with open_data_folder(instance):
        mark = instance.data / "usage"
        if not mark.exists() or mark.read_text().strip() != DEMO:
            raise Refusal(
                f"Le dossier {instance.data} n’est pas celui d’une démonstration : rien n’a été effacé."
            )
        shutil.rmtree(instance.data)
    say("La démonstration est effacée. ./mosaique demo en prépare une neuve.")
    return 0


def _test(arguments: list[str]) -> int:
    from mosaique.launcher.testing import run_tests

    return run_tests(arguments)


def _check(arguments: list[str]) -> int:
    from mosaique.launcher.checking import run_checks

    _no_argument(arguments)
    return run_checks()


def _bench(arguments: list[str]) -> int:
    from mosaique.launcher.testing import on_temporary_postgres

    chosen = [argument for argument in arguments if argument != "--postgres"]
    # Never the person's own data: the bench fills a territory with thousands of invented lines.
    with tempfile.TemporaryDirectory(prefix="mosaique-mesure-") as folder, ExitStack() as stack:
        environment = {**from_environment(REAL).environment, "MOSAIQUE_DATA": folder}
        environment.pop("DATABASE_URL", None)
        if "--postgres" in arguments:
            environment["DATABASE_URL"] = stack.enter_context(on_temporary_postgres())
        return run_attached(django("bench", *chosen), environment)


def _lock(arguments: list[str]) -> int:
    if not set(arguments) <= {"--upgrade"}:
        raise Refusal("./mosaique lock ne connaît que l’option --upgrade.", code=2)
    for name, limits in (("requirements", []), ("requirements-dev", ["-c", "requirements.lock"])):
        command = [
            *(str(ROOT / ".tools" / "bin" / "uv"), "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes"),
            *("--custom-compile-command", "./mosaique lock", *limits, *arguments),
            *(f"{name}.in", "-o", f"{name}.lock"),
        ]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            warn(f"{name}.lock n’a pas pu être recalculé.")
            return 1
        say(f"{name}.lock est à jour.")
    return 0


def _assets(arguments: list[str]) -> int:
    script = ROOT / "frontend" / "build.py"
    if not script.exists():
        raise Refusal("Il n’y a pas de ressources à reconstruire : frontend/build.py est absent.")
    return run_attached([sys.executable, str(script), *arguments], from_environment(REAL).environment)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": _demo,
    "serve": _serve,
    "invite": _invite,
    "reset": _reset,
    "test": _test,
    "check": _check,
    "bench": _bench,
    "lock": _lock,
    "assets": _assets,
}


def main(arguments: list[str]) -> int:
    """Run the command; a refusal becomes its sentence and an exit code, an interruption stays quiet."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        warn(f"La commande « {name} » n’existe pas. ./mosaique help les donne toutes.")
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        return COMMANDS[name](rest)
    except Refusal as refusal:
        warn(str(refusal))
        return refusal.code
    except KeyboardInterrupt:
        return 0 if name in ("demo", "serve") else 130  # for these two, being stopped is the normal end


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
