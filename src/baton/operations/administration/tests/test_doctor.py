from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from baton.core.jobs.models import Firing
from baton.core.settings.actions import arm
from baton.core.signin.actions import begin_second_step
from baton.insight.lake.queries import State
from baton.operations.administration.queries import health as queries

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(company, admin, settings, tmp_path, monkeypatch):
    """An installation of which there is nothing to say."""
    settings.HOME = tmp_path
    monkeypatch.setattr(queries, "LEAST_DISK", 0)  # the machine of the tests may be full
    Firing.objects.create(name="test", due_at=AT, fired_at=AT)
    return settings


def told():
    return [(finding.is_bad, finding.what.split()[0]) for finding in queries.findings(at=AT)]


def test_nothing_is_said_of_a_healthy_installation(healthy):
    assert told() == []


@pytest.mark.parametrize(
    ("address", "hosts", "proxies", "first_words"),
    [
        ("https://crm.example", ["crm.example"], ["10.0.0.1"], []),
        ("https://crm.example", [".example"], [], ["SITE_URL"]),
        ("https://crm.example", ["localhost"], [], ["Requests", "SITE_URL"]),
        ("http://127.0.0.1:8000", ["127.0.0.1"], [], []),
    ],
)
def test_address_that_browsers_could_not_use_is_named(
    healthy, address, hosts, proxies, first_words
):
    healthy.SITE_URL, healthy.ALLOWED_HOSTS, healthy.TRUSTED_PROXIES = address, hosts, proxies

    assert told() == [(True, word) for word in first_words]


def test_lake_that_is_not_sound_or_far_behind_is_named(healthy, monkeypatch):
    state = partial(State, name="facts", files=1, rows=9, size=900)
    found = [state(waiting=0, broken=["facts/a is missing"]), state(waiting=300_000, broken=[])]
    monkeypatch.setattr(queries, "states", lambda: found)

    assert told() == [(False, "1"), (False, "300,000")]


def test_silent_worker_company_without_admin_and_open_secret_are_named(healthy, admin, tmp_path):
    Firing.objects.update(fired_at=AT - timedelta(minutes=4))
    admin.is_active = False
    admin.save()
    secret = tmp_path / "keys" / "secret"
    secret.parent.mkdir()
    secret.write_text("x")
    secret.chmod(0o644)

    assert told() == [(True, str(secret)), (True, "Nobody"), (True, "No")]


def test_data_folder_that_others_can_read_is_named(healthy, tmp_path):
    tmp_path.chmod(0o755)

    [finding] = queries.findings(at=AT)

    assert finding.is_bad
    assert finding.remedy == f"chmod -R go= {tmp_path}"


def test_address_in_the_network_without_a_proxy_is_a_note(healthy):
    healthy.SITE_URL, healthy.ALLOWED_HOSTS = "http://crm.example:8000", ["crm.example"]

    [finding] = queries.findings(at=AT)

    assert not finding.is_bad
    assert "slow senders" in finding.what


def test_disarmed_copy_is_a_note_and_comes_last(healthy):
    arm(is_armed=False)
    Firing.objects.all().delete()

    assert told() == [(True, "No"), (False, "This")]


def test_second_step_that_was_sealed_with_another_key_is_named(healthy, admin):
    begin_second_step(user=admin)
    was_well = told()
    healthy.SEALING_KEYS = ["A" * 43 + "="]

    assert (was_well, told()) == ([], [(True, "1")])
