import os
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F

from baton.core.facts import retract
from baton.core.facts.models import Cursor, FactRecord
from baton.core.keys import new_key
from baton.core.settings.models import Organisation
from baton.insight.lake import actions
from baton.insight.lake.actions import sealing
from baton.insight.lake.actions.reach import reaches
from baton.insight.lake.models import LakeFile, Stream
from baton.insight.lake.queries.engine import lake_root
from baton.insight.lake.tests.conftest import AT
from baton.insight.lake.tests.test_machine import HARMS
from baton.insight.lake.tests.test_reading import COUNT

pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def small_bites(monkeypatch):
    monkeypatch.setattr(sealing, "BITE", 4)


def seal():
    while actions.seal("facts", at=AT):
        pass


def paths():
    return [lake_root() / file.path for file in LakeFile.objects.current()]


def lying():
    """Files below the lake's folder, whatever they are."""
    return {path for path in lake_root().rglob("*") if path.is_file()}


def test_files_lie_in_folders_of_months_and_are_for_their_owner_alone(told):
    os.umask(0)
    told(4)
    seal()

    [march, april] = paths()
    assert (march.parent.name, april.parent.name) == ("2026-03", "2026-04")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (march, april)} == {0o600}
    assert stat.S_IMODE(lake_root().stat().st_mode) == 0o700


@pytest.mark.parametrize("harm", HARMS)
def test_broken_file_is_named_and_the_log_is_read_instead(told, ask, caplog, harm):
    told(6)
    seal()
    HARMS[harm](paths()[0])

    assert ask(COUNT) == [{"visits": 6}]
    assert paths()[0].name in caplog.text


@pytest.mark.parametrize("harm", HARMS)
def test_broken_file_is_made_anew(told, ask, caplog, harm):
    told(6)
    seal()
    HARMS[harm](paths()[0])

    assert actions.mend("facts", at=AT, is_thorough=True) == 1

    caplog.clear()
    assert ask(COUNT) == [{"visits": 6}]
    assert caplog.text == ""


def test_small_files_of_a_month_become_one(told, ask, small_bites):
    told(16, at=AT - timedelta(days=9))
    seal()
    before = len(paths())

    assert actions.merge("facts", at=AT) == before
    assert (before, len(paths()), ask(COUNT)) == (4, 1, [{"visits": 16}])


def test_damaged_file_does_not_become_part_of_a_sound_one(told, ask, small_bites):
    told(16, at=AT - timedelta(days=9))
    seal()
    HARMS["scratch"](paths()[0])

    assert actions.merge("facts", at=AT) == 0


def test_undone_facts_are_swept_out_of_the_files(told, number, ask):
    batch = new_key()
    told(3)
    told(5, batch=batch)
    seal()
    retract(batch=batch, at=AT)
    number()

    assert actions.sweep("facts", at=AT) == 2
    assert actions.sweep("facts", at=AT) == 0
    assert sum(file.row_count for file in LakeFile.objects.current()) == 3
    assert ask(COUNT) == [{"visits": 3}]


def test_sweep_waits_for_whoever_listens_to_an_undo(told, number):
    """Until they have acted, the tables may still have what the files would lose."""
    batch = new_key()
    told(2, batch=batch)
    seal()
    listener = "baton.qualification.lifecycle.subscribers.forget_retracted_moves"
    cursor = Cursor.objects.create(name=listener, position=2)
    retract(batch=batch, at=AT)
    number()

    early = actions.sweep("facts", at=AT)
    Cursor.objects.filter(pk=cursor.pk).update(position=3)

    assert (early, actions.sweep("facts", at=AT)) == (0, 2)


def test_former_files_go_after_a_while(told, small_bites):
    told(16, at=AT - timedelta(days=9))
    seal()
    actions.merge("facts", at=AT)

    early = (actions.tidy(at=AT + timedelta(minutes=50)), len(lying()))
    late = (actions.tidy(at=AT + timedelta(minutes=70)), len(lying()))

    assert (early, late) == ((0, 5), (4, 1))


