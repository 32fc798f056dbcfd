"""PDFs written by hand: pages of lines, each where it is put."""

from __future__ import annotations

FI = "\N{LATIN SMALL LIGATURE FI}"


def a_pdf(*pages, info=""):
    """Return a PDF; a page is a list of lines: (x, y, size, text)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(pages)))),
        (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding"
            b" << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>"
        ),
        b"<< %s >>" % info.encode("cp1252"),
    ]
    for n, lines in enumerate(pages):
        drawn = b"\n".join(_drawn(*line) for line in lines)
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * n),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        ]
    return _file(objects)


def column(lines, *, x=70, y=760, size=11, leading=14):
    """Return lines set one below the other."""
    return [(x, y - leading * n, size, text) for n, text in enumerate(lines)]


def _drawn(x, y, size, text):
    letters = text.replace(FI, "\x01").encode("cp1252")
    for special in (b"\\", b"(", b")"):
        letters = letters.replace(special, b"\\" + special)
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, letters)


def _file(objects):
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R"
        b" /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(content))
    )
