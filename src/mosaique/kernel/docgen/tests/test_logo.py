"""A logo given by a person: drawn again, light, and refused in French when it is none."""

import io
import struct

import pytest
from PIL import Image

from mosaique.kernel.docgen.model import DocumentError
from mosaique.kernel.docgen.pictures import logo_png, png_size


def picture(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#1b6f5f").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("size", "drawn"), [((1200, 200), (709, 118)), ((100, 400), (53, 213))])
def test_drawn_again_in_the_box_of_the_cover(
    kind: str, size: tuple[int, int], drawn: tuple[int, int]
) -> None:
    """60 mm × 18 mm at most, at 300 points per inch."""
    made = png_size(logo_png(picture(kind, *size)))
    assert all(abs(one - two) <= 1 for one, two in zip(made, drawn, strict=True))


def test_what_was_hidden_in_the_file_is_gone() -> None:
    assert b"secret" not in logo_png(picture("PNG", 60, 18) + b"secret")


HUGE = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 90_000, 90_000)


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", picture("PNG", 40, 40)[:60], picture("JPEG", 40, 40)[:40], HUGE, b"\xff\xd8\xff\xd8"],
)
def test_what_is_no_picture_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(DocumentError, match="image"):
        logo_png(data)
