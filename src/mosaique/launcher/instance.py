"""An instance as the launcher sees it: a data folder, an address, and the environment its processes get."""

import errno
import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mosaique.launcher.leash import leashed
from mosaique.launcher.terminal import Refusal

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]

DEMO, REAL = "demonstration", "instance"


@dataclass(frozen=True)
class Instance:
    """One data folder, its use (a demonstration or the real thing), and where it listens."""

    data: Path
    use: str
    host: str
    port: int
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this instance gets: ours, plus what was decided here."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mosaique.config.settings",
            "MOSAIQUE_DATA": str(self.data),
            "MOSAIQUE_DEMO": "1" if self.use == DEMO else "0",
            "PORT": str(self.port),
            **dict(self.settings),
        }

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the SQLite file of the data folder."""
        return not self.environment.get("DATABASE_URL")

    @property
    def database(self) -> Path:
        return self.data / "mosaique.sqlite3"

    @property
    def public_url(self) -> str:
        return (os.environ.get("MOSAIQUE_URL") or f"http://localhost:{self.port}").rstrip("/")

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of Django's commands, keeping what it prints."""
        command = leashed(django(*arguments))
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )


def django(*arguments: str) -> list[str]:
    """The command line of one of Django's commands."""
    return [sys.executable, "-m", "mosaique", *arguments]


def from_environment(use: str) -> Instance:
    """The instance that PORT, MOSAIQUE_LISTEN and MOSAIQUE_DATA describe."""
    folder = os.environ.get("MOSAIQUE_DATA")
    default = ROOT / "var" / "demo" if use == DEMO else ROOT / "var"
    return Instance(
        data=Path(folder).absolute() if folder else default,
        use=use,
        host=os.environ.get("MOSAIQUE_LISTEN") or "127.0.0.1",
        port=_port(os.environ.get("PORT") or "8000"),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Refusal(f"PORT doit être un nombre entre 1 et 65535 ; reçu « {text} ». Rien n’a été démarré.")


def open_data_folder(instance: Instance) -> IO[str]:
    """Make the folder if needed and hold it: one running Mosaïque per folder. Closing the file lets it go."""
    try:
        instance.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (instance.data / "verrou").open("a")
    except OSError as error:
        raise Refusal(
            f"Impossible d’écrire dans le dossier des données {instance.data} ({error.strerror}).\n"
            "Rien n’a été démarré. Donnez le droit d’écriture, ou choisissez un autre dossier : MOSAIQUE_DATA=…"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Refusal(
            f"Mosaïque tourne déjà avec le dossier {instance.data}.\n"
            "Arrêtez-la d’abord (Ctrl+C), ou choisissez un autre dossier : MOSAIQUE_DATA=…"
        ) from error
    return lock


def claim(instance: Instance) -> None:
    """Refuse to open a real instance's data as a demonstration, or the reverse; remember the use of a new one."""
    mark = instance.data / "usage"
    known = mark.read_text().strip() if mark.exists() else ""
    if not known and instance.use == DEMO and instance.database.exists():
        known = REAL  # someone's database, made without us: never fill it with invented people
    if known and known != instance.use:
        ours, theirs = (
            ("une démonstration", "une véritable instance")
            if instance.use == DEMO
            else ("une véritable instance", "une démonstration")
        )
        raise Refusal(
            f"Le dossier {instance.data} contient {theirs} : il ne peut pas servir à {ours}.\n"
            "Rien n’a été changé. Choisissez un autre dossier : MOSAIQUE_DATA=…"
        )
    mark.write_text(instance.use + "\n")


def check_port_is_free(instance: Instance) -> None:
    """The server could share a port silently (SO_REUSEPORT), so look before it starts."""
    family = socket.AF_INET6 if ":" in instance.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((instance.host, instance.port))
        except PermissionError as error:
            raise Refusal(
                f"Le port {instance.port} est réservé à l’administrateur de la machine. Rien n’a été démarré.\n"
                "Choisissez un port à partir de 1024, par exemple : PORT=8080 ./mosaique …"
            ) from error
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Refusal(
                    f"Impossible d’écouter sur {instance.host} : {error.strerror}. Vérifiez MOSAIQUE_LISTEN."
                ) from error
            raise Refusal(
                f"Le port {instance.port} est déjà pris par un autre programme. Rien n’a été démarré.\n"
                f"Choisissez-en un autre, par exemple : PORT={_next_port(instance.port)} ./mosaique …"
            ) from error


def _next_port(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def has_command(name: str) -> bool:
    """Whether a room offers this Django command; asking Django itself would cost half a second per start."""
    return any(PACKAGE.glob(f"*/management/commands/{name}.py"))


def run_attached(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a command that speaks for itself, and return its code."""
    return subprocess.run(leashed(command), env=environment, cwd=ROOT, check=False).returncode
