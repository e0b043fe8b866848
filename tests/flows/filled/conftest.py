"""A house with one of each kind of record, filled once for all tests of this folder."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from baton.core.facts.numbering import seat_subscribers
from tests.flows.conftest import settle_all
from tests.flows.foreign import fill_house
from tests.flows.lasting import Lasting, lived_in


@pytest.fixture(scope="package")
def filled(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lasting]:
    with django_db_blocker.unblock(), transaction.atomic():
        with lived_in(tmp_path_factory.mktemp("story") / "spool", settle_all) as told:
            seat_subscribers()
            fill_house(told.house, told.clock, told.settle)
            yield told
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def story(filled: Lasting, django_db_blocker: DjangoDbBlocker) -> Iterator[Lasting]:
    """What a module writes beside ends with it, and its users remember nothing of the others'."""
    found = timezone.now()
    with django_db_blocker.unblock(), transaction.atomic():
        old = {one.name: getattr(filled.house, one.name) for one in fields(filled.house)}
        fresh = {name: type(one)._default_manager.get(pk=one.pk) for name, one in old.items()}
        yield replace(filled, house=replace(filled.house, **fresh))
        transaction.set_rollback(True)
    filled.clock.move_to(found)
