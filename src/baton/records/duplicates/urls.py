from django.urls import path

from baton.records.duplicates import choosing, entering, views

app_name = "duplicates"
mounted_at = "duplicates/"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("sure/", views.merge_sure, name="sure"),
    path("new-person/", entering.like_person, name="like-person"),
    path("new-company/", entering.like_company, name="like-company"),
    path("with/person/<uuid:key>/", choosing.person_with, name="person-with"),
    path("with/company/<uuid:key>/", choosing.company_with, name="company-with"),
    path("<uuid:key>/", views.pair, name="pair"),
    path("<uuid:key>/merge/", views.merge, name="merge"),
    path("<uuid:key>/dismiss/", views.dismiss, name="dismiss"),
]
