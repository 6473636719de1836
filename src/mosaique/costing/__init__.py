"""What a sheet costs, who works on it, and who pays: scenarios below the sheets.

Nouns: `Scenario` (hypotheses of one sheet), `CostLine`, `EtpLine`, `AllocationRun` (a sharing calculation kept with
its inputs). A sheet points down to its scenario; this room knows no sheet, only a `Ref` to whom it belongs.
Doors: `queries.impacts` (the two prescribed impacts), `queries.picture` (one scenario, ready to show),
`services.make_scenario / set_perimeter / set_lines / set_staff / choose_key / run_allocation / set_closed`,
`registry.KEYS`. `engine/` and `allocation_keys/` are pure arithmetic.
"""
