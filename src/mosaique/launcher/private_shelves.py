"""An import-linter contract: a room's screens are imported by that room alone.

import-linter's own "protected" contract wants one list per room; this one reads the rooms from the tree, so a
new room is covered the day it is made.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class PrivateShelves(Contract):
    """`shelves` of each room may be imported only from the same room, or from the rooms in `open_to`."""

    shelves = fields.ListField(subfield=fields.StringField())
    open_to = fields.ListField(subfield=fields.StringField())
    open_rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = str(self.session_options["root_packages"][0])
        broken = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if (room := self._private_room(imported, root))
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not self._may(importer, room, root)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}, which is private to its room.")

    def _private_room(self, module: str, root: str) -> str | None:
        parts = module.split(".")
        if len(parts) < 3 or parts[0] != root or parts[2] not in list(self.shelves):  # type: ignore[call-overload]
            return None
        return None if parts[1] in list(self.open_rooms) else parts[1]  # type: ignore[call-overload]

    def _may(self, importer: str, room: str, root: str) -> bool:
        parts = importer.split(".")
        if parts[0] != root or len(parts) < 2 or "tests" in parts:
            return True
        return parts[1] == room or parts[1] in list(self.open_to)  # type: ignore[call-overload]
