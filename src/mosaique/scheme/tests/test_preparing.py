"""Preparations: asked once, followed, cancelled, stopped with a reason, taken up again; a killed worker loses nothing."""

import socket
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from mosaique.journal.models import Line
from mosaique.kernel import clock
from mosaique.kernel.docgen.model import DocumentError
from mosaique.kernel.verdict import Problem, Refused
from mosaique.kernel.working import Worker
from mosaique.scheme import freezing, preparing, tasks
from mosaique.scheme.models import Preparation, PreparedFile, Version
from mosaique.scheme.tests.conftest import Scene
from mosaique.scheme.tests.test_versions import frozen

pytestmark = pytest.mark.django_db
State = Preparation.State
NAMES = ["81068-courris", "81245-saint-cirgue", "81283-saussenac", "81292-trebas"]


@pytest.fixture(autouse=True)
def _files_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def ask(scene: Scene, version: Version, *formats: str, slug: str = "cheffe-de-projet") -> Preparation:
    return preparing.ask(
        actor=scene.company.actor(slug), version=version, kind=preparing.EXTRACTS, formats=formats or ("pdf",)
    )


def work(preparation: Preparation) -> Preparation:
    preparation.refresh_from_db()
    tasks.prepare.call(preparation.pk, preparation.attempt)
    preparation.refresh_from_db()
    return preparation


def waiting() -> list[list[int]]:
    rows = DBTaskResult.objects.filter(task_path=preparing.TASK).order_by("enqueued_at")
    return [row.args_kwargs["args"] for row in rows]


def test_the_archive_holds_one_named_extract_a_commune_and_is_the_same_twice(scene: Scene) -> None:
    version = frozen(scene)
    tasks.make_commune_pages.call(version.pk)
    asked = ask(scene, version, "docx", "pdf")
    assert (asked.state, asked.formats) == (State.WAITING, "docx pdf")
    assert asked.scope.visibility == "team" and asked.scope.owner_authority == scene.company.territory.epci
    made = work(asked)
    assert (made.state, made.done, made.total) == (State.DONE, 8, 8)
    file = made.files.get()
    assert file.name == "extraits-cc-val-81-v1.zip"
    path = preparing.file_path(file)
    assert sha256(path.read_bytes()).hexdigest() == file.sha256
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == [f"{name}-v1.{fmt}" for name in NAMES for fmt in ("docx", "pdf")]
        page = version.files.get(authority__insee_code="81245", format="pdf")
        assert sha256(packed.read("81245-saint-cirgue-v1.pdf")).hexdigest() == page.sha256
        assert packed.read("81245-saint-cirgue-v1.docx") == freezing.render_page(
            version.content, "81245", "docx"
        )
    again = preparing.restart(actor=scene.company.actor("cheffe-de-projet"), preparation=made)
    assert work(again).files.get().sha256 == file.sha256
    assert PreparedFile.objects.count() == 1
    assert not (Path(settings.MEDIA_ROOT) / "preparations" / "en-cours" / str(made.pk)).exists()


def test_asked_twice_it_runs_once(scene: Scene) -> None:
    version = frozen(scene)
    one, two = ask(scene, version), ask(scene, version, slug="presidente")
    assert one.pk == two.pk and waiting() == [[one.pk, 1]]
    assert Line.objects.filter(verb="preparation_asked").count() == 1
    done = work(one)
    assert ask(scene, version).state == State.DONE and waiting() == [[done.pk, 1]]
    assert ask(scene, version, "odt").pk != one.pk
    with pytest.raises(Problem, match="au moins un format"):
        ask(scene, version, "rtf")
    for slug in ("maire", "animateur", "agent", "secretaire"):
        with pytest.raises(Refused):
            ask(scene, version, slug=slug)


