import pytest

from baton.marketing.capture.rules.cleaning import clean_line, clean_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Jonas \t Weil ", "Jonas Weil"),
        ("Jonas\x00\x1b[31mWeil", "Jonas[31mWeil"),
        ("half \ud83d sign", "half sign"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("two\nlines", "two lines"),
        ("<b>kept as text</b>", "<b>kept as text</b>"),
        ("Zoë 😀", "Zoë 😀"),
        ("\ufeff\u200e", ""),
    ],
)
def test_clean_line_keeps_writing_only(text, expected):
    assert clean_line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a\nb"),
        ("a\n\n\n\n  b  c\n", "a\n\nb c"),
        ("\x07\n\n", ""),
    ],
)
def test_clean_text_keeps_lines(text, expected):
    assert clean_text(text) == expected
