"""Serving a file: only to who sees its row."""

from django.http import FileResponse, HttpRequest

from mosaique.files.models import Upload
from mosaique.files.serving import attachment
from mosaique.kernel.screens import screen


@screen(Upload, public=True, methods=("GET",))
def download(request: HttpRequest, upload: Upload) -> FileResponse:
    return attachment(upload.path, name=upload.name, content_type=upload.content_type)