def breaking(monkeypatch: pytest.MonkeyPatch, at: str, error: Exception) -> list[str]:
    """The making of one commune's page fails; what was drawn is noted."""
    drawn: list[str] = []
    real = freezing.page_of

    def page_of(content: Any, code: str, authority: str, fmt: Any) -> bytes:
        if authority == at:
            raise error
        drawn.append(authority)
        return real(content, code, authority, fmt)

    monkeypatch.setattr(freezing, "page_of", page_of)
    return drawn


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            DocumentError("Le PDF n’a pas pu être fait."),
            "Pendant « Saussenac » : Le PDF n’a pas pu être fait.",
        ),
        (OSError(28, "No space left"), "le disque du serveur est plein"),
        (KeyError("x"), "une erreur inattendue a arrêté le travail (KeyError)"),
    ],
)
def test_an_error_stops_with_a_reason_and_the_rest_is_taken_up_where_it_was(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    version = frozen(scene)
    with monkeypatch.context() as broken:
        breaking(broken, "81283", error)
        stopped = work(ask(scene, version))
    assert (stopped.state, stopped.done, stopped.total) == (State.PARKED, 2, 4)
    assert said in stopped.reason
    assert not stopped.files.exists()
    again = ask(scene, version)  # asked again: started again
    assert again.pk == stopped.pk and (again.state, again.attempt, again.reason) == (State.WAITING, 2, "")
    drawn = breaking(monkeypatch, "", error)
    assert work(again).state == State.DONE
    assert drawn == ["81283", "81292"]  # the first two were kept


class Killed(BaseException):
    """What no code may catch: the process is gone."""


def test_a_killed_worker_loses_nothing(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    version = frozen(scene)
    asked = ask(scene, version)
    DBTaskResult.objects.exclude(task_path=preparing.TASK).delete()
    with monkeypatch.context() as broken:
        breaking(broken, "81283", Killed())  # type: ignore[arg-type]
        with pytest.raises(Killed):
            work(asked)
    asked.refresh_from_db()
    assert (asked.state, asked.done) == (State.RUNNING, 2)
    # What a dead worker leaves: a task said to be running, by a process that is no more.
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[f"{socket.gethostname()[:40]}-4194399"])
    worker = Worker()
    assert worker.rescue() == 1
    drawn = breaking(monkeypatch, "", KeyError())
    DBTaskResult.objects.update(run_after=clock.now() - timedelta(days=400))
    worker.run_once()
    asked.refresh_from_db()
    assert asked.state == State.DONE and drawn == ["81283", "81292"]
    with zipfile.ZipFile(preparing.file_path(asked.files.get())) as packed:
        assert packed.namelist() == [f"{name}-v1.pdf" for name in NAMES] and packed.testzip() is None


def test_cancelled_in_the_middle_it_stops_and_a_former_task_changes_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = frozen(scene)
    asked, lead = ask(scene, version), scene.company.actor("cheffe-de-projet")
    real = freezing.page_of

    def then_cancel(content: Any, code: str, authority: str, fmt: Any) -> bytes:
        if authority == "81245":
            preparing.cancel(actor=lead, preparation=asked)
        return real(content, code, authority, fmt)

    monkeypatch.setattr(freezing, "page_of", then_cancel)
    assert work(asked).state == State.CANCELLED and asked.done == 1
    monkeypatch.undo()
    with pytest.raises(Problem, match="rien à annuler"):
        preparing.cancel(actor=lead, preparation=asked)
    again = preparing.restart(actor=lead, preparation=asked)
    tasks.prepare.call(asked.pk, 1)  # the first task, late
    again.refresh_from_db()
    assert again.state == State.WAITING and again.attempt == 2
    assert work(again).state == State.DONE
    assert [line.verb for line in Line.objects.filter(verb__startswith="preparation").order_by("pk")] == [
        "preparation_asked", "preparation_cancelled", "preparation_asked",
    ]  # fmt: skip


def test_at_work_it_is_not_started_twice_but_silent_it_may_be_taken_up(scene: Scene) -> None:
    asked, lead = ask(scene, frozen(scene)), scene.company.actor("cheffe-de-projet")
    with pytest.raises(Problem, match="déjà en cours"):
        preparing.restart(actor=lead, preparation=asked)
    Preparation.objects.filter(pk=asked.pk).update(
        state=State.RUNNING, beat_at=clock.now() - timedelta(minutes=4)
    )
    assert preparing.restart(actor=lead, preparation=asked).attempt == 2


def test_leftovers_are_forgotten_a_day_later(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        breaking(broken, "81283", KeyError("x"))
        stopped = work(ask(scene, frozen(scene)))
    folder = Path(settings.MEDIA_ROOT) / "preparations" / "en-cours" / str(stopped.pk)
    assert preparing.forget_leftovers() == 0 and folder.is_dir()
    Preparation.objects.filter(pk=stopped.pk).update(finished_at=clock.now() - timedelta(days=2))
    assert preparing.forget_leftovers() == 1 and not folder.exists()


def test_the_page_says_where_the_work_is_and_gives_the_files(scene: Scene, client_for: Any) -> None:
    version = frozen(scene)
    lead, address = client_for("cheffe-de-projet"), f"/versions/{version.pk}/extraits/"
    assert "Préparer les 4 extraits" in lead.get(version.get_absolute_url()).content.decode()
    assert "au moins un format" in lead.post(address, {}).content.decode()
    page = lead.post(address, {"formats": ["pdf"]})
    asked = Preparation.objects.get()
    assert page.headers["Location"] == asked.get_absolute_url()
    assert "attend son tour" in lead.get(page.headers["Location"]).content.decode()
    preparing._go_on(actor=None, preparation=asked, done=1, total=4, doing="Saint-Cirgue")  # type: ignore[arg-type]
    seen = lead.get(page.headers["Location"]).content.decode()
    assert '<progress id="progres" max="4" value="1">1 sur 4</progress>' in seen and "data-suivre" in seen
    assert "En ce moment : Saint-Cirgue" in seen.replace("\u00a0", " ")
    assert client_for("maire").get(page.headers["Location"]).status_code == 404
    work(asked)
    seen = lead.get(page.headers["Location"]).content.decode()
    assert "C’est prêt" in seen and "data-suivre>" not in seen
    file = asked.files.get()
    answer = lead.get(f"/preparations/fichiers/{file.pk}/")
    assert "extraits-cc-val-81-v1.zip" in answer.headers["Content-Disposition"]
    assert sha256(b"".join(answer.streaming_content)).hexdigest() == file.sha256
    assert client_for("maire").get(f"/preparations/fichiers/{file.pk}/").status_code == 404
    with preparing.file_path(file).open("rb") as handle:
        checked = client_for(None).post("/verifier/", {"file": handle}).content.decode()
    assert "un fichier préparé ici" in checked
