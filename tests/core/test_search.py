"""The index over words: what it answers, and that it is right whoever writes."""

import re
import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baton.core.changes.actions import restore_record, undo
from baton.core.search.finding import first_found, found, ids_found
from baton.core.search.indexes import indexes
from baton.core.search.keeping import count_wrong, lacks_triggers, make_anew
from baton.core.search.words import typed_words, words_of
from baton.core.ui import found as found_by
from baton.operations.administration.queries import health
from baton.records.people import actions
from baton.records.people.models import Company, EmailAddress, Person, PersonWords
from baton.records.people.queries import people_matching, people_matching_in_order
from baton.records.people.tests.factories import AT, a_company, a_person
from baton.sales.deals.models import Deal
from baton.sales.deals.queries import called
from baton.sales.deals.tests.factories import a_deal

pytestmark = pytest.mark.django_db
LETTERS = "aäåáeéėiíoöøóőuüúłßñçşșžżźœæđþıŋAÄŁØİαβέςώбвйё김민준山田محहि019"
BETWEEN = " -'.’–,()/&_+"
signs = st.sampled_from(LETTERS + BETWEEN + "\u0301\u0308")
# A mark stands on a letter: what is typed, pasted or imported has no word that begins with one.
ALONE = re.compile(r"(?<![^\W\d_])[\u0301\u0308]+")


def written(most):
    """A letter with its mark is one sign, as names are kept."""
    texts = st.text(signs, max_size=most).map(lambda text: ALONE.sub("", text))
    return texts.map(lambda text: unicodedata.normalize("NFC", text))


names = st.lists(written(12).filter(bool), min_size=1, max_size=2)
# The rows of all examples stay: each is asked of all that came before, too.
keeps_rows = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
HOSTILE = [
    "%", "_", "'", "\\", '"', "*", '"*', "-- '", "NEAR(a b)", "a AND NOT b", "name : a", "^a",
    "{name}",
    "'a':*A | 'b'", "!a", "a <-> b", ":*", "(", "\0", "a\0b", "\u00a0", "a" * 10_000, '"' * 10_000,
    "\u202ea", "😀", "ﬁ", "\U0001e900",
]  # fmt: skip


def wrong():
    return {index.record: count_wrong(index) for index in indexes if count_wrong(index)}


def names_found(text):
    return sorted(people_matching(Person.objects.all(), text).values_list("full_name", flat=True))


def by_hand(text):
    """Who is meant, by no index: each typed word begins one of theirs."""
    typed = typed_words(text)
    meant = []
    people = Person.objects.select_related("company").prefetch_related("emails")
    for person in people.order_by("pk"):
        theirs = words_of(person.sort_key) + words_of(getattr(person.company, "sort_key", ""))
        theirs += [word for mail in person.emails.all() for word in words_of(mail.normalised)]
        if typed and all(any(word.startswith(part) for word in theirs) for part in typed):
            meant.append(person.pk)
    return meant


@keeps_rows
@given(names, st.data())
def test_index_answers_as_words_read_one_by_one(db, called, data):
    firm = Company.objects.create(name="x", sort_key=called[-1].casefold())
    person = Person.objects.create(
        full_name="x", sort_key=called[0].casefold(), company=firm, origin="marketing"
    )
    mail = f"{person.pk}.ann@{data.draw(st.sampled_from(['fenn', 'äther', 'x-y']))}.example"
    EmailAddress.objects.create(person=person, address=mail, normalised=mail)
    theirs = st.sampled_from([called[0], called[-1], mail, *words_of(" ".join([*called, mail]))])
    part = st.builds(lambda text, length: text[:length], theirs, st.integers(1, 6))
    text = data.draw(st.lists(st.one_of(part, written(2)), max_size=3).map(" ".join))

    everybody = Person.objects.all()
    ways = people_matching(everybody, text), people_matching_in_order(everybody, text)

    assert [sorted(way.values_list("pk", flat=True)) for way in ways] == [by_hand(text)] * 2


def test_a_mark_of_stress_is_no_part_of_a_word():
    stressed = "Ива́нов"
    ours = [a_person(full_name=name).full_name for name in ("Иванов", stressed)]

    assert names_found("Иванов") == names_found(stressed) == sorted(ours)


def test_index_is_right_after_each_kind_of_write(admin):
    firm, other = a_company(name="Vandermeer Pumps"), a_company(name="Orbis")
    anna, *_ = people = actions.create_people(
        new=[
            {"full_name": name, "emails": [mail], "company": firm, "origin": "sales", "at": AT}
            for name, mail in (("Anna Berg", "ab@fenn.example"), ("Ben Lund", "bl@fenn.example"))
        ]
    )
    ids = [person.pk for person in people]
    deal = a_deal(name="Sensor rollout", person=anna, company=firm)
    at = {"by": admin, "at": AT}

    def write(**values):
        return actions.edit_person(person=anna, values=values, version=None, **at)

    def after(_done, *texts):
        """What these texts find now, when nothing is wrong."""
        assert wrong() == {}
        return [names_found(text) for text in texts]

    both = ["Anna Berg", "Ben Lund"]
    assert after(None, "vander", "fenn", "ann vand") == [both, both, both[:1]]
    add = write(emails=["ab@fenn.example", "anna@zenit.example"])
    assert after(add, "zenit") == [both[:1]]
    remove = write(emails=["ab@fenn.example"])
    assert after(remove, "zenit") == [[]]
    edit = write(last_name="Öberg", company=other)
    assert after(edit, "oberg", "vander") == [["Anna Öberg"], both[1:]]
    firm.refresh_from_db()
    renamed = actions.edit_company(
        company=firm, values={"name": "Kolding"}, version=firm.version, **at
    )
    assert after(renamed, "vander", "kold") == [[], both[1:]]
    assert list(called(Deal.objects.all(), "kold sens oberg")) == [deal]
    batch = actions.trash_people(people_ids=ids, **at)
    assert after(batch, "anna", "ben") == [[], []]
    assert after(undo(batch=batch, **at), "anna", "ben") == [["Anna Öberg"], both[1:]]
    trashed = actions.trash_companies(company_ids=[firm.pk], **at)
    assert after(trashed, "kold") == [[]]
    restored = restore_record(kind=actions.COMPANY, record_id=firm.pk, **at)
    assert after(restored, "kold") == [both[1:]]


