import sys

import pytest
from django.db.models import CharField, Value

from baton.core.filters.lookups import FoldedCase
from baton.core.jobs.models import Job
from baton.core.sqlite.folding import fold_case

HALF_CHARACTERS = range(0xD800, 0xE000)
LETTERS = [
    letter
    for letter in map(chr, sorted({*range(1, sys.maxunicode + 1)} - {*HALF_CHARACTERS}))
    if letter != letter.lower() or letter != letter.upper()
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (None, None),
        ("", ""),
        ("ANN", "ann"),
        ("ÄNNE", "änne"),
        ("КИРИЛЛ", "кирилл"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("οδος", "οδοσ"),
        ("Straße", "straße"),
    ],
)
def test_case_is_folded_in_all_scripts(text, folded):
    assert fold_case(text) == folded


@pytest.mark.django_db
def test_the_database_folds_every_letter_as_python_does():
    Job.objects.create(task="x", arguments={}, queue="", priority=0, due_at="2024-01-01T00:00Z")
    text = "".join(LETTERS)

    [folded] = Job.objects.values_list(FoldedCase(Value(text, CharField())), flat=True)

    assert folded == fold_case(text)
