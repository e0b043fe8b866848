from uuid import uuid4

import pytest
from django.utils import timezone

from baton.core.jobs.models import Job
from baton.core.notices import actions as notices
from baton.core.notices.models import Notice
from baton.operations.administration.notices import FAILED, IMPORTED, failure_news, import_news
from baton.operations.exchange.models import Import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_admins_are_told_once_what_failed(admin, rep):
    at = timezone.now()
    usual = {"queue": "default", "priority": 0, "due_at": at, "finished_at": at, "arguments": {}}
    Job.objects.create(task="baton.x.tasks.end_rests", is_dead=True, **usual)
    Job.objects.create(task="baton.x.tasks.fine", **usual)

    for _ in range(2):
        notices.tell(FAILED, failure_news(at=at))

    assert list(Notice.objects.values_list("user__name", "what")) == [("Ada", "end rests")]


def test_who_began_an_import_is_told_that_it_ended(admin):
    at = timezone.now()
    usual = {"recipe": "hubspot", "source": "hubspot", "started_at": at, "by": admin}
    Import.objects.create(batch=uuid4(), state="done", finished_at=at, **usual)
    Import.objects.create(batch=uuid4(), **usual)

    for _ in range(2):
        notices.tell(IMPORTED, import_news(at=at))

    assert list(Notice.objects.values_list("user__name", "kind")) == [("Ada", "house.imported")]
