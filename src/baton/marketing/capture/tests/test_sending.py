from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from baton.core.facts.models import FactRecord
from baton.marketing.capture import spool
from baton.marketing.capture.models import Submission, Visit
from baton.marketing.capture.tests.factories import AT, a_form, a_page
from baton.marketing.capture.tests.strangers import JONAS, Stranger
from baton.marketing.capture.tokens import open_sent
from baton.records.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _spool(tmp_path, settings):
    settings.SPOOL_ROOT = tmp_path / "spool"
    yield
    spool.close()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def page():
    return a_page()


@pytest.fixture
def stranger(page, clock):
    """Has read the page long enough."""
    someone = Stranger()
    someone.open(page)
    clock.shift(timedelta(seconds=30))
    return someone


def test_sent_form_is_kept_and_thanked(stranger, page):
    response = stranger.send(page)

    thanks = stranger.open(response["Location"]).content.decode()
    path, _mark, sent = response["Location"].partition("?sent=")
    assert (response.status_code, path) == (303, f"{page.public_path()}thanks/")
    assert open_sent(sent) == Submission.objects.get().token
    assert page.form.thanks in thanks
    assert Submission.objects.get().values == JONAS
    assert not stranger.client.cookies


def test_visit_before_the_form_is_on_the_person(clock):
    page, stranger = a_page(), Stranger()
    stranger.open(f"{page.public_path()}?utm_source=linkedin&utm_campaign=linkedin-plants")
    stranger.answer("yes")
    stranger.open(page)
    clock.shift(timedelta(seconds=30))

    stranger.send(page)

    person = Person.objects.get()
    assert (person.channel, person.campaign) == ("social", "linkedin-plants")
    assert Visit.objects.get().person == person
    assert FactRecord.objects.filter(name="visit.made", person_id=person.pk).count() == 1


def test_stranger_who_never_answered_keeps_the_source_of_the_page(clock):
    page, stranger = a_page(), Stranger()
    stranger.open(f"{page.public_path()}?utm_source=linkedin&utm_campaign=linkedin-plants")
    clock.shift(timedelta(seconds=30))

    stranger.send(page)

    person = Person.objects.get()
    assert (person.channel, person.campaign, person.landing_page) == (
        "social",
        "linkedin-plants",
        page.public_path(),
    )
    assert not Visit.objects.exists()


def test_replay_shows_the_thanks_and_writes_nothing(stranger, page):
    stranger.send(page)
    facts = FactRecord.objects.count()

    response = stranger.send(page, {**JONAS, "name": "Somebody Else"})

    assert response.status_code == 303
    assert Submission.objects.get().values == JONAS
    assert FactRecord.objects.count() == facts


def test_flaws_come_back_with_what_was_typed(stranger, page):
    response = stranger.send(page, {"name": "", "email": "jonas@", "company": "Corvid <b>Works"})

    html = response.content.decode()
    assert response.status_code == 422
    assert "Fill this in." in html
    assert "Write the whole address" in html
    assert "Corvid &lt;b&gt;Works" in html
    assert not Submission.objects.exists()


def test_mended_form_is_kept_under_the_same_token(stranger, page):
    stranger.send(page, {"name": "Jonas Berg"})

    response = stranger.send(page)

    assert response.status_code == 303
    assert Submission.objects.count() == 1


def test_form_sent_at_once_is_asked_for_again(page, clock):
    stranger = Stranger()
    stranger.open(page)
    clock.shift(timedelta(seconds=1))

    quick = stranger.send(page)
    clock.shift(timedelta(seconds=2))
    again = stranger.send(page)

    assert (quick.status_code, again.status_code) == (422, 303)
    assert "That was quick" in quick.content.decode()


def test_form_open_for_more_than_a_day_keeps_its_answers(stranger, page, clock):
    clock.shift(timedelta(hours=25))

    late = stranger.send(page)
    html = late.content.decode()
    stranger.token = html.split('name="_token" value="')[1].split('"')[0]
    again = stranger.send(page)

    assert (late.status_code, again.status_code) == (422, 303)
    assert "more than a day" in html
    assert 'value="jonas@corvid.example"' in html


