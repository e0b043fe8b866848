import pytest

from baton.core.search.typed import LONGEST, asked_for
from baton.core.search.words import MOST_LETTERS, MOST_WORDS, typed_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Petra   BERG ", ["petra", "berg"]),
        ("Müller-Lüdenscheidt", ["muller", "ludenscheidt"]),
        ("Mu\u0308ller", ["muller"]),
        ("Straße", ["strasse"]),
        ("Ива́нов", ["иванов"]),
        ("Łódź Ørsted Æther", ["lodz", "orsted", "aether"]),
        ("Nguyễn", ["nguyen"]),
        ("Й и", ["й", "и"]),
        ("김 हिन्दी 山田", ["김", "हिन्दी", "山田"]),
        ("anna.berg+news@fenn-mark.example", ["anna", "berg", "news", "fenn", "mark", "example"]),
        ("O'Brien d’Arc", ["o", "brien", "d", "arc"]),
        ("", []),
        ("-- '\"*", []),
        ("\0\x07", []),
        ("x" * 500, ["x" * MOST_LETTERS]),
        ("a " * 20, ["a"] * MOST_WORDS),
    ],
)
def test_words_are_letters_and_digits_whatever_case_and_accents(text, words):
    assert typed_words(text) == words


def test_what_was_typed_is_one_line_that_every_database_keeps():
    assert asked_for({"q": "  Ann\x00\n Berg "}) == "Ann Berg"
    assert asked_for({"q": "a" * 1_000}) == "a" * LONGEST
    assert asked_for({}) == ""
