"""Languages are kept by their codes and said by their names."""

import pytest

from baton.core.languages import language_code, language_name, languages


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "English"), ("en-US", "English"), ("pt_BR", "Brazilian Portuguese"), ("xx", "xx")],
)
def test_code_is_said_by_the_nearest_name_that_is_known(code, name):
    assert language_name(code) == name


def test_what_people_type_is_kept_as_a_code():
    assert [language_code(one) for one in ("Deutsch", "de-AT", "Klingon")] == [
        "de",
        "de",
        "klingon",
    ]


def test_choice_offers_each_language_by_its_name():
    assert ("sv", "Swedish") in languages()
