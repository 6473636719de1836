"""What the demonstration says, as plain French data: nothing here reads or writes. Every name and figure is invented."""