def test_index_is_right_after_writes_past_the_actions():
    anna, ben = a_person(full_name="Anna Berg"), a_person(full_name="Ben Lund")

    EmailAddress.objects.filter(person=ben).update(person=anna, is_primary=False)
    Person.objects.filter(pk=ben.pk).update(sort_key="quist ben")
    EmailAddress.objects.filter(person=anna, is_primary=True).delete()
    firm = a_company(name="Gone")
    Company.objects.filter(pk=firm.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET sort_key = 'zorn anna' WHERE id = %s", [anna.pk])

    assert wrong() == {}
    assert (names_found("quist"), names_found("zorn"), names_found("berg")) == (
        ["Ben Lund"], ["Anna Berg"], [],
    )  # fmt: skip


def test_index_that_was_hurt_is_told_and_made_anew(company, admin, monkeypatch, tmp_path):
    a_person(full_name="Anna Berg")
    [people, *_others] = [index for index in indexes if index.record == "people_person"]
    on = "" if connection.vendor == "sqlite" else "ON people_person"
    monkeypatch.setattr("django.conf.settings.HOME", tmp_path, raising=False)

    def told():
        return [one.what for one in health.findings(at=AT) if "earch" in one.what]

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_personwords")
    hurt = told()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER people_personwords_new {on}")
    dropped = told()
    make_anew(people)

    assert hurt == ["Search is wrong about 1 records."]
    assert dropped == ["Search is not kept up to date for people_person."]
    assert (told(), lacks_triggers(people), names_found("berg")) == ([], False, ["Anna Berg"])


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_only_a_text(text):
    a_deal(name="Plain Zebra", person=a_person(full_name="Plain Zebra"))
    everybody, deals = Person.objects.all(), Deal.objects.all()

    ways = [way(everybody, text) for way in (people_matching, people_matching_in_order)]
    ways += [first_found(everybody, text, most=5), first_found(deals, text, most=5)]

    assert [list(way) for way in ways] == [[]] * 4


@pytest.mark.parametrize("path", ["/people/", "/palette/"])
def test_screens_bear_whatever_is_typed(signed_in, admin, path):
    client = signed_in(admin)

    answers = [client.get(path, {"q": text}) for text in ("'\"*", "NEAR(", "a\0", '"' * 10_000)]

    assert [one.status_code for one in answers] == [200, 200, 400, 200]  # none has a NUL


def test_many_and_few_are_the_same_page_by_the_same_number_of_queries(
    signed_in, admin, monkeypatch, django_assert_max_num_queries
):
    for number in range(30):
        a_person(full_name=f"Ann Berg{number:02}")
    client, asked = signed_in(admin), {"q": "an ber", "sort": "-name"}

    def page():
        with django_assert_max_num_queries(18) as ran:
            listed = client.get("/people/", asked).context["list"]
        return [row.object.full_name for row in listed.rows], listed.total, len(ran)

    page()
    few = page()
    monkeypatch.setattr(found_by, "FEW", 0)

    assert page() == few
    assert (few[0][0], few[1]) == ("Ann Berg29", 30)


def test_ids_of_all_that_lives_are_asked_of_the_index_alone(admin, rep, outsider):
    gone, mine = a_person(full_name="Ann Alm"), a_person(full_name="Ann Berg", owner=rep)
    theirs, _other = a_person(full_name="Ann Cole", owner=outsider), a_person(full_name="Zoe Dahl")
    Person.objects.filter(pk=gone.pk).update(deleted_at=AT)
    named = Person.objects.filter(deleted_at=None, sort_key__startswith="b")
    asked = {
        "all": Person.objects.visible_to(admin),
        "seen": Person.objects.visible_to(rep),
        "narrowed": named,
        "in the trash": Person.objects.all(),
    }

    ids = {name: ids_found(rows, "ann", among=PersonWords) for name, rows in asked.items()}

    assert {name: {one["pk"] for one in rows} for name, rows in ids.items()} == {
        "all": {mine.pk, theirs.pk},
        "seen": {mine.pk},
        "narrowed": {mine.pk},
        "in the trash": {mine.pk, theirs.pk},
    }
    reads_people = {name for name, rows in ids.items() if '"people_person"' in str(rows.query)}
    assert reads_people == {"seen", "narrowed", "in the trash"}
    for name, rows in ids.items():
        wanted = found(asked[name], "ann").values_list("pk", flat=True)
        assert {one["pk"] for one in rows} == set(wanted)


def test_first_few_are_those_called_so_then_those_of_mail_and_company():
    firm = a_company(name="Bergwerk")
    for number in range(9):
        a_person(full_name=f"Aaron Zander{number}", company=firm)
    a_person(full_name="Zoe Berg")
    a_person(full_name="Bergit Alm")

    called = [str(one) for one in first_found(Person.objects.all(), "berg", most=5)[:5]]

    assert called == ["Bergit Alm", "Zoe Berg", *(f"Aaron Zander{n}" for n in (6, 7, 8))]
