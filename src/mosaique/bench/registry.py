"""Members of the bench, by the code asked on the command line."""

from mosaique.bench.scenario import Scenario
from mosaique.bench.scenarios.costs import CostSimulation
from mosaique.bench.scenarios.documents import Documents
from mosaique.bench.scenarios.home import Home
from mosaique.bench.scenarios.space import SpacePage
from mosaique.bench.scenarios.thread import ThreadPage

SCENARIOS: dict[str, Scenario] = {
    scenario.code: scenario for scenario in (ThreadPage(), SpacePage(), Home(), CostSimulation(), Documents())
}
