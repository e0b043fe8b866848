import pytest

from baton.core.errors import RuleViolation
from baton.core.settings.actions import set_up_organisation
from baton.core.settings.models import Organisation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"zone": "Nonsense/Zone"}, "“Nonsense/Zone” is not a time zone, like Europe/Berlin."),
        # The name of a folder of the database: ZoneInfo raises IsADirectoryError for it.
        ({"zone": "Europe"}, "“Europe” is not a time zone, like Europe/Berlin."),
        ({"base_currency": "EURO"}, "“EURO” is not a currency code, like EUR or USD."),
        ({"hours": {"mon": [["9", "17:00"]]}}, "Monday has “9”, which is not a time like 09:00."),
    ],
)
def test_company_that_cannot_be_is_refused_in_words(given, sentence):
    with pytest.raises(RuleViolation) as refusal:
        set_up_organisation(name="Fennmark", **given)

    assert (str(refusal.value), Organisation.objects.exists()) == (sentence, False)
