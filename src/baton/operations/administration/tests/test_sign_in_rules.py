import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from baton.core.changes.models import Change
from baton.core.signin.actions import begin_second_step
from baton.core.signin.models import SecondStep, SecondStepRule
from baton.core.signin.queries import has_second_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


@pytest.fixture
def teo(rep):
    begin_second_step(user=rep)
    SecondStep.objects.update(confirmed_at=timezone.now())
    return rep


def test_admin_asks_everybody_and_sees_who_lacks_it(admin, rep, teo, colleague, signed_in):
    browser, place = signed_in(admin), reverse("administration:sign-in-rules")

    browser.post(place, {"asked_of": "all", "grace": "7"})
    page = browser.get(place)

    assert SecondStepRule.objects.get().asked_of == "all"
    assert [one.name for one in page.context["lacking"]] == ["Ada", "Nora"]
    assert "In force from" in page.content.decode()


@pytest.mark.parametrize("said", [{"asked_of": "cats", "grace": "7"}, {"asked_of": "all"}])
def test_what_cannot_be_asked_is_refused(admin, signed_in, said):
    answer = signed_in(admin).post(reverse("administration:sign-in-rules"), said)

    assert (answer.status_code, SecondStepRule.objects.exists()) == (422, False)


def test_admin_takes_a_second_step_off_after_a_question_and_history_tells(admin, teo, signed_in):
    browser, place = signed_in(admin), reverse("administration:end-step", args=[teo.key])

    asked = browser.get(place)
    was_on = has_second_step(teo)
    browser.post(place)
    page = browser.get(reverse("administration:user", args=[teo.key])).content.decode()

    assert ("Are you sure who asks?" in asked.content.decode(), was_on) == (True, True)
    assert not has_second_step(teo)
    assert Change.objects.get(cause="second step").by == admin
    assert "Taken off" in page


def test_second_step_that_is_not_there_cannot_be_taken_off(admin, rep, signed_in):
    assert signed_in(admin).get(reverse("administration:end-step", args=[rep.key])).status_code == (
        404
    )


def test_only_admins_take_it_off(teo, colleague, signed_in):
    place = reverse("administration:end-step", args=[teo.key])

    assert signed_in(colleague).post(place).status_code == 403
    assert signed_in(colleague).get(reverse("administration:sign-in-rules")).status_code == 403
    assert has_second_step(teo)


def test_whoever_runs_baton_takes_it_off_at_the_terminal(teo, capsys):
    call_command("unlock", str(teo.email).upper())

    assert (has_second_step(teo), capsys.readouterr().out) == (
        False,
        "teo@fennmark.example signs in by password alone now.\n",
    )
    with pytest.raises(CommandError, match="has no second step"):
        call_command("unlock", teo.email)
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("unlock", "nobody@fennmark.example")
