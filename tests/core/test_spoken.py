"""Words that are kept are those of the language that is spoken now."""

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, trans_real


def test_word_is_said_in_the_language_of_who_reads():
    said = {}
    for language in ("en", "de", "fr", "en", "de"):
        with translation.override(language):
            assert gettext("Yes") == str(gettext_lazy("Yes")) == trans_real.gettext("Yes")
            said[language] = gettext("Yes")

    assert said == {"en": "Yes", "de": "Ja", "fr": "Oui"}


def test_what_is_safe_for_html_stays_apart_from_the_same_words_that_are_not():
    assert type(gettext("<b>")) is str
    assert type(gettext(SafeString("<b>"))) is SafeString
    assert type(gettext("<b>")) is str


def test_word_is_looked_up_once(monkeypatch):
    gettext("Looked up once.")
    monkeypatch.setattr(trans_real, "gettext", None)

    assert gettext("Looked up once.") == "Looked up once."
