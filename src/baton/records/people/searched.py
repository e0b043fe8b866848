"""By which words people and companies are found, wherever one searches."""

from baton.core.search.indexes import Index, Part

PEOPLE = Index(
    table="people_personwords",
    record="people_person",
    object_type="person",
    parts=(
        Part(name="name", column="sort_key"),
        Part(
            name="mail",
            column="normalised",
            table="people_emailaddress",
            points="person_id",
            field="emails",
        ),
        Part(name="firm", column="sort_key", table="people_company", through="company_id"),
    ),
)
COMPANIES = Index(
    table="people_companywords",
    record="people_company",
    object_type="company",
    parts=(
        Part(name="name", column="sort_key"),
        Part(
            name="domain",
            column="domain",
            table="people_companydomain",
            points="company_id",
            field="domains",
        ),
    ),
)
