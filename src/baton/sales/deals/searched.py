"""By which words deals are found, wherever one searches."""

from baton.core.search.indexes import Index, Part

DEALS = Index(
    table="deals_dealwords",
    record="deals_deal",
    object_type="deal",
    parts=(
        Part(name="name", column="sort_key"),
        Part(name="firm", column="sort_key", table="people_company", through="company_id"),
        Part(name="person", column="sort_key", table="people_person", through="person_id"),
    ),
)
