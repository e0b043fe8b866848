"""Several addresses, numbers or people in one cell, or in several columns: none is dropped."""

import pytest
from django.urls import reverse

from baton.operations.exchange.models import Import
from baton.operations.exchange.tests.test_columns import (
    bring_in,
    choose,  # noqa: F401 -- a fixture
    upload,  # noqa: F401 -- a fixture
)
from baton.records.people.models import Person
from baton.records.people.tests.factories import a_person
from baton.sales.deals.models import Deal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def known_of(person):
    mails = person.emails.order_by("pk").values_list("address", flat=True)
    return [*mails], [*person.phones.order_by("pk").values_list("number", flat=True)]


def a_list(tmp_path, text):
    path = tmp_path / "people.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "cell",
    [
        "lena@halden.example; l.fischer@halden.example",
        "lena@halden.example,l.fischer@halden.example",
        "lena@halden.example ::: l.fischer@halden.example",
        "lena@halden.example / l.fischer@halden.example",
        "lena@halden.example\nl.fischer@halden.example",
        "Lena Fischer <lena@halden.example>; Fischer, L. <l.fischer@halden.example>",
    ],
)
def test_addresses_of_one_cell_are_all_theirs_and_again_changes_nothing(run_known, tmp_path, cell):
    path = a_list(tmp_path, f'Full Name,Email\nLena Fischer,"{cell}"\n')

    run_known(path)
    again = run_known(path)

    mails, _numbers = known_of(Person.objects.get())
    assert mails == ["lena@halden.example", "l.fischer@halden.example"]
    assert (again["totals"]["unchanged"], again["totals"]["updated"]) == (1, 0)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("+49 30 1234567; +49 170 7654321", ["+49 30 1234567", "+49 170 7654321"]),
        ("+49 30 1234567 / +49 170 7654321", ["+49 30 1234567", "+49 170 7654321"]),
        ("030 / 1234567", ["030 / 1234567"]),
        ("+49 30 123456, ext. 12", ["+49 30 123456 ext. 12"]),
    ],
)
def test_numbers_of_one_cell_are_all_theirs(run_known, tmp_path, cell, numbers):
    run_known(a_list(tmp_path, f'Full Name,Email,Phone\nLena,lena@halden.example,"{cell}"\n'))

    _mails, found = known_of(Person.objects.get())
    assert [one.replace(" ", "") for one in found] == [one.replace(" ", "") for one in numbers]


def test_one_that_is_no_address_among_several_is_told_by_itself(run_known, tmp_path):
    text = 'Full Name,Email\nLena,"lena@halden.example; soon; l@halden.example"\n'

    data = run_known(a_list(tmp_path, text), code=3)

    [error] = data["errors"]
    assert error["message"] == "“soon” is no mail address. Mend or empty it."
    assert (error["column"], Person.objects.count()) == ("Email", 0)


def test_somebody_known_by_any_of_the_addresses_is_joined(run_known, tmp_path):
    lena = a_person(full_name="Lena Fischer", emails=["l.fischer@halden.example"])
    cell = "lena@halden.example; l.fischer@halden.example"

    run_known(a_list(tmp_path, f'Full Name,Email\nLena Fischer,"{cell}"\n'))

    assert Person.objects.get() == lena
    assert known_of(lena)[0] == ["l.fischer@halden.example", "lena@halden.example"]


def test_addresses_of_two_people_in_one_cell_fail_the_row(run_known, tmp_path):
    a_person(full_name="Lena Fischer", emails=["lena@halden.example"])
    a_person(full_name="Ben Okafor", emails=["ben@orbis.example"])

    data = run_known(a_list(tmp_path, "Email\nlena@halden.example; ben@orbis.example\n"), code=3)

    [error] = data["errors"]
    assert "ben@orbis.example belongs to Ben Okafor already" in error["message"]