def test_what_a_killed_writer_left_behind_goes_too(told):
    told(4)
    seal()
    stray, half = paths()[0].with_name("killed.parquet"), paths()[0].with_name("killed.writing")
    for path in (stray, half):
        path.write_bytes(b"half")
        os.utime(path, (0, 0))

    assert actions.tidy(at=AT) == 2
    assert lying() == set(paths())


def test_who_is_outrun_leaves_no_file(told, monkeypatch):
    told(4)

    def slowly(*what, **how):
        monkeypatch.setattr(sealing, "reaches", reaches)
        seal()
        return reaches(*what, **how)

    monkeypatch.setattr(sealing, "reaches", slowly)
    actions.seal("facts", at=AT)

    assert lying() == set(paths())
    assert sum(file.row_count for file in LakeFile.objects.current()) == 4


def test_bite_that_was_read_before_the_manifest_changed_does_not_count(
    told, ask, small_bites, monkeypatch
):
    """The second bite is read while the first is written: an undo may have been swept since."""
    told(8)
    take, ends = sealing._take, []

    def outrun_at_the_second(stream, written, *, until, at):
        ends.append(until)
        if len(ends) == 2:
            Stream.objects.filter(name="facts").update(version=F("version") + 1)
        return take(stream, written, until=until, at=at)

    monkeypatch.setattr(sealing, "_take", outrun_at_the_second)
    actions.seal("facts", at=AT)
    then = (Stream.objects.get(name="facts").sealed, lying() == set(paths()))
    seal()

    assert (ends, then) == ([4, 8, 8], (4, True))
    assert ask(COUNT) == [{"visits": 8}]


def test_lake_that_cannot_be_written_stays_as_it_was(told, capsys):
    told(4)
    lake_root().joinpath("facts").write_text("a file where a folder should be")

    with pytest.raises(CommandError) as said:
        call_command("lake", "--seal")

    assert str(said.value).startswith(f"The lake in {lake_root()} cannot be written, and stays as")
    assert (LakeFile.objects.count(), Stream.objects.get(name="facts").sealed) == (0, 0)


def test_command_tells_how_the_lake_stands_and_mends(told, capsys):
    told(4)
    call_command("lake")
    before = capsys.readouterr().out
    call_command("lake", "--seal")
    sealed = capsys.readouterr().out
    HARMS["scratch"](paths()[0])
    call_command("lake", "--check")
    checked = capsys.readouterr().out
    call_command("lake", "--anew")

    assert "facts: 0 rows in 0 files, 0.0 MB; 4 rows wait in the log" in before
    assert "facts: 4 rows in 2 files" in sealed
    assert "has another content: it is made anew from the log." in checked
    assert "facts: 4 rows in 2 files" in capsys.readouterr().out


def test_unsealed_rows_below_the_least_wait(told):
    told(4)

    actions.bring_up_to_date(now=lambda: AT, least=5)

    assert paths() == []


def test_erased_person_is_in_no_file_any_more(told, number, ask):
    told(4)
    seal()
    people = "SELECT DISTINCT person_id FROM facts WHERE name = 'visit.made'"
    before = ask(people)
    forget_in_the_log(1)

    assert actions.erase_people(person_ids=[1], at=AT) == 2
    assert (before, ask(people)) == ([{"person_id": 1}], [{"person_id": None}])


def test_nothing_is_lost_when_somebody_is_erased_between_two_zones(told, company, ask):
    told(4, at=datetime(2026, 1, 30, 12, tzinfo=UTC))  # in Auckland two are of February
    seal()
    zone = company.zone
    Organisation.objects.update(zone="Pacific/Auckland")
    forget_in_the_log(1)
    actions.erase_people(person_ids=[1], at=AT)
    Organisation.objects.update(zone=zone)

    assert ask(COUNT) == [{"visits": 4}]


def forget_in_the_log(person_id):
    FactRecord.objects.filter(person_id=person_id).update(person_id=None)
