"""The figures of an import lead to the records that they count, and to no others."""

import pytest
from django.urls import reverse

from baton.core.access.models import User
from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.test_uploads import press, upload  # noqa: F401 -- a fixture
from baton.operations.exchange.views.figures import figures_of
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.tests.factories import a_deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
FILES = ("contacts", "companies", "deals", "activities")


@pytest.fixture
def brought(upload, signed_in, admin, rep, run_background):  # noqa: F811 -- the fixture
    """An import that made and changed records, beside some of our own."""
    lena = a_person(full_name="Lena Fischer", emails=["lena@halden.example"], owner=rep)
    ours = a_deal(by=rep, person=a_person(full_name="Somebody Else", owner=rep))
    upload(*FILES)
    record = Import.objects.get()
    press(signed_in(admin), "start-import", record, run_background)
    return record, lena, ours


def listed(client, url):
    answer = client.get(url)
    return {row.object for row in answer.context["list"].rows}


def urls_of(record, kind, user):
    counted = record.report["objects"]
    return dict(
        zip(
            ("created", "updated", "unchanged", "failed"),
            figures_of(record, kind, counted[kind], user=user),
            strict=True,
        )
    )


def test_figures_lead_to_exactly_their_records(brought, signed_in, admin):
    record, lena, ours = brought
    client = signed_in(admin)
    page = client.get(reverse("exchange:import", args=[record.key]))
    figures = {kind: urls_of(record, kind, admin) for kind in ("person", "company", "deal")}

    for figure in figures.values():
        for count, url in (figure["created"], figure["updated"]):
            assert len(listed(client, url) if url else ()) == count
    count, url = figures["person"]["updated"]
    assert (count, listed(client, url)) == (1, {lena})
    assert not listed(client, figures["person"]["created"][1]) & {
        lena,
        *Person.objects.filter(full_name="Somebody Else"),
    }
    assert listed(client, figures["deal"]["created"][1]) == set(Deal.objects.exclude(pk=ours.pk))
    assert url.replace("&", "&amp;") in page.content.decode()
    assert not any(url for _n, url in urls_of(record, "activity", admin).values())


def test_only_what_one_may_see_is_listed(brought, signed_in, rep):
    record, *_others = brought
    _count, url = urls_of(record, "person", rep)["created"]
    client = signed_in(rep)

    assert "there is no field" in client.get(url).content.decode()  # no imports are open to reps
    assert figures_of(record, "person", {"created": 2}, user=User(role="nobody"))[0] == (2, "")


def test_figures_of_what_was_taken_back_lead_nowhere(brought, signed_in, admin, run_background):
    record, *_others = brought
    _count, url = urls_of(record, "person", admin)["updated"]
    client = signed_in(admin)

    press(client, "undo-import", record, run_background)

    assert not any(url for _n, url in urls_of(record, "person", admin).values())
    assert listed(client, url) == set()


def test_failed_lines_are_told_below(upload, signed_in, admin, run_background):  # noqa: F811
    upload(**{"people.csv": "name,email\nAnn Lund,ann@halden.example\nBo Berg,no address\n"})
    record = Import.objects.get()
    press(signed_in(admin), "start-import", record, run_background)

    page = signed_in(admin).get(reverse("exchange:import", args=[record.key])).content.decode()

    assert '<a class="link" href="#to-mend">1</a>' in page
    assert 'id="to-mend"' in page


def test_lists_lead_to_the_import_whoever_may_run_one(signed_in, admin, rep):
    a_person(owner=rep)
    lists = [reverse("people:list"), reverse("people:companies"), "/deals/?as=table"]
    way = f'href="{reverse("exchange:new-import")}" aria-label="Import files"'

    seen = [signed_in(admin).get(one).content.decode().count(way) for one in lists]

    assert seen == [1, 1, 1]
    assert way not in signed_in(admin).get(reverse("purchases:products")).content.decode()
    assert way not in signed_in(rep).get(lists[0]).content.decode()
