"""What pages and forms brought, counted alike for who sees all people and for who sees some."""

from typing import Any

import pytest

from baton.core.keys import new_key
from baton.marketing.capture.models import Form, Hit, Page, Submission, Visit, Visitor
from baton.marketing.capture.queries import with_form_counts, with_page_counts
from baton.marketing.capture.tests.factories import AT, a_page, a_submission

pytestmark = pytest.mark.django_db


def a_visit(page, person):
    visitor = Visitor.objects.create(person=person, consented_at=AT)
    visit = Visit.objects.create(visitor=visitor, person=person, started_at=AT, ended_at=AT)
    for _ in range(2):
        Hit.objects.create(spool_id=new_key(), visit=visit, page=page, path="/", at=AT)
    return visit


def sent(page, visit):
    one = a_submission(form=page.form)
    Submission.objects.filter(pk=one.pk).update(page=page, visit=visit)
    return one.person


def counts_of(page, user):
    shown: Any = with_page_counts(Page.objects.all(), user=user).get(pk=page.pk)
    form: Any = with_form_counts(Form.objects.all(), user=user).get(pk=page.form_id)
    sums = (shown.visit_count, shown.submission_count, shown.sent_count)
    return (*sums, form.submission_count)


def test_what_belongs_to_the_trash_or_to_nobody_is_not_counted(admin, rep):
    page = a_page()
    both, theirs = a_visit(page, None), a_visit(page, None)
    kept, gone, also_gone = sent(page, both), sent(page, both), sent(page, theirs)
    kept.owner = rep
    kept.save()
    a_visit(page, gone)
    for one in (gone, also_gone):
        one.deleted_at = AT
        one.save()
    Submission.objects.filter(pk=a_submission(form=page.form).pk).update(person=None, page=page)

    assert counts_of(page, admin) == (2, 1, 1, 1)
    assert counts_of(page, rep) == (2, 1, 1, 1)
