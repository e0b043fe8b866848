from pathlib import Path

import pytest

from baton.core import words

DOCS = Path(__file__).parents[2] / "docs" / "words.md"


def test_the_page_of_words_says_what_the_screens_say():
    assert DOCS.read_text(encoding="utf-8") == words.as_markdown(), "run scripts/words"


def test_each_word_has_one_label_and_a_sentence():
    labels = [word.label for word in words.words().values()]
    sentences = [word.definition for word in words.words().values()]

    assert len(labels) == len(set(labels))
    assert [said for said in sentences if not said.endswith(".")] == []


def test_each_word_is_found_by_its_label():
    lost = [word.key for word in words.words().values() if words.label_of(word.label) != word.label]

    assert lost == []


@pytest.mark.parametrize("written", ["win-rate", "Win rate", "win rate"])
def test_a_word_is_found_however_it_is_written(written):
    assert words.label_of(written) == "Win rate"


def test_a_word_that_is_not_ours_stands_as_it_is():
    assert (words.label_of("Prospect"), words.definition_of("Prospect")) == ("Prospect", "")
