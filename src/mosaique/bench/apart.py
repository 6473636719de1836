"""Where the floor keeps its data: beside ours, with the same options, never in our tables."""

import copy
import json
from pathlib import Path
from typing import Any

from django.conf import settings

SETTINGS = "mosaique.bench.floor.settings"
SCHEMA = "floor"


def floor_database() -> dict[str, Any]:
    """Our database's settings, on a file or in a schema of its own."""
    found: dict[str, Any] = copy.deepcopy(settings.DATABASES["default"])
    if found["ENGINE"].endswith("sqlite3"):
        found["NAME"] = str(Path(settings.DATA) / "floor.sqlite3")
    else:
        found["OPTIONS"] = {**found.get("OPTIONS", {}), "options": f"-c search_path={SCHEMA}"}
    return found


def floor_environment() -> dict[str, str]:
    """What a process of the floor is told: it reads none of our settings."""
    return {"DJANGO_SETTINGS_MODULE": SETTINGS, "MOSAIQUE_FLOOR": json.dumps(floor_database(), default=str)}
