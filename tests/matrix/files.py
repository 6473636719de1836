"""A file: the proof of a reception, read by all who take part in the territory; those joined to a post, shown or hidden."""

from tests.matrix.table import Row, of

ROWS = (
    Row("download", "200 200 200 200 200 200 200 200 200 200 404 302 | 404 404 404", of("proof")),
    Row("download", "404 200 404 404 404 404 404 404 404 200 200 302 | 404 404 404", of("file")),
    Row("download", "404 404 404 404 404 404 404 404 404 200 404 302 | 404 404 404", of("file_hidden")),
)  # fmt: skip
