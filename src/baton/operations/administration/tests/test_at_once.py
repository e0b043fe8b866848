"""What works once works once, also when two press in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from baton.core.access.models import User
from baton.core.errors import RuleViolation
from baton.core.signin.actions import (
    accept_code,
    accept_invitation,
    begin_second_step,
    confirm_second_step,
    invite,
)
from baton.core.signin.models import SecondStep
from baton.core.signin.queries import secret_of
from baton.core.signin.rules.codes import code_at, step_at
from baton.operations.administration.actions import FirstAdmin, make_set_up_code, set_up_by_code

AT = timezone.now()


def raced(*acts: Callable[[], Any]) -> list[str]:
    """What came of each: the name of the refusal, or of what was given back."""
    start = Barrier(len(acts))

    def one(act: Callable[[], Any]) -> str:
        try:
            start.wait(10)
            return type(act()).__name__
        except RuleViolation as no:
            return type(no).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="there one transaction begins when the other has ended"
)
def test_set_up_invitation_and_codes_each_let_one_of_two_in(transactional_db):
    """Slow: real threads, whose rows are no test's transaction."""
    said: dict[str, Any] = {"company": "Coldwick", "zone": "UTC", "currency": "EUR", "country": ""}
    codes = [make_set_up_code(at=AT) for _number in range(2)]
    set_up = [
        partial(
            set_up_by_code,
            code=code,
            first=FirstAdmin(name=name, email=f"{name}@x.example", password="quite a long one"),
            at=AT,
            **said,
        )
        for code, name in zip(codes, ("ada", "mallory"), strict=True)
    ]

    assert raced(*set_up) == ["AlreadySetUp", "User"]
    owner = User.objects.get()

    _row, secret = invite(email="e@x.example", name="", role="rep", team=None, by=owner, at=AT)
    accept = partial(accept_invitation, secret=secret, name="Eva", password="x", zone="UTC", at=AT)
    assert raced(accept, accept) == ["InvitationGone", "User"]

    begin_second_step(user=owner)
    app = secret_of(SecondStep.objects.get())
    papers = confirm_second_step(user=owner, code=code_at(app, step_at(AT) - 1), at=AT)
    by_app = partial(accept_code, user=owner, code=code_at(app, step_at(AT)), at=AT)
    by_paper = partial(accept_code, user=owner, code=papers[0], at=AT)
    assert raced(by_app, by_app) == ["Accepted", "NoneType"]
    assert raced(by_paper, by_paper) == ["Accepted", "NoneType"]
