"""The shell half of `./mosaique`: what it says when a machine is not ready, without a trace or a question."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repository.tracked import ROOT

SHELL_TOOLS = ["cat", "cmp", "cp", "dirname", "env", "flock", "grep", "mkdir", "readlink", "rm", "sh", "tail"]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The script and the locks alone, in a folder with a space in its name."""
    folder = tmp_path / "mes projets" / "mosaïque"
    folder.mkdir(parents=True)
    for name in ("mosaique", "requirements.lock", "requirements-dev.lock"):
        shutil.copy2(ROOT / name, folder / name)
    return folder


def bare_path(folder: Path, python3: str | None) -> str:
    """A PATH with the tools every system has, and the given `python3`."""
    folder.mkdir()
    for tool in SHELL_TOOLS:
        if found := shutil.which(tool):
            (folder / tool).symlink_to(found)
    if python3 is not None:
        (folder / "python3").write_text(f"#!/bin/sh\n{python3}\n")
        (folder / "python3").chmod(0o755)
    return str(folder)


def run(
    checkout: Path, *arguments: str, path: str = "/usr/bin:/bin", cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(checkout / "mosaique"), *arguments],
        cwd=cwd or checkout,
        env={"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_script_is_plain_posix_shell(shell: str) -> None:
    if found := shutil.which(shell):
        assert subprocess.run([found, "-n", str(ROOT / "mosaique")], check=False).returncode == 0
    assert (ROOT / "mosaique").read_text().startswith("#!/bin/sh\n")


def test_continuous_integration_script_is_sound() -> None:
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"], ["-h"]])
def test_help_needs_nothing(checkout: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = run(checkout, *arguments, path=bare_path(tmp_path / "bin", None), cwd=Path("/"))
    assert done.returncode == 0
    assert done.stderr == ""
    for command in ("demo", "serve", "test", "check", "bench", "reset", "invite", "lock", "assets"):
        assert f"\n  {command}" in done.stdout


def test_an_unknown_command_gets_the_help(checkout: Path) -> None:
    done = run(checkout, "danser")
    assert done.returncode == 2
    assert "La commande « danser » n’existe pas." in done.stderr
    assert "./mosaique <commande>" in done.stderr


def test_a_symbolic_link_leads_home(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to(checkout / "mosaique")
    done = subprocess.run(
        [str(tmp_path / "lien"), "demo"],
        cwd="/",
        env={"PATH": bare_path(tmp_path / "bin", 'echo "Python 3.9.2"; exit 1')},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert (checkout / ".tools").is_dir()


FAILING_PIP = """
case "$*" in
    *"-m pip install"*) echo "{message}"; exit 1 ;;
    *) exit 0 ;;
esac
"""


@pytest.mark.parametrize(
    ("python3", "sentence", "advice"),
    [
        (None, "absent de cette machine", "apt-get install python3"),
        ('echo "Python 3.9.2"; exit 1', "cette machine a Python 3.9.2", "apt-get install python3"),
        (FAILING_PIP.format(message="No module named pip"), "Il manque pip", "apt-get install python3-pip"),
        (
            FAILING_PIP.format(message="Failed to establish a new connection"),
            "Le dépôt de paquets Python ne répond pas",
            "Vérifiez la connexion",
        ),
        (
            FAILING_PIP.format(message="OSError: [Errno 28] No space left on device"),
            "Le disque est plein",
            "Libérez de la place",
        ),
        (FAILING_PIP.format(message="Something else"), "L’installation a échoué", "installation.log"),
    ],
)
def test_a_machine_that_is_not_ready_is_told_what_to_do(
    checkout: Path, tmp_path: Path, python3: str | None, sentence: str, advice: str
) -> None:
    done = run(checkout, "demo", path=bare_path(tmp_path / "bin", python3))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert advice in done.stderr
    assert not (checkout / ".venv").exists()
