from datetime import timedelta

import pytest

from baton.core.keys import new_key
from baton.core.signed import sign_key, sign_key_for_now, signed_key

DAY = timedelta(days=1)


def test_signed_key_comes_back():
    key = new_key()

    assert signed_key(sign_key(key, salt="survey"), salt="survey") == key
    assert signed_key(sign_key_for_now(key, salt="form"), salt="form", good_for=DAY) == key


def test_key_is_good_for_a_while_only():
    text = sign_key_for_now(new_key(), salt="form")

    assert signed_key(text, salt="form", good_for=timedelta(seconds=-1)) is None


@pytest.mark.parametrize("text", ["", "nothing", f"{7:032x}:forged"])
def test_what_we_did_not_sign_opens_nothing(text):
    assert signed_key(text, salt="survey") is None
    assert signed_key(text, salt="survey", good_for=DAY) is None


def test_key_of_one_use_opens_no_other():
    text = sign_key(new_key(), salt="survey")

    assert signed_key(text, salt="booked") is None
    assert signed_key(text, salt="survey", good_for=DAY) is None
