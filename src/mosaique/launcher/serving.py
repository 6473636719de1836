"""`demo` and `serve`: prepare the data folder, then keep pages and worker alive."""

import threading
import time
import urllib.error
import urllib.request

from mosaique.launcher.instance import (
    DEMO,
    Instance,
    check_port_is_free,
    claim,
    django,
    from_environment,
    open_data_folder,
)
from mosaique.launcher.preparation import prepare
from mosaique.launcher.supervisor import Program, Supervisor
from mosaique.launcher.terminal import say, warn

_LONG = 30.0  # seconds without an answer after which we say so


def serve(use: str) -> int:
    """Run until asked to stop."""
    instance = from_environment(use)
    check_port_is_free(instance)
    with open_data_folder(instance):
        claim(instance)
        prepare(instance)
        threading.Thread(target=_announce, args=(instance,), daemon=True).start()
        code = Supervisor(_programs(instance), say=warn, environment=instance.environment).run()
    say("Mosaïque est arrêtée.")
    return code


def _programs(instance: Instance) -> list[Program]:
    pages = Program(
        "pages",
        [
            *_granian(),
            *("--interface", "wsgi", "--host", instance.host, "--port", str(instance.port)),
            *("--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning"),
            *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "3"),
            "mosaique.config.wsgi:application",
        ],
    )
    # Pages first: the worker gives way, at the start above all, where both load the whole product.
    return [pages, Program("tâches", ["nice", "-n", "10", *django("worker")])]


def _granian() -> list[str]:
    # Through the module, not the script: a script holds the path it was installed at, and checkouts move.
    return [django()[0], "-m", "granian"]


def _announce(instance: Instance) -> None:
    """Say where to go, once there is really something to see."""
    started = time.monotonic()
    said = False
    while not _answers(instance):
        time.sleep(0.1)
        if not said and time.monotonic() - started > _LONG:
            said = True
            warn("Les pages ne répondent pas encore ; Mosaïque continue d’essayer (détail ci-dessus).")
    page = instance.public_url + ("/demo/" if instance.use == DEMO else "/")
    say(f"Mosaïque est prête : {page}\nPour l’arrêter : Ctrl+C.")
    if instance.use != DEMO and not instance.environment.get("EMAIL_URL"):
        # Nobody receives anything: the code to come in with is looked for in vain in a mailbox.
        say(f"EMAIL_URL n’est pas réglée : les messages sont écrits dans {instance.data / 'courrier'}")


def _answers(instance: Instance) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(instance.host, instance.host)
    host = f"[{host}]" if ":" in host else host
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    request = urllib.request.Request(f"http://{host}:{instance.port}/sante/", headers={"Host": "localhost"})
    try:
        with opener.open(request, timeout=5):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
