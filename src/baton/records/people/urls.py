from django.urls import path

from baton.records.people.views import adding, deleting, editing, history, lists, records

app_name = "people"
urlpatterns = [
    path("", lists.people, name="list"),
    path("new/", adding.new_person, name="new"),
    path("companies/", lists.companies, name="companies"),
    path("companies/new/", adding.new_company, name="new-company"),
    path("companies/<uuid:key>/", records.company, name="company"),
    path("companies/<uuid:key>/changes/", history.company_changes, name="company-changes"),
    path("companies/<uuid:key>/delete/", deleting.delete_company, name="delete-company"),
    path("companies/<uuid:key>/edit/<slug:name>/", editing.edit_company_field, name="edit-company"),
    path("<uuid:key>/", records.person, name="person"),
    path("<uuid:key>/changes/", history.person_changes, name="person-changes"),
    path("<uuid:key>/consent/", adding.consent, name="consent"),
    path("<uuid:key>/delete/", deleting.delete_person, name="delete"),
    path("<uuid:key>/edit/<slug:name>/", editing.edit_person_field, name="edit-person"),
]
