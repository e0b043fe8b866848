"""Words are found with and without a mark of stress: the index is made anew."""

from django.db import migrations

from baton.core.search.indexes import Index, Part
from baton.core.search.keeping import KeepWords

DEALS = Index(
    table="deals_dealwords",
    record="deals_deal",
    parts=(
        Part(name="name", column="sort_key"),
        Part(name="firm", column="sort_key", table="people_company", through="company_id"),
        Part(name="person", column="sort_key", table="people_person", through="person_id"),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("deals", "0011_deal_people"), ("people", "0012_words_without_stress")]
    operations = [KeepWords(DEALS)]
