"""Closed list of tools without one business word: screens, service, verdict, clock, quantity, richtext, ref, mail, docgen, ui, testing."""
