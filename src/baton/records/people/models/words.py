from baton.core.search.fields import Words, WordsField, record_of
from baton.records.people.models.companies import Company
from baton.records.people.models.people import Person


class PersonWords(Words):
    """Of the name, all addresses and the company's name: see ``searched``."""

    person = record_of(Person)
    words = WordsField(db_column="people_personwords")

    class Meta(Words.Meta):
        db_table = "people_personwords"


class CompanyWords(Words):
    """Of the name and all domains."""

    company = record_of(Company)
    words = WordsField(db_column="people_companywords")

    class Meta(Words.Meta):
        db_table = "people_companywords"
