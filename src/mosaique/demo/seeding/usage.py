"""How much each commune would use a service: plausible, drawn from its population, the same at every start."""

from mosaique.demo.seeding.stage import Stage
from mosaique.territory.models import Authority


def quantities(stage: Stage, usage: str, communes: list[Authority]) -> dict[str, dict[str, str]]:
    """code → tariff identifier → quantity."""
    rule = {"replacement": _replacement, "planning": _planning, "machines": _machines}[usage]
    return {commune.code: rule(stage, commune.population or 0) for commune in communes}


def population(communes: list[Authority]) -> dict[str, str]:
    return {commune.code: str(commune.population) for commune in communes if commune.population is not None}


def _replacement(stage: Stage, inhabitants: int) -> dict[str, str]:
    days = 3 + (inhabitants > 150) * 2 + (inhabitants > 500) * 2 + (inhabitants > 1500) * 3
    return {"jour": str(days + stage.draw.randrange(3))}


def _planning(stage: Stage, inhabitants: int) -> dict[str, str]:
    return {
        "dp": str(inhabitants * 18 // 1000 + 1 + stage.draw.randrange(2)),
        "pc": str(inhabitants * 6 // 1000),
        "cu": str(inhabitants * 22 // 1000 + 1),
    }


def _machines(stage: Stage, inhabitants: int) -> dict[str, str]:
    sweeping = 0 if inhabitants < 110 else 2 if inhabitants < 400 else 6 if inhabitants < 1200 else 12
    return {"balayeuse": str(sweeping), "broyeur": str(1 + stage.draw.randrange(3))}
