from django.urls import path

from baton.records.duplicates import views

app_name = "duplicates"
mounted_at = "duplicates/"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("sure/", views.merge_sure, name="sure"),
    path("<uuid:key>/", views.pair, name="pair"),
    path("<uuid:key>/merge/", views.merge, name="merge"),
    path("<uuid:key>/dismiss/", views.dismiss, name="dismiss"),
]
