"""The only place that writes people, companies and what hangs on them."""

from baton.records.people.actions.carriers import COMPANY_CARRIERS, PERSON_CARRIERS
from baton.records.people.actions.carrying import Rows, company_rows, person_rows
from baton.records.people.actions.clearing import clear_tags
from baton.records.people.actions.companies import (
    NewCompany,
    create_companies,
    create_company,
    find_or_create_company,
)
from baton.records.people.actions.consent import (
    Statement,
    forget_statements,
    record_consent,
    record_consents,
)
from baton.records.people.actions.creating import (
    bring_in_people,
    create_people,
    create_person,
    find_or_create_person,
)
from baton.records.people.actions.drafting import NewPerson, read_person
from baton.records.people.actions.edits import edit_company, edit_person
from baton.records.people.actions.foreign import (
    call_companies,
    call_people,
    forget_companies,
    forget_people,
)
from baton.records.people.actions.many_edits import PersonEdit, edit_people
from baton.records.people.actions.merging import merge_companies, merge_people, unmerge
from baton.records.people.actions.owners import (
    Given,
    assign_owner,
    assign_owners,
    give_companies,
    give_each,
    give_people,
)
from baton.records.people.actions.refusals import (
    BadAddress,
    BadCurrency,
    CompaniesInARing,
    DomainTaken,
    EmailTaken,
    ExternalIdTaken,
    MergedAlready,
    MergedWithItself,
    NoName,
    NoSuchCompany,
    NoTag,
    TooLong,
    TooManyAtOnce,
)
from baton.records.people.actions.shown import show, show_companies, show_company_scores, show_many
from baton.records.people.actions.tags import (
    tag_companies,
    tag_people,
    untag_companies,
    untag_people,
)
from baton.records.people.actions.tracking import COMPANY, MERGES, PERSON
from baton.records.people.actions.trash import restore_companies, trash_companies, trash_people

__all__ = [
    "COMPANY",
    "COMPANY_CARRIERS",
    "MERGES",
    "PERSON",
    "PERSON_CARRIERS",
    "BadAddress",
    "BadCurrency",
    "CompaniesInARing",
    "DomainTaken",
    "EmailTaken",
    "ExternalIdTaken",
    "Given",
    "MergedAlready",
    "MergedWithItself",
    "NewCompany",
    "NewPerson",
    "NoName",
    "NoSuchCompany",
    "NoTag",
    "PersonEdit",
    "Rows",
    "Statement",
    "TooLong",
    "TooManyAtOnce",
    "assign_owner",
    "assign_owners",
    "bring_in_people",
    "call_companies",
    "call_people",
    "clear_tags",
    "company_rows",
    "create_companies",
    "create_company",
    "create_people",
    "create_person",
    "edit_company",
    "edit_people",
    "edit_person",
    "find_or_create_company",
    "find_or_create_person",
    "forget_companies",
    "forget_people",
    "forget_statements",
    "give_companies",
    "give_each",
    "give_people",
    "merge_companies",
    "merge_people",
    "person_rows",
    "read_person",
    "record_consent",
    "record_consents",
    "restore_companies",
    "show",
    "show_companies",
    "show_company_scores",
    "show_many",
    "tag_companies",
    "tag_people",
    "trash_companies",
    "trash_people",
    "unmerge",
    "untag_companies",
    "untag_people",
]
