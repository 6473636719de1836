"""What this room tells the others."""

from mosaique.journal.verbs import Verb, register
from mosaique.kernel.ref import RefKind
from mosaique.kernel.ref import register as register_ref

FILE_GIVEN = Verb("file_given", "a déposé le fichier {object}", in_feed=False)
FILE_REMOVED = Verb("file_removed", "a retiré un fichier", in_feed=False)
register(FILE_GIVEN, FILE_REMOVED)


def _upload():
    from mosaique.files.models import Upload

    return Upload


def _label(upload):
    return "un fichier masqué" if upload.withheld else upload.name


register_ref(RefKind("upload", _upload, "le fichier", _label))
