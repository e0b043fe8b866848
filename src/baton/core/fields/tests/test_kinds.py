"""Values of the kinds that take more than a text."""

from zoneinfo import ZoneInfo

import pytest

from baton.core.fields.rules import (
    Kind,
    Option,
    Unreadable,
    new_option,
    propose_code,
    read_options,
    read_value,
)

TIERS = [Option("gold", "Gold"), Option("silver", "Silber"), Option("tin", "Tin", is_retired=True)]
ANN = "0192f0c0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("raw", "kind", "value"),
    [
        ("one\ntwo ", "long_text", "one\ntwo"),
        ("2026-03-01T14:30", "moment", "2026-03-01T13:30:00Z"),
        ("2026-03-01 14:30:59+00:00", "moment", "2026-03-01T14:30:59Z"),
        ("halden.example/plan", "link", "https://halden.example/plan"),
        ("Ann@HALDEN.example", "mail", "Ann@halden.example"),
        ("+49 421 555 0101", "phone", "+49 421 555 0101"),
        ("gold", "choice", "gold"),
        ("silber", "choice", "silver"),
        ("Silber; gold;", "choices", ["gold", "silver"]),
        (["silver", "silver"], "choices", ["silver"]),
        ([], "choices", None),
        ("  ", "choices", None),
        ("a\0b\ud800", "text", "ab"),
    ],
)
def test_value_is_kept_plain(raw, kind, value):
    zone = ZoneInfo("Europe/Berlin")

    assert read_value(raw, kind=kind, options=TIERS, zone=zone) == value


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        ("tomorrow", "moment", "no time"),
        ("0001-01-01T00:00+14:00", "moment", "no time"),
        ("javascript:alert(1)", "link", "no link"),
        ("halden", "link", "no link"),
        ("http://[::", "link", "no link"),
        ("ann@halden", "mail", "no mail address"),
        ("call me", "phone", "no phone number"),
        ("bronze", "choice", "none of the choices. Use one of: Gold, Silber"),
        ("tin", "choice", "none of the choices"),
        ("gold; bronze", "choices", "“bronze” is none"),
        ("x" * 2001, "text", "at most 2000"),
        ("nobody", "user", "none of the choices"),
    ],
)
def test_other_value_says_what_it_should_look_like(raw, kind, words):
    with pytest.raises(Unreadable, match=words):
        read_value(raw, kind=kind, options=TIERS, zone=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(("kept", "kind"), [("tin", "choice"), (["tin"], "choices")])
def test_retired_choice_stays_where_it_is(kept, kind):
    assert read_value("tin", kind=kind, options=TIERS, kept=kept) == kept


def test_colleague_is_found_by_key_and_by_name():
    options = [Option(ANN, "Ann Lee")]

    assert read_value(ANN.upper(), kind=Kind.USER, options=options) == ANN
    assert read_value("ann lee", kind=Kind.USER, options=options) == ANN
    with pytest.raises(Unreadable, match="no colleague"):
        read_value("Ann", kind=Kind.USER)


def test_code_is_proposed_from_the_label():
    assert propose_code("Contract end?", taken=()) == "contract_end"
    assert propose_code("Größe", taken={"große", "gro_e", "grosse"}) == "grosse_2"
    assert propose_code("合同", taken=()) == "field"


def test_options_of_older_fields_are_their_own_labels():
    assert read_options(["small", TIERS[2].plain()]) == [Option("small", "small"), TIERS[2]]
    assert new_option("Gold", taken={"gold"}) == Option("gold_2", "Gold")
