import pytest
from django.core.management import CommandError, call_command

from baton.core.settings.models import Organisation


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--zone=Nonsense/Zone", "--zone: “Nonsense/Zone” is not a time zone, like Europe/Berlin."),
        ("--zone=Europe", "--zone: “Europe” is not a time zone, like Europe/Berlin."),
        ("--currency=EURO", "--currency: “EURO” is not a currency code, like EUR or USD."),
    ],
)
def test_init_with_an_unknown_zone_or_currency_ends_before_it_begins(option, sentence):
    with pytest.raises(CommandError) as wrong:
        call_command("init", "--admin=ada@fennmark.example", option)

    assert (str(wrong.value), wrong.value.returncode) == (sentence, 2)
    assert not Organisation.objects.exists()
