"""What was proposed is taken back by the button of its toast."""

import re

import pytest

from baton.insight.plans.models import Plan

pytestmark = pytest.mark.django_db
URL = "/insight/plans/"
ON = "?on=2026-04-01"
EMPTY = {
    f"{name}-{what}": n
    for name in ("budget", "launches")
    for what, n in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
}


def propose(client, mqls, read=""):
    """The page after the proposal, and where its toast would send an undo."""
    answer = client.post(
        f"{URL}edit/{ON}", {"mqls": mqls, "note": "", "read": read, **EMPTY}, follow=True
    )
    found = re.search(r'action="(/changes/[^"]*undo[^"]*)"', answer.content.decode())
    assert found, "no undo in the toast"
    return found[1]


def test_a_change_of_the_draft_is_undone_from_its_toast(signed_in, admin):
    client = signed_in(admin)
    propose(client, 60)
    undo = propose(client, 75, read=Plan.objects.get().digest())
    assert Plan.objects.get().said().mqls == 75

    client.post(undo)

    assert Plan.objects.get().said().mqls == 60


def test_the_first_draft_is_undone_into_the_trash(signed_in, admin):
    client = signed_in(admin)
    undo = propose(client, 60)

    client.post(undo)

    assert Plan.objects.get().deleted_at is not None
    assert "Write the plan" in client.get(URL + ON).content.decode()
