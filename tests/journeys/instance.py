"""The product in processes of its own, on SQLite in an empty folder: what a person who installs it meets."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SOURCE = Path(__file__).resolve().parents[2]
FIRST_PORT, LAST_PORT = 8240, 8249


def _free_port() -> int:
    # Each test process has ports of its own: between the probe and the first answer half a minute passes, and two
    # servers may well share a port without an error (SO_REUSEPORT), each answering half of the other's requests.
    shift = 10 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in range(FIRST_PORT + shift, LAST_PORT + shift + 1):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no free port")


def _kill_all(child: subprocess.Popen[bytes]) -> None:
    """The process and those it started (granian keeps its workers apart): an orphan would go on answering."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


class Instance:
    """Pages and worker, with the demonstration's clock and mail, on data of its own."""

    def __init__(self, data: Path) -> None:
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = data / "journal.txt"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {
            **kept, "PYTHONPATH": str(SOURCE / "src"), "PYTHONUTF8": "1", "MOSAIQUE_DATA": str(data), "MOSAIQUE_DEMO": "1",
            "PORT": str(self.port), "MOSAIQUE_URL": self.url, "DJANGO_SETTINGS_MODULE": "mosaique.config.settings",
        }  # fmt: skip
        self.children: list[subprocess.Popen[bytes]] = []
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.serve()
        self._start("-m", "mosaique", "worker")

    def manage(self, *words: str) -> str:
        """Run a management command; its output."""
        done = subprocess.run(
            [sys.executable, "-m", "mosaique", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def serve(self) -> None:
        """Start the pages (again, after `cut`)."""
        self.pages = self._start(
            "-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2", "--host", "127.0.0.1",
            "--port", str(self.port), "mosaique.config.wsgi:application",
        )  # fmt: skip
        for _ in range(200):
            try:
                urlopen(f"{self.url}/sante/", timeout=5).close()
                return
            except (URLError, ConnectionError, TimeoutError):
                assert self.pages.poll() is None, self.log.read_text()[-3000:]
                time.sleep(0.15)
        raise AssertionError("the pages do not answer: " + self.log.read_text()[-3000:])

    def cut(self) -> None:
        """Kill the pages outright, as a power cut would; `serve` brings them back."""
        _kill_all(self.pages)
        for _ in range(40):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.1)
        raise AssertionError("somebody still answers")

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, *words], env=self.environment, stdout=log, stderr=log, cwd=SOURCE, start_new_session=True
            )  # fmt: skip
        self.children.append(child)
        return child

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                _kill_all(child)