@pytest.mark.parametrize("token", ["", "forged", "a:b:c", "\x01", "x" * 5000, "é"])
def test_wrong_token_is_refused_with_the_answers_kept(stranger, page, token):
    response = stranger.send(page, _token=token)

    assert response.status_code == 422
    assert 'value="jonas@corvid.example"' in response.content.decode()
    assert not Submission.objects.exists()


def test_token_of_another_page_is_refused(stranger):
    assert stranger.send(a_page()).status_code == 422


def test_honeypot_is_thanked_and_forgotten(stranger, page):
    response = stranger.send(page, _website="https://buy.example")

    assert response.status_code == 303
    assert not Submission.objects.exists()


def test_unknown_fields_are_dropped_and_signs_cleaned(stranger, page):
    sent = {
        **JONAS,
        "name": "Jonas\x07 Berg\u202e",
        "owner": "1",
        "is_admin": "yes",
        "heard": "<script>alert(1)</script>",
    }

    response = stranger.send(page, sent)

    assert response.status_code == 303
    assert Submission.objects.get().values == {
        **JONAS,
        "name": "Jonas Berg",
        "heard": "<script>alert(1)</script>",
    }


def test_known_and_unknown_addresses_get_the_same_answer(page, clock):
    answers = []
    for name in ("Jonas Berg", "Jonas Again"):
        stranger = Stranger()
        stranger.open(page)
        clock.shift(timedelta(seconds=30))
        response = stranger.send(page, {**JONAS, "name": name})
        thanks = stranger.client.get(response["Location"])
        path = response["Location"].partition("?sent=")[0]  # what follows differs for everybody
        answers.append((response.status_code, path, thanks.content))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("size", [200_000, 1_100_000])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_large_bodies_are_refused(stranger, page, size, kind):
    response = stranger.client.post(
        f"{page.public_path()}send/", b"name=" + b"x" * size, content_type=f"{kind}; boundary=b"
    )

    assert response.status_code == 413
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=\x00&%zz", "application/x-www-form-urlencoded"),
        (b"not multipart", "multipart/form-data; boundary=b"),
        (b"not multipart", "multipart/form-data"),
        (b'{"name": "\\ud800"}', "application/json"),
        (b"&".join(b"a%d=1" % n for n in range(600)), "application/x-www-form-urlencoded"),
        (b"name=J", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"", "text/plain"),
    ],
)
def test_strange_bodies_are_answered(stranger, page, body, kind):
    response = stranger.client.post(f"{page.public_path()}send/", body, content_type=kind)

    assert response.status_code in {400, 422}
    assert not Submission.objects.exists()


def test_crowd_from_one_address_is_asked_to_wait(page, clock):
    stranger = Stranger()

    def send(number: int):
        stranger.open(page)
        clock.shift(timedelta(seconds=2))
        response = stranger.send(page, {**JONAS, "email": f"jonas{number}@corvid.example"})
        clock.shift(timedelta(seconds=-2))
        return response

    answers = [send(number) for number in range(21)]

    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert answers[20]["Retry-After"] == "10"
    assert 'value="jonas20@corvid.example"' in answers[20].content.decode()


def test_refusal_of_people_comes_back_as_a_sentence(clock):
    page, stranger = a_page(form=a_form(fields=[])), Stranger()
    stranger.open(page)
    clock.shift(timedelta(seconds=30))

    response = stranger.send(page)

    assert response.status_code == 422
    assert "Give a name" in response.content.decode()


@pytest.mark.parametrize(("method", "status"), [("get", 302), ("put", 405), ("delete", 405)])
def test_only_a_post_sends(page, method, status):
    assert getattr(Client(), method)(f"{page.public_path()}send/").status_code == status


def test_page_without_a_form_takes_none(company):
    page = a_page(blocks=[])
    page.form = None
    page.save()

    assert Stranger().send(page).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_with_one_token_are_one(stranger, page):
    def send():
        one = Stranger()
        one.token = stranger.token
        try:
            return one.send(page).status_code
        finally:
            connection.close()  # each thread has its own

    with ThreadPoolExecutor(2) as pool:
        statuses = [sent.result() for sent in [pool.submit(send), pool.submit(send)]]

    assert set(statuses) <= {303, 503}
    assert Submission.objects.count() == 1
    assert Person.objects.count() == 1
