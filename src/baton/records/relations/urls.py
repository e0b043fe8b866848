from django.urls import path

from baton.records.relations.views import editing

app_name = "relations"
urlpatterns = [
    path("person/<uuid:key>/new/", editing.add_to_person, name="add-to-person"),
    path("company/<uuid:key>/new/", editing.add_to_company, name="add-to-company"),
    path("<uuid:key>/", editing.edit, name="edit"),
    path("<uuid:key>/end/", editing.end, name="end"),
    path("<uuid:key>/remove/", editing.remove, name="remove"),
]
