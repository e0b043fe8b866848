"""Words are found with and without a mark of stress: the index is made anew."""

from django.db import migrations

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
    dependencies = [("people", "0011_counted_by_index")]
    operations = [KeepWords(PEOPLE), KeepWords(COMPANIES)]
