import csv
import gc
import io
import weakref
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from baton.core.fields.actions import ensure_field
from baton.core.saved.slots import saved_lists
from baton.operations.exchange.actions import exporting
from baton.operations.exchange.models import Export
from baton.operations.exchange.queries import Taken, taken
from baton.operations.exchange.rules.exports import State
from baton.operations.exchange.views import exports as views
from baton.records.people.models import Person
from baton.records.people.tests.factories import AT, a_company, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def address(name="people", **state):
    asked = {"list": name, "state": urlencode(state)}
    return f"{reverse('exchange:new-export')}?{urlencode(asked)}"


def lines_of(response):
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return read(b"".join(response.streaming_content))


def read(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_file_holds_the_columns_order_and_filter_of_the_view(signed_in, admin):
    a_person(full_name="Jonas Berg", job_title="=1+1", country="Norway", owner=admin)
    a_person(full_name="Ada Lind", country="Norway")
    a_person(full_name="Kit Olsen", country="Sweden")
    Person.objects.update(lead_at=AT)
    client = signed_in(admin)
    asked = {"cols": "name,country,job_title,lead_at,owner", "sort": "name"}

    page = client.get(address(**asked, filter='[1,["country","is","Norway"]]'))
    response = client.post(
        address(**asked, filter='[1,["country","is","Norway"]]'), {"columns": "shown"}
    )

    assert "2 rows" in page.content.decode()
    assert lines_of(response) == [
        ["Name", "Country", "Job title", "Lead since", "Owner"],
        ["Jonas Berg", "Norway", "'=1+1", "2026-03-02T10:00:00+01:00", "Ada"],
        ["Ada Lind", "Norway", "", "2026-03-02T10:00:00+01:00", ""],
    ]
    export = Export.objects.get()
    assert (export.user, export.what, export.done, export.state) == (admin, "people", 2, "done")


def test_all_that_is_known_has_mails_own_fields_and_the_key(signed_in, admin):
    ensure_field(object_type="person", code="size", label="Size", kind="number")
    person = a_person(emails=["one@halden.example", "two@halden.example"], custom={"size": "40"})

    response = signed_in(admin).post(address(), {"columns": "all"})

    head, line = lines_of(response)
    told = dict(zip(head, line, strict=True))
    assert told["Mail"] == "one@halden.example; two@halden.example"
    assert (told["Size"], told["Key"]) == ("40", str(person.key))


def test_rep_takes_out_only_what_their_role_may(signed_in, rep, colleague, outsider):
    mine, theirs = a_person(full_name="Mine", owner=rep), a_person(owner=colleague)
    hidden = a_person(owner=outsider)

    page = signed_in(rep).get(address())
    rows = {"columns": "shown", "row": [str(one.key) for one in (mine, theirs, hidden)]}
    response = signed_in(rep).post(address(cols="name"), rows)

    assert "1 that you see is not yours to take out" in page.content.decode()
    assert lines_of(response) == [["Name"], ["Mine"]]


def test_who_may_not_export_gets_neither_page_nor_file(signed_in, marketer):
    client = signed_in(marketer)

    assert client.get(address("deals")).status_code == 403
    assert client.post(address("deals"), {"columns": "shown"}).status_code == 403
    assert client.get(address("nothing")).status_code == 404
    assert not Export.objects.exists()


def test_filter_that_makes_no_sense_is_no_file_of_the_rest(signed_in, admin):
    a_person()

    response = signed_in(admin).post(address(filter='[1,["gone","is","x"]]'), {"columns": "shown"})

    assert response.status_code == 422
    assert not Export.objects.exists()


def test_ticked_rows_are_shown_before_they_leave(signed_in, admin):
    chosen, _other = a_person(full_name="Mia Berg"), a_person()
    client = signed_in(admin)
    sent = {"row": [str(chosen.key)], "asked": "cols=name"}

    assert reverse("exchange:new-export") in client.get(reverse("people:list")).content.decode()
    page = client.post(f"{reverse('exchange:new-export')}?list=people", sent)
    everybody = client.post(address(), sent | {"all": "1"})

    assert "1 row," in page.content.decode()
    assert f'name="row" value="{chosen.key}"' in page.content.decode()
    assert "2 rows," in everybody.content.decode()
    assert not Export.objects.exists()


@pytest.mark.parametrize("name", [one.name for one in saved_lists])
def test_every_list_can_be_taken_out(name, admin):
    of = taken(name, "", user=admin)

    assert of
    assert [line for lines in of.batches() for line in lines] == []
    assert of.heads()


def test_batch_costs_the_same_however_many_rows(admin):
    def queries():
        of = taken("people", "sort=score&group=owner", user=admin, has_all_columns=True)
        assert of
        source = of.reading()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            rows, _after = source.batch("", size=500)
            list(of.lines(rows))
        return len(seen)

    a_person(owner=admin, company=a_company())
    few = queries()
    for _number in range(6):
        a_person(owner=admin, company=a_company())

    assert queries() == few


def test_groups_follow_each_other_and_no_row_is_lost_between_batches(admin, rep, monkeypatch):
    monkeypatch.setattr("baton.operations.exchange.queries.BATCH", 2)
    for number in range(7):
        a_person(full_name=f"P{number}", owner=[admin, rep, None][number % 3])
    of = taken("people", "group=owner&sort=name&cols=name,owner&closed=-", user=admin)

    assert of
    names = [line for lines in of.batches() for line in lines]
    assert [owner for _name, owner in names] == ["Ada"] * 3 + ["Teo"] * 2 + [""] * 2
    assert len({name for name, _owner in names}) == 7


def test_rows_of_one_batch_are_in_memory_however_many_there_are(admin, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 3)
    monkeypatch.setattr(exporting, "BITE", 30)
    for number in range(18):
        a_person(full_name=f"P{number}", company=a_company())
    alive: weakref.WeakSet[Person] = weakref.WeakSet()
    most, lines = [], Taken.lines

    def watched(self, rows):
        gc.collect()  # models stand in rings
        alive.update(rows)
        most.append(len(alive))
        return lines(self, rows)

    monkeypatch.setattr(Taken, "lines", watched)
    of = taken("people", "", user=admin, has_all_columns=True)
    assert of
    export = exporting.begin_export(of=of, total=18, state=State.RUNNING, at=AT)
    gc.freeze()  # what was there before need not be walked through each time

    exporting.write_bite(export_id=export.pk, at=AT)

    export.refresh_from_db()
    assert (export.state, export.done, len(most)) == (State.DONE, 18, 6)
    assert max(most) <= 2 * 3  # the last ones go when the next are here


@pytest.fixture
def long_one(signed_in, admin, monkeypatch):
    """Five people, of whom two are few, in bites of two rows."""
    monkeypatch.setattr(views, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "BITE", 2)
    monkeypatch.setattr(exporting, "BATCH", 1)
    for number in range(5):
        a_person(full_name=f"P{number}")
    response = signed_in(admin).post(address(cols="name", sort="name"), {"columns": "shown"})
    export = Export.objects.get()
    assert response.url == reverse("exchange:export", args=[export.key])
    return export


def test_long_file_is_written_in_the_background(signed_in, admin, long_one, run_background):
    run_background()

    page = signed_in(admin).get(reverse("exchange:export", args=[long_one.key]))
    file = signed_in(admin).get(reverse("exchange:download-export", args=[long_one.key]))
    assert "5 rows" in page.content.decode()
    assert read(b"".join(file.streaming_content))[1:] == [[f"P{n}"] for n in range(5)]


def test_killed_bite_doubles_nothing(long_one, run_background):
    exporting.write_bite(export_id=long_one.pk, at=AT)
    with exporting.file_of(long_one).open("ab") as file:
        file.write(b'"half a li')

    run_background()

    data = exporting.file_of(long_one).read_bytes()
    assert read(data)[1:] == [[f"P{n}"] for n in range(5)]


def test_stopped_and_expired_files_are_gone(signed_in, admin, long_one, run_background):
    client = signed_in(admin)
    exporting.write_bite(export_id=long_one.pk, at=AT)
    client.post(reverse("exchange:cancel-export", args=[long_one.key]))
    run_background()

    assert not exporting.file_of(long_one).exists()
    Export.objects.update(state="running", done=0, size=0, cursor="")
    while exporting.write_bite(export_id=long_one.pk, at=AT):
        pass
    exporting.throw_away_expired(at=timezone.now())
    assert not exporting.file_of(long_one).exists()
    url = reverse("exchange:download-export", args=[long_one.key])
    assert client.get(url).status_code == 404


def test_rights_that_are_gone_stop_the_file(long_one, admin):
    admin.role = "viewer"
    admin.save()

    assert not exporting.write_bite(export_id=long_one.pk, at=AT)
    long_one.refresh_from_db()
    assert long_one.state == "refused"


def test_file_is_its_makers_alone(signed_in, rep, long_one, run_background):
    run_background()
    client = signed_in(rep)

    assert client.get(reverse("exchange:export", args=[long_one.key])).status_code == 404
    assert client.get(reverse("exchange:download-export", args=[long_one.key])).status_code == 404
    assert "Ada" not in client.get(reverse("exchange:exports")).content.decode()


def test_code_is_asked_once_more_and_good_for_a_while(signed_in, admin, monkeypatch):
    a_person()
    client = signed_in(admin)
    monkeypatch.setattr("baton.core.signin.again.has_second_step", lambda user: True)

    asked = client.post(address(), {"columns": "shown"})
    wrong = client.post(address(), {"columns": "shown", "code": "000000"})
    assert (asked.status_code, wrong.status_code) == (422, 422)
    monkeypatch.setattr(
        "baton.core.signin.forms.authenticate", lambda request, username, code: admin
    )
    right = client.post(address(), {"columns": "shown", "code": "123456"})
    again = client.post(address(), {"columns": "shown"})

    assert len(lines_of(right)) == len(lines_of(again)) == 2
    assert Person.objects.count() == 1
