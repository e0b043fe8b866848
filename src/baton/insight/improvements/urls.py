from django.urls import path

from baton.insight.improvements.views import pages

app_name = "improvements"
mounted_at = "insight/improvements/"
urlpatterns = [
    path("", pages.improvements, name="improvements"),
    path("new/", pages.new, name="new"),
    path("<uuid:key>/", pages.improvement, name="improvement"),
    path("<uuid:key>/edit/", pages.edit, name="edit"),
    path("<uuid:key>/remove/", pages.remove, name="remove"),
]
