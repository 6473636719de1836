"""A throw-away PostgreSQL server for the tests, made from the installed programs and gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mosaique.launcher.leash import leashed
from mosaique.launcher.terminal import Refusal

_USER = "mosaique"
_START = 60.0  # seconds; a busy machine writes a new cluster slowly


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest version first; None when it is not installed."""
    found = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: [int(part) if part.isdigit() else 0 for part in folder.parent.name.split(".")],
    )
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@contextmanager
def temporary_cluster(binaries: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a running server; stop it and erase it whatever happens."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="mosaique-pg-", dir=_temporary_folder(account)))
    server = None
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        password = secrets.token_hex(16)
        _initialise(binaries, folder, password, account)
        port = _free_port()
        server = _start(binaries, folder, port, account)
        _wait_until_ready(binaries, server, folder, port)
        yield f"postgres://{_USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: whom to run it as, or None to stay who we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refusal("PostgreSQL ne démarre pas sous root, et ni « postgres » ni « nobody » n’existent ici.")


def _temporary_folder(account: pwd.struct_passwd | None) -> str | None:
    # Root's TMPDIR may be closed to others.
    return "/tmp" if account else None


def _own(command: list[str], account: pwd.struct_passwd | None) -> list[str]:
    """The command under the account, and tied to us either way: a killed test run leaves no server behind."""
    if account is None:
        return leashed(command, signal.SIGQUIT)
    # Changing user undoes the tie and may close the way to our own Python: setpriv does both in the right order.
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise Refusal(
            "PostgreSQL ne démarre pas sous root, et « setpriv » manque : apt-get install util-linux"
        )
    identity = [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return [setpriv, *identity, "--pdeathsig=QUIT", "--", *command]


def _initialise(binaries: Path, folder: Path, password: str, account: pwd.struct_passwd | None) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if account:
        os.chown(secret, account.pw_uid, account.pw_gid)
    command = [
        *(str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username", _USER),
        *("--auth", "scram-sha-256", "--pwfile", str(secret), "--no-sync"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8"),
    ]
    done = subprocess.run(
        _own(command, account),
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    secret.unlink()
    if done.returncode:
        raise Refusal(f"PostgreSQL est installé mais n’a pas pu être préparé :\n{done.stdout}{done.stderr}")


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}


def _start(
    binaries: Path, folder: Path, port: int, account: pwd.struct_passwd | None
) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
        "fsync": "off",  # nothing here is worth a disk write
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "64MB",
        "max_connections": "60",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            _own([str(binaries / "postgres"), "-D", str(folder / "data"), *options], account),
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl+C is for the tests; the server is stopped after them
        )


def _wait_until_ready(binaries: Path, server: subprocess.Popen[bytes], folder: Path, port: int) -> None:
    deadline = time.monotonic() + _START
    command = [str(binaries / "pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    while server.poll() is None and time.monotonic() < deadline:
        if subprocess.run(command, check=False).returncode == 0:
            return
        time.sleep(0.1)
    log = (folder / "log").read_text(errors="replace")[-2000:]
    raise Refusal(f"PostgreSQL est installé mais n’a pas démarré :\n{log}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # "fast": sessions are cut
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
