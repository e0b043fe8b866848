from django.urls import path

from baton.records.discovery.views import asking, guides

app_name = "discovery"
mounted_at = "guides/"
urlpatterns = [
    path("", guides.guides, name="guides"),
    path("new/", guides.edit, name="new"),
    path("people/<uuid:key>/", asking.ask, name="ask"),
    path("people/<uuid:key>/draft/", asking.draft, name="draft"),
    path("people/<uuid:key>/drop/", asking.drop, name="drop"),
    path("answers/<uuid:key>/", asking.edit_answers, name="edit-answers"),
    path("answers/<uuid:key>/delete/", asking.delete_answers, name="delete-answers"),
    path("<uuid:key>/", guides.guide, name="guide"),
    path("<uuid:key>/edit/", guides.edit, name="edit"),
    path("<uuid:key>/move/", guides.move, name="move"),
    path("<uuid:key>/delete/", guides.delete, name="delete"),
]
