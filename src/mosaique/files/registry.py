"""What this room tells the others."""

from mosaique.journal.verbs import Verb, register
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_ref

FILE_GIVEN = Verb("file_given", "a déposé le fichier {object}", in_feed=False)
register(FILE_GIVEN)


def _upload():
    from mosaique.files.models import Upload

    return Upload


register_ref(RefKind("upload", _upload, "le fichier", lambda upload: upload.name))
