"""A second start does nothing; anything that could matter makes the steps run again."""

import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mosaique.launcher import preparation
from mosaique.launcher.instance import DEMO, REAL, Instance
from mosaique.launcher.terminal import Refusal


@dataclass(frozen=True)
class ToyInstance(Instance):
    """An instance whose Django commands do only what the stamps look at."""

    ran: list[str] = field(default_factory=list)
    failing: str = ""
    failure: str = ""

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        self.ran.append(arguments[0])
        if arguments[0] == self.failing:
            return subprocess.CompletedProcess(arguments, 1, "", self.failure)
        if arguments[0] == "migrate":
            with closing(sqlite3.connect(self.database)) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (app, name)")
                connection.execute("DELETE FROM django_migrations")
                connection.execute("INSERT INTO django_migrations VALUES ('kernel', '0001_initial')")
        if arguments[0] == "collectstatic":
            (self.data / "static").mkdir(exist_ok=True)
            (self.data / "static" / "ui.css").write_text("")
        return subprocess.CompletedProcess(arguments, 0, "", "")


@pytest.fixture(autouse=True)
def _a_small_product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stamps compare the whole product; a small one will do."""
    root = tmp_path / "produit"
    (root / "src").mkdir(parents=True)
    (root / "requirements.lock").write_text("django==5.2\n")
    (root / "src" / "models.py").write_text("A = 1\n")
    monkeypatch.setattr(preparation, "ROOT", root)
    monkeypatch.setattr(preparation, "PACKAGE", root / "src")
    monkeypatch.setattr(preparation, "has_command", lambda name: True)
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def instance(tmp_path: Path) -> ToyInstance:
    (tmp_path / "data").mkdir()
    return ToyInstance(data=tmp_path / "data", use=DEMO, host="127.0.0.1", port=8000)


EVERYTHING = ["migrate", "createcachetable", "collectstatic", "demo_seed"]


def second_start(instance: ToyInstance) -> list[str]:
    preparation.prepare(instance)
    assert instance.ran == EVERYTHING
    instance.ran.clear()
    return instance.ran


def test_a_second_start_has_nothing_to_do(instance: ToyInstance) -> None:
    ran = second_start(instance)
    preparation.prepare(instance)
    assert ran == []


def test_changed_code_is_prepared_again(instance: ToyInstance) -> None:
    ran = second_start(instance)
    (preparation.PACKAGE / "models.py").write_text("A = 2\n")
    preparation.prepare(instance)
    assert ran == EVERYTHING


def test_changed_dependencies_are_prepared_again(instance: ToyInstance) -> None:
    ran = second_start(instance)
    (preparation.ROOT / "requirements.lock").write_text("django==5.3\n")
    preparation.prepare(instance)
    assert ran == EVERYTHING


def test_a_lost_database_is_made_and_filled_again(instance: ToyInstance) -> None:
    ran = second_start(instance)
    instance.database.unlink()
    preparation.prepare(instance)
    assert ran == ["migrate", "createcachetable", "demo_seed"]


def test_a_database_restored_from_before_a_migration_is_migrated(instance: ToyInstance) -> None:
    ran = second_start(instance)
    with closing(sqlite3.connect(instance.database)) as connection, connection:
        connection.execute("DELETE FROM django_migrations")
    preparation.prepare(instance)
    assert ran[:2] == ["migrate", "createcachetable"]


def test_lost_static_files_are_collected_again(instance: ToyInstance) -> None:
    ran = second_start(instance)
    (instance.data / "static" / "ui.css").unlink()
    preparation.prepare(instance)
    assert ran == ["collectstatic"]


def test_unreadable_stamps_are_not_trusted(instance: ToyInstance) -> None:
    ran = second_start(instance)
    (instance.data / "preparation.json").write_text("{")
    preparation.prepare(instance)
    assert ran == EVERYTHING


def test_another_database_server_is_always_asked(
    instance: ToyInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/mosaique")
    preparation.prepare(instance)
    instance.ran.clear()
    preparation.prepare(instance)
    assert instance.ran == ["migrate", "createcachetable", "demo_seed"]


def test_a_real_instance_is_never_seeded(instance: ToyInstance) -> None:
    real = ToyInstance(data=instance.data, use=REAL, host="127.0.0.1", port=8000)
    preparation.prepare(real)
    assert real.ran == ["migrate", "createcachetable", "collectstatic"]


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "Le disque est plein"),
        ("sqlite3.OperationalError: database or disk is full", "Le disque est plein"),
        ("ValueError: broken", "L’étape « migrate » a échoué"),
    ],
)
def test_a_failed_step_stops_with_a_sentence_and_is_tried_again(
    instance: ToyInstance, failure: str, sentence: str
) -> None:
    broken = ToyInstance(data=instance.data, use=DEMO, host="", port=8000, failing="migrate", failure=failure)
    with pytest.raises(Refusal, match=sentence):
        preparation.prepare(broken)
    assert broken.ran == ["migrate"]
    preparation.prepare(instance)
    assert instance.ran == EVERYTHING
