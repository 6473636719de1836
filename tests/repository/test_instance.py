"""Data folders and addresses: what is refused, and in which words."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from mosaique.launcher.instance import (
    DEMO,
    REAL,
    Instance,
    check_port_is_free,
    claim,
    from_environment,
    open_data_folder,
)
from mosaique.launcher.terminal import Refusal


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return Instance(data=tmp_path / "données du territoire", use=DEMO, host="127.0.0.1", port=8000)


def test_a_taken_port_is_named_with_the_way_out(instance: Instance) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refusal, match=rf"port {port} est déjà pris[^$]*PORT={port + 1}"):
            check_port_is_free(replace(instance, port=port))


def test_a_port_shared_by_a_willing_server_counts_as_taken(instance: Instance) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refusal, match="déjà pris"):
            check_port_is_free(replace(instance, port=other.getsockname()[1]))


def test_a_free_port_is_accepted(instance: Instance) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert check_port_is_free(replace(instance, port=port)) is None


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "８０"])
def test_an_impossible_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match=f"reçu « {text} »"):
        from_environment(DEMO)


def test_demonstration_and_real_instance_never_share_a_default_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MOSAIQUE_DATA", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    assert from_environment(DEMO).data != from_environment(REAL).data


def test_a_folder_serves_one_mosaique_at_a_time(instance: Instance) -> None:
    with open_data_folder(instance), pytest.raises(Refusal, match="tourne déjà"):
        open_data_folder(instance)
    open_data_folder(instance).close()


def test_a_folder_that_cannot_be_made_is_said(instance: Instance, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(Refusal, match="Impossible d’écrire dans le dossier des données"):
        open_data_folder(replace(instance, data=tmp_path / "fichier" / "dedans"))


@pytest.mark.parametrize(("first", "second"), [(DEMO, REAL), (REAL, DEMO)])
def test_a_folder_keeps_its_use(instance: Instance, first: str, second: str) -> None:
    instance.data.mkdir()
    claim(replace(instance, use=first))
    claim(replace(instance, use=first))
    with pytest.raises(Refusal, match="Rien n’a été changé"):
        claim(replace(instance, use=second))


def test_an_unmarked_database_is_never_filled_with_invented_people(instance: Instance) -> None:
    instance.data.mkdir()
    instance.database.write_bytes(b"")
    with pytest.raises(Refusal, match="véritable instance"):
        claim(instance)
    claim(replace(instance, use=REAL))
