import pytest

from baton.core.files.rules import harmless_name, size_words, sniffed


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Offer 2026.pdf", "Offer 2026.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.docx", "plan.docx"),
        (".htaccess", "htaccess"),
        ("..", "file"),
        ("", "file"),
        ("in\x00voice\r\n.pdf", "invoice.pdf"),
        ("inv\u202efdp.exe", "invfdp.exe"),  # would be read as invexe.pdf
        ("a\u2028b\u200b.txt", "ab.txt"),
        ('a"b<c>|d?.txt', "abcd.txt"),
        ("\ud800.txt", "txt"),
        ("Ma\u0308rz.pdf", "M\u00e4rz.pdf"),
        (f"{'x' * 200}.pdf", f"{'x' * 146}.pdf"),
        ("y" * 200, "y" * 150),
    ],
)
def test_names_are_made_harmless(said, name):
    assert harmless_name(said) == name


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"PK\x03\x04....xl/workbook.xml", "spreadsheetml.sheet"),
        (b"PK\x03\x04....", "application/zip"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        (b"<svg onload='alert(1)'/>", "text/plain"),
        ("Grüße".encode(), "text/plain"),
        (b"abc" + "ü".encode()[:1], "text/plain"),  # cut within a letter
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (b"\xff\xfe\xfd\xfc\xfb", "application/octet-stream"),
    ],
)
def test_type_is_told_by_the_first_bytes(head, kind):
    assert sniffed(head).endswith(kind)


@pytest.mark.parametrize(
    ("size", "words"), [(840, "840 B"), (12_300, "12 kB"), (1_400_000, "1.4 MB")]
)
def test_sizes_in_words(size, words):
    assert size_words(size) == words
