"""A file: the proof of a reception, read by all who take part in the territory."""

from tests.matrix.table import Row, of

ROWS = (Row("download", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("proof")),)
