"""Columns are known in eight languages, with units, prefixes and numbers, in any case."""

import pytest

from baton.operations.exchange.rules.column_names import NAMES, field_named
from baton.operations.exchange.rules.guessing import FIRM, guess_fields, guess_kind

USUAL = {  # of a list of people in each language
    "en": ("First name", "Last name", "E-mail", "Phone", "Company", "Job title", "City", "Country"),
    "de": ("Vorname", "Nachname", "E-Mail-Adresse", "Telefon", "Firma", "Position", "Ort", "Land"),
    "fr": ("Prénom", "Nom", "Courriel", "Téléphone", "Société", "Fonction", "Ville", "Pays"),
    "es": ("Nombre", "Apellidos", "Correo", "Teléfono", "Empresa", "Cargo", "Ciudad", "País"),
    "nl": (
        "Voornaam",
        "Achternaam",
        "E-mailadres",
        "Telefoon",
        "Bedrijf",
        "Functie",
        "Plaats",
        "Land",
    ),
    "it": (
        "Nome",
        "Cognome",
        "Posta elettronica",
        "Telefono",
        "Azienda",
        "Ruolo",
        "Città",
        "Paese",
    ),
    "pt": ("Nome", "Sobrenome", "E-mail", "Telefone", "Empresa", "Função", "Cidade", "País"),
    "pl": (
        "Imię",
        "Nazwisko",
        "Adres e-mail",
        "Telefon",
        "Nazwa firmy",
        "Stanowisko",
        "Miasto",
        "Kraj",
    ),
}
FIELDS = ("first_name", "last_name", "email", "phone", "company", "job_title", "city", "country")


@pytest.mark.parametrize("language", USUAL)
def test_usual_columns_of_people_are_known_in_each_language(language):
    columns = {name: ["Lena"] for name in USUAL[language]}

    assert guess_kind("list.csv", columns) == "person"
    assert tuple(guess_fields("person", columns).values()) == FIELDS


@pytest.mark.parametrize(
    ("kind", "column", "field"),
    [
        ("person", "Contact: E-mail 1", "email"),
        ("person", "E-mail 1 - Value", "email"),
        ("person", "E-mail 2 Address", "other_email"),
        ("person", "Phone 3 - Value", "other_phone"),
        ("person", "Phone 1 - Type", ""),
        ("person", f"Phone {'9' * 5000}", ""),
        ("person", "firstName", "first_name"),
        ("person", "LAST_NAME", "last_name"),
        ("person", "contact.mobile_phone", "mobile"),
        ("person", "Lead Owner", "owner"),
        ("person", "Company Industry", "company.industry"),
        ("person", "Address 2", ""),
        ("person", "Became lead on", "at"),
        ("person", "Firm", "company"),
        ("company", "Firm", "name"),
        ("company", "Umsatz in EUR", "annual_revenue"),
        ("company", "annual_revenue_usd", "annual_revenue"),
        ("company", "Revenue [Mio. €]", "annual_revenue"),
        ("company", "subsidiary_of", "parent"),
        ("deal", "Deal - Value", "amount"),
        ("deal", "Amount (EUR)", "amount"),
        ("deal", "contactEmail", "person.email"),
        ("deal", "Contact - Name", "person.full_name"),
        ("deal", "sales_agent", "owner"),
        ("deal", "engage_date", "opened_at"),
    ],
)
def test_units_prefixes_and_numbers_hide_no_field(kind, column, field):
    assert field_named(kind, column, of_firm=FIRM) == field


@pytest.mark.parametrize("kind", NAMES)
def test_no_name_means_two_fields_of_one_kind(kind):
    names = [name for some in NAMES[kind].values() for name in some.split()]

    assert len(names) == len({*names}), sorted(one for one in names if names.count(one) > 1)


def test_name_beside_a_first_name_is_the_last_one():
    assert guess_fields("person", {"Vorname": ["Lena"], "Name": ["Fischer"]}) == {
        "Vorname": "first_name",
        "Name": "last_name",
    }


def test_first_name_alone_that_is_whole_is_the_name():
    columns = {"Nombre": ["Lena Fischer", "Ben Okafor"], "Correo": ["lena@halden.example", ""]}

    assert guess_fields("person", columns) == {"Nombre": "full_name", "Correo": "email"}


@pytest.mark.parametrize(
    ("values", "field"),
    [(["r-1", "r-2"], "key"), (["r-1", "r-1"], "new:text"), (["r-1", ""], "new:text")],
)
def test_column_of_ids_is_the_key_where_each_line_has_its_own(values, field):
    columns = {"visitor_id": values, "Name": ["Lena", "Ben"]}

    assert guess_fields("person", columns)["visitor_id"] == field


def test_days_without_their_looks_are_days_where_the_name_says_so():
    columns = {
        "Name": ["Lena"],
        "Geburtsdatum": ["19810209"],
        "Start date": ["46032"],
        "Rooms": ["46032"],
    }

    found = guess_fields("person", columns)

    assert (found["Geburtsdatum"], found["Start date"], found["Rooms"]) == (
        "new:date",
        "new:date",
        "new:number",
    )


@pytest.mark.parametrize(
    "column", ["Vor- und Nachname", "First and last name", "Prénom et nom", "Full name"]
)
def test_one_column_of_both_names_is_the_name(column):
    assert field_named("person", column) == "full_name"
