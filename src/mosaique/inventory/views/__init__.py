"""Screens of the inventory."""

from mosaique.inventory.views.boards import (
    inventories,
    inventory_campaign,
    inventory_campaign_new,
    inventory_reminders,
)
from mosaique.inventory.views.confiding import confided, confided_cells, confided_door, inventory_confide
from mosaique.inventory.views.files import (
    inventory_export,
    inventory_import,
    inventory_section_export,
    inventory_spreadsheet,
)
from mosaique.inventory.views.filling import (
    inventory_cells,
    inventory_help,
    inventory_return,
    inventory_section,
    inventory_sharing,
    inventory_state,
)
from mosaique.inventory.views.releasing import inventory_estimates, inventory_release

__all__ = [
    "confided", "confided_cells", "confided_door", "inventories", "inventory_campaign", "inventory_campaign_new", "inventory_cells",
    "inventory_confide", "inventory_estimates",
    "inventory_export", "inventory_help", "inventory_import", "inventory_release", "inventory_reminders",
    "inventory_return", "inventory_section", "inventory_section_export", "inventory_sharing", "inventory_spreadsheet", "inventory_state",
]  # fmt: skip
