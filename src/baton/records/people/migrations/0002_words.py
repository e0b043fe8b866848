"""Make the index over the words of people and companies, and fill it."""

from django.db import migrations, models

from baton.core.search.fields import WordsField
from baton.core.search.indexes import Index, Part
from baton.core.search.keeping import KeepWords

PEOPLE = Index(
    table="people_personwords",
    record="people_person",
    parts=(
        Part(name="name", column="sort_key"),
        Part(name="mail", column="normalised", table="people_emailaddress", points="person_id"),
        Part(name="firm", column="sort_key", table="people_company", through="company_id"),
    ),
)
COMPANIES = Index(
    table="people_companywords",
    record="people_company",
    parts=(
        Part(name="name", column="sort_key"),
        Part(name="domain", column="domain", table="people_companydomain", points="company_id"),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        KeepWords(PEOPLE),
        KeepWords(COMPANIES),
        migrations.CreateModel(
            name="PersonWords",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("words", WordsField(db_column="people_personwords")),
            ],
            options={"db_table": "people_personwords", "abstract": False, "managed": False},
        ),
        migrations.CreateModel(
            name="CompanyWords",
            fields=[
                (
                    "company",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="people.company",
                    ),
                ),
                ("words", WordsField(db_column="people_companywords")),
            ],
            options={"db_table": "people_companywords", "abstract": False, "managed": False},
        ),
    ]
