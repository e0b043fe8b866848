import pytest

from baton.core.offers import Trigger, triggers
from baton.core.slots import Slot
from tests.lab.events import Stepped


def test_slot_keeps_the_order_in_which_things_were_added():
    slot: Slot[str] = Slot()
    for item in ("b", "a", "b"):
        slot.add(item)

    assert (list(slot), len(slot)) == (["b", "a", "b"], 3)


def test_slot_with_a_key_refuses_to_take_one_twice():
    slot = Slot(key=str.lower)
    slot.add("Won")

    with pytest.raises(ValueError, match="won was added twice"):
        slot.add("WON")


def test_slot_finds_by_key_and_bears_a_key_that_is_gone():
    slot = Slot(key=str.lower)
    slot.add("Won")

    assert (slot.find("won"), slot.find("lost")) == ("Won", None)


def test_triggers_are_known_by_their_fact(monkeypatch):
    monkeypatch.setattr(triggers, "_items", [])
    trigger = Trigger(label="A step was made", fact=Stepped)

    triggers.add(trigger)

    assert triggers.find("lab.stepped") is trigger
