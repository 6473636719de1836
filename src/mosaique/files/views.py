"""Serving a file: only to who sees its row."""

from django.http import FileResponse, Http404, HttpRequest

from mosaique.access.middleware import acting
from mosaique.files.holders import readable
from mosaique.files.models import Upload
from mosaique.files.serving import attachment
from mosaique.kernel.screens import screen


@screen(Upload, public=True, methods=("GET",))
def download(request: HttpRequest, upload: Upload) -> FileResponse:
    if not readable(acting(request), upload):
        raise Http404
    return attachment(upload.path, name=upload.name, content_type=upload.content_type)
