from django.urls import path

from baton.insight.goals.views import pages, records

app_name = "goals"
mounted_at = "insight/goals/"
urlpatterns = [
    path("", pages.goals, name="goals"),
    path("new/", pages.new, name="new"),
    path("quotas/", pages.quotas, name="quotas"),
    path("counted/", records.counted_in, name="counted"),
    path("<uuid:key>/", pages.goal, name="goal"),
    path("<uuid:key>/edit/", pages.edit, name="edit"),
    path("<uuid:key>/remove/", pages.remove, name="remove"),
    path("<uuid:key>/records/", records.records, name="records"),
]
