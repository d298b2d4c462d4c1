"""PDF files written by hand, so that the tests hold what they read: lines at places, in a size and weight."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Put:
    """A line of text `left` points from the left and `up` points from the foot of its page."""

    text: str
    up: float
    left: float = 72
    size: float = 11
    bold: bool = False


def pdf_bytes(pages: Sequence[Sequence[Put]], *, extra: str = "", padding: int = 0) -> bytes:
    """A PDF of these pages, in Helvetica. `padding` blanks go compressed into the first page's stream."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for number, page in enumerate(pages):
        content = b"\n".join(_shown(put) for put in page) + (b" " * padding if number == 0 else b"")
        packed = zlib.compress(content)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream")
        stream = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % stream
        )
        kids.append(len(objects))
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode()
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n"
    return bytes(out) + trailer.encode()


def _shown(put: Put) -> bytes:
    escaped = put.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    font = b"F2" if put.bold else b"F1"
    return b"BT /%b %g Tf 1 0 0 1 %g %g Tm (%b) Tj ET" % (font, put.size, put.left, put.up, escaped)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file in `folder`, its characters as given."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
