"""What is measured, one file each; listed in `bench/registry.py`."""
