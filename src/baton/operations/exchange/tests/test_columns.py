"""Files whose columns nobody knows: what they are is guessed, chosen, checked and remembered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from baton.core.fields.actions import create_field
from baton.operations.exchange.models import Import, KeptMapping
from baton.records.people.models import Company, Person
from baton.records.people.tests.factories import AT
from baton.sales.deals.models import Deal, Pipeline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

STRANGE = """Kd-Nr;Wer;Elektropost;Firmenname;Rufnr;Bestellt;Schuhe;Umsatz;Leer
7;Lena Fischer;lena@halden.example;Halden;+49 30 1234567;31.01.2026;41;1.250,50;
8;Ben Okafor;ben@orbis.example;Orbis;+49 30 7654321;01.02.2026;43;20,00;
9;;mara@orbis.example;Orbis;;bald;;;
"""


@pytest.fixture
def upload(signed_in, admin, settings, tmp_path, run_background):
    """Sends files as the admin; gives the import that they make, after its job."""
    settings.HOME = tmp_path / "home"

    def send(**texts):
        files = [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in texts.items()]
        signed_in(admin).post(
            reverse("exchange:new-import"), {"uploaded": files, "zone": "Europe/Berlin"}
        )
        run_background()
        return Import.objects.latest("pk")

    return send


@pytest.fixture
def choose(signed_in, admin, run_background):
    """Sends the form as the page shows it, but for what is said; gives the answer."""

    def send(record, act="look", columns=(), **said):
        client, url = signed_in(admin), reverse("exchange:columns", args=[record.key])
        page = client.get(url).context
        data = {"act": act, "source": page["source"], "seen": page["seen"], **said}
        for card in page["cards"]:
            data.setdefault(f"kind-{card.number}", card.chosen.kind)
            data.setdefault(f"was-{card.number}", card.chosen.kind)
            data.setdefault(f"dates-{card.number}", "day" if card.chosen.is_day_first else "month")
            data.setdefault(f"decimal-{card.number}", "comma" if card.chosen.is_comma else "point")
            for row in card.rows():
                data[row.input] = dict(columns).get(row.name, row.field)
        response = client.post(url, data)
        run_background()
        record.refresh_from_db()
        return response

    return send


def bring_in(client, record, run_background):
    client.post(reverse("exchange:start-import", args=[record.key]))
    run_background()
    record.refresh_from_db()


def test_unknown_columns_are_guessed_by_name_and_look(upload, signed_in, admin):
    record = upload(kunden=STRANGE)

    assert record.state == "asking"
    client, url = signed_in(admin), reverse("exchange:import", args=[record.key])
    columns = reverse("exchange:columns", args=[record.key])
    assert "Choose the columns" in client.get(url).content.decode()
    waited = client.get(url, headers={"HX-Request": "true"})
    assert waited["HX-Redirect"] == columns  # whoever watches goes on there by themselves
    page = client.get(columns)
    [card] = page.context["cards"]
    assert (card.chosen.kind, card.chosen.is_comma) == ("person", True)
    assert card.chosen.columns == {
        "Kd-Nr": "new:number",
        "Wer": "new:text",
        "Elektropost": "email",
        "Firmenname": "company",
        "Rufnr": "phone",
        "Bestellt": "new:text",
        "Schuhe": "new:number",
        "Umsatz": "new:number",
        "Leer": "",
    }
    assert "lena@halden.example" in page.content.decode()


def test_chosen_columns_bring_people_with_companies_fields_and_numbers(
    upload, choose, signed_in, admin, run_background
):
    record = upload(kunden=STRANGE)
    columns = {"Kd-Nr": "key", "Wer": "full_name", "Bestellt": "at", "Umsatz": "new:number"}

    told = choose(record, columns=columns, source="Altes System")

    assert told.status_code == 422
    assert "1 of 3, in line 4: “bald” is no date." in told.content.decode()
    seen = told.context["seen"]
    assert choose(record, columns=columns, source="Altes System", seen=seen).status_code == 302
    assert (record.state, record.source) == ("ready", "Altes System")
    page = signed_in(admin).get(reverse("exchange:import", args=[record.key])).content.decode()
    assert "choose the columns first" not in page  # they just did
    bring_in(signed_in(admin), record, run_background)
    lena, ben = Person.objects.order_by("first_name").exclude(first_name="")[::-1]
    assert (str(lena), str(lena.company), lena.custom) == (
        "Lena Fischer",
        "Halden",
        {"schuhe": "41", "umsatz": "1250.5"},
    )
    assert str(ben.company) == "Orbis"
    assert record.report["totals"]["failed"] == 1


def test_what_does_not_fit_is_told_once_though_another_column_is_chosen_anew(upload, choose):
    record = upload(kunden=STRANGE)
    columns = {"Wer": "full_name", "Bestellt": "at"}
    seen = choose(record, columns=columns).context["seen"]

    told_more = choose(record, columns=columns | {"Schuhe": "at"}, seen=seen)
    gone_on = choose(record, columns=columns | {"Rufnr": "mobile"}, seen=seen)

    assert (told_more.status_code, gone_on.status_code) == (422, 302)


def test_fields_that_stay_as_they_are_here_go_by_their_names(
    upload, choose, signed_in, admin, run_background
):
    first = upload(kunden=STRANGE.replace("bald", ""))
    choose(first, columns={"Wer": "full_name"})
    bring_in(signed_in(admin), first, run_background)

    again = upload(neue=STRANGE.replace("bald", "").replace("Lena", "Lene").replace("41", "42"))
    page = signed_in(admin).get(reverse("exchange:import", args=[again.key])).content.decode()

    assert "<td>Name</td><td>Lena Fischer</td><td>Lene Fischer</td>" in page
    assert "<td>Schuhe</td><td>41</td><td>42</td>" in page
    assert "fields of your own" not in page  # they are here by now


def test_next_file_with_these_columns_asks_nobody(upload, choose, signed_in, admin, run_background):
    first = upload(kunden=STRANGE.replace("bald", ""))
    choose(first, columns={"Kd-Nr": "key", "Wer": "full_name"}, source="Altes System")
    bring_in(signed_in(admin), first, run_background)

    again = upload(neue="kd-nr;Wer;Elektropost;Firmenname;Rufnr;Bestellt;Schuhe;Umsatz;leer\n"
                   "7;Lena Fischer-Moe;lena@halden.example;Halden;;;;;\n")  # fmt: skip

    assert (again.state, again.source) == ("ready", "Altes System")
    bring_in(signed_in(admin), again, run_background)
    assert again.totals == {"created": 0, "updated": 1, "unchanged": 0, "failed": 0}
    assert Person.objects.filter(last_name="Fischer-Moe").exists()
    choose(upload(neue=STRANGE), **{"kind-0": "out"})
    assert KeptMapping.objects.count() == 1


def test_deals_come_into_a_pipeline_of_their_own(upload, choose, signed_in, admin, run_background):
    record = upload(
        verkauf="Vorgang,Phase,Wert,Wer,Firma\n"
        "Pans,Angebot,100,lena@halden.example,Halden\nPots,Gespräch,,,\n"
    )

    fields = ("name", "stage", "amount", "person.email", "company")
    columns = dict(zip(("Vorgang", "Phase", "Wert", "Wer", "Firma"), fields, strict=True))
    choose(record, columns=columns, **{"kind-0": "deal", "was-0": "deal"})

    assert record.state == "ready", record.refusal
    bring_in(signed_in(admin), record, run_background)
    assert record.report["errors"] == []
    pans = Deal.objects.get(name="Pans")
    assert (str(pans.stage), pans.amount, str(pans.company)) == ("Angebot", 100, "Halden")
    assert pans.person == Person.objects.get()
    assert Pipeline.objects.filter(name="Verkauf").exists()


def test_file_that_is_known_and_one_that_is_not_come_together(
    upload, choose, signed_in, admin, run_background
):
    record = upload(
        contacts="Record ID,Last Name,Email,Contact owner\n1,Fischer,l@h.example,\n",
        firms="Betrieb,Gebiet\nHalden,Nord\n",
    )
    assert record.state == "asking"

    choose(record, columns={"Betrieb": "name"}, **{"kind-1": "company", "was-1": "company"})

    assert record.state == "ready", record.refusal
    bring_in(signed_in(admin), record, run_background)
    assert Person.objects.get().last_name == "Fischer"
    assert Company.objects.get().custom == {"gebiet": "Nord"}


def test_file_of_people_fills_own_fields_of_their_companies(
    upload, choose, signed_in, admin, run_background
):
    create_field(object_type="company", label="Since", kind="date", by=admin, at=AT)
    record = upload(kunden="Mail,Firma,Seit\nl@h.example,Halden,31.01.1998\n")
    chosen = {"Mail": "email", "Firma": "company", "Seit": "company.custom.since"}

    page = signed_in(admin).get(reverse("exchange:columns", args=[record.key]))
    assert 'value="company.custom.since"' in page.content.decode()
    choose(record, columns=chosen)

    assert record.state == "ready", record.refusal
    bring_in(signed_in(admin), record, run_background)
    assert Company.objects.get(people=Person.objects.get()).custom == {"since": "1998-01-31"}


def test_what_cannot_be_is_refused_before_the_files_are_looked_through(upload, choose):
    record = upload(kunden=STRANGE)

    twice = choose(record, columns={"Wer": "email"})
    none = choose(record, columns={"Elektropost": ""})

    assert "Two columns are “Mail”." in twice.content.decode()
    assert "Choose the column of their mail address or name." in none.content.decode()
    assert (twice.status_code, record.state) == (422, "asking")


def test_known_file_may_be_chosen_anew_and_a_rep_chooses_nothing(upload, choose, signed_in, rep):
    record = upload(people="Email,Name\nlena@halden.example,Lena Fischer\n")
    assert record.state == "ready"

    choose(record, **{"kind-0": "person"})

    assert record.state == "ready"
    url = reverse("exchange:columns", args=[record.key])
    assert signed_in(rep).get(url).status_code == 403


LIST = "Email,Name,Company,Badge colour\nlena@halden.example,Lena Fischer,Halden,red\n"


def test_list_with_headings_of_its_own_asks_first(upload, choose, signed_in, admin, run_background):
    record = upload(people=LIST)

    assert (record.state, Person.objects.count()) == ("asking", 0)
    [card] = signed_in(admin).get(reverse("exchange:columns", args=[record.key])).context["cards"]
    assert (card.chosen.kind, card.chosen.columns) == (
        "person",
        {"Email": "email", "Name": "full_name", "Company": "company", "Badge colour": "new:text"},
    )
    choose(record)
    assert record.state == "ready", record.refusal
    bring_in(signed_in(admin), record, run_background)
    assert Person.objects.get().custom == {"badge_colour": "red"}


def test_list_may_come_as_it_is_known_and_its_fields_ask_nobody_again(
    upload, choose, signed_in, admin, run_background
):
    record = upload(people=LIST)

    choose(record, **{"kind-0": "known"})

    assert record.state == "ready", record.refusal
    bring_in(signed_in(admin), record, run_background)
    assert Person.objects.get().custom == {"badge_colour": "red"}
    assert upload(more=LIST.replace("Email", "E-mail")).state == "ready"


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace(",red", ","),  # nothing stands in the column
        LIST.replace("Badge colour", "City"),
        "Record ID,First Name,Last Name,Email,Badge colour\n1,Lena,Fischer,l@h.example,red\n",
    ],
)
def test_list_without_headings_of_its_own_and_known_exports_ask_nobody(upload, text):
    assert upload(people=text).state == "ready"


def test_file_that_is_no_records_stays_out_beside_others_at_first(upload, signed_in, admin):
    record = upload(kunden=STRANGE, prices="Thing;Shelf;Weight\nHalter;A;4\n")

    page = signed_in(admin).get(reverse("exchange:columns", args=[record.key]))

    assert [card.chosen.kind for card in page.context["cards"]] == ["person", "out"]


def test_such_a_file_alone_is_asked_about(upload, signed_in, admin):
    record = upload(prices="Thing;Shelf;Weight\nHalter;A;4\n")

    page = signed_in(admin).get(reverse("exchange:columns", args=[record.key]))

    assert [card.is_mapped for card in page.context["cards"]] == [True]
