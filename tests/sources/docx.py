"""Word documents of our own making, sound and hostile."""

import io
import zipfile

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = (
    '<cp:coreProperties xmlns:cp="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></cp:coreProperties>"
)


def body(*paragraphs: str) -> str:
    return (
        f'<?xml version="1.0"?><w:document xmlns:w="{SPACE}"><w:body>'
        + "".join(f"<w:p>{each}</w:p>" for each in paragraphs)
        + "</w:body></w:document>"
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def packed(document: str | bytes, *, title: str = "", author: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
        if title or author:
            package.writestr(
                "docProps/core.xml", CORE.format(title=title, author=author)
            )
    return out.getvalue()
