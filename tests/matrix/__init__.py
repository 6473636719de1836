"""The matrix: for each screen, what each persona gets, and the states it can be in. One table per room."""