@pytest.mark.parametrize(
    ("name", "mail", "is_refused"),
    [
        ("Anna Berg; Jan Vos", "", True),
        ("Anna Berg\nJan Vos", "team@halden.example", True),
        ("Anna Berg, Jan Vos", "anna@halden.example; jan@halden.example", True),
        ("Berg, Anna", "anna@halden.example; a.berg@halden.example", False),
        ("Anna Berg, PhD MBA", "anna@halden.example; a.berg@halden.example", False),
        ("Lena\nFischer", "lena@halden.example", False),
    ],
)
def test_several_people_in_one_line_are_told(run_known, tmp_path, name, mail, is_refused):
    path = a_list(tmp_path, f'Full Name,Email\n"{name}","{mail}"\n')

    data = run_known(path, code=3 if is_refused else 0)

    messages = [error["message"] for error in data["errors"]]
    assert ["names several people. Give each a line of their own." in one for one in messages] == (
        [True] if is_refused else []
    )
    assert Person.objects.count() == (0 if is_refused else 1)


def test_name_beside_a_first_name_is_the_last_name(run_known, tmp_path):
    run_known(a_list(tmp_path, "Vorname,Name,E-Mail-Adresse\nLena,Fischer,lena@halden.example\n"))

    person = Person.objects.get()
    assert (person.first_name, person.last_name, str(person)) == ("Lena", "Fischer", "Lena Fischer")


def test_further_columns_of_addresses_and_numbers_go_to_the_same_person(
    upload,  # noqa: F811 -- the fixture
    choose,  # noqa: F811 -- the fixture
    signed_in,
    admin,
    run_background,
):
    record = upload(
        outlook="First Name,Last Name,E-mail Address,E-mail 2 Address,E-mail 3 Address,"
        "Primary Phone,Other Phone,Phone 3,Shoes\n"
        "Lena,Fischer,l@h.example,l2@h.example,l3@h.example,+49301234567,,+49307654321,41\n"
        "Ben,Okafor,b@o.example,,b3@o.example,,,,40\n"
    )
    choose(record)
    bring_in(signed_in(admin), record, run_background)

    assert record.totals["failed"] == 0
    lena, ben = (Person.objects.get(first_name=name) for name in ("Lena", "Ben"))
    assert known_of(lena)[0] == ["l@h.example", "l2@h.example", "l3@h.example"]
    assert len(known_of(lena)[1]) == 2
    assert known_of(ben)[0] == ["b@o.example", "b3@o.example"]
    page = signed_in(admin).get(reverse("exchange:import", args=[record.key]))
    assert page.status_code == 200
    assert Import.objects.count() == 1


def test_all_whose_addresses_stand_beside_a_deal_take_part(
    upload,  # noqa: F811 -- the fixture
    choose,  # noqa: F811 -- the fixture
    signed_in,
    admin,
    run_background,
):
    record = upload(
        deals="Deal name;Deal stage;Amount;Contact;Contact email;Firma\n"
        'Ovens;Talking;500;Anna Berg, Jan Vos;"anna@h.example, jan@h.example";Halden\n'
        "Pans;Talking;70;Berg, Anna;anna@h.example;Halden\n"
        "Lids;Talking;7;Somebody;lea@o.example tom@o.example;Orbis\n"
    )
    choose(record)
    bring_in(signed_in(admin), record, run_background)

    assert (record.state, record.totals["failed"]) == ("done", 0)
    assert {person.full_name for person in Person.objects.all()} >= {"Anna Berg", "Jan Vos"}
    assert Person.objects.count() == 4
    ovens = Deal.objects.get(name="Ovens")
    assert str(ovens.person) == "Anna Berg"
    assert {str(one.person) for one in ovens.parts.all()} == {"Jan Vos"}
    assert Deal.objects.get(name="Lids").parts.count() == 1


def test_more_people_beside_a_deal_than_come_fail_its_line(
    upload,  # noqa: F811 -- the fixture
    choose,  # noqa: F811 -- the fixture
):
    mails = ", ".join(f"p{n}@h.example" for n in range(6))
    record = upload(deals=f'Deal name;Deal stage;Contact email\nOvens;Talking;"{mails}"\n')

    choose(record)

    [error] = record.report["errors"]
    assert error["message"] == "There is no person “p5@h.example”. Import it too, or mend it."
