from django.urls import path

from baton.insight.journey.views import pages, writing

app_name = "journey"
mounted_at = "insight/journey/"
urlpatterns = [
    path("", pages.journey, name="journey"),
    path("people/", pages.people, name="people"),
    path("edit/", writing.edit, name="edit"),
    path("add/", writing.add, name="add"),
    path("shown/<uuid:key>/remove/", writing.remove, name="remove"),
]
