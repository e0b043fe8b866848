"""What a file may be called, and what it is by its first bytes. No database, no disk."""

import re
import unicodedata

LONGEST_NAME = 150
LOOKED_AT = 4_096  # bytes at the beginning of a file that tell what it is
MOST_AT_ONCE = 20  # files in one upload
FORBIDDEN = '<>:"/\\|?*'  # what some system does not take in a name
# What is sent as it is; whatever is not known goes out as bytes without a meaning.
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
)
WITHIN_ZIP = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
BYTES, TEXT, ZIP = "application/octet-stream", "text/plain", "application/zip"
_SHOWN_BY_NOTHING = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def harmless_name(said: str) -> str:
    """The last part of a path, without signs that no name has or that turn its letters around."""
    last = unicodedata.normalize("NFC", said).replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if _is_shown(sign))
    name = " ".join(kept.split()).strip(" .")
    return _shortened(name) or "file"


def _is_shown(sign: str) -> bool:
    """Neither control, format (which turns the writing), half a sign nor one of no meaning."""
    kind = unicodedata.category(sign)
    return kind[0] != "C" and kind not in {"Zl", "Zp"} and sign not in FORBIDDEN


def _shortened(name: str) -> str:
    """Its ending stays: by that people tell what it is."""
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        return name[:LONGEST_NAME].rstrip(" .")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def sniffed(head: bytes) -> str:
    """The type by the first bytes, whatever name and sender say; never one that runs scripts."""
    for mark, kind in MAGIC:
        if head.startswith(mark):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in WITHIN_ZIP if mark in head), ZIP)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return TEXT if _is_text(head) else BYTES


def _is_text(head: bytes) -> bool:
    if _SHOWN_BY_NOTHING.search(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # cut within a letter
    return True


def size_words(size: int) -> str:
    """As people say it: 840 B, 12 kB, 1.4 MB."""
    if size < 1_000:
        return f"{size} B"
    if size < 999_500:
        return f"{size / 1_000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"
