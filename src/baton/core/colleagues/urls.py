from django.urls import path

from baton.core.colleagues import views

app_name = "colleagues"
urlpatterns = [
    path("<slug:kind>/<uuid:key>/follow/", views.follow, name="follow"),
    path("<slug:kind>/<uuid:key>/pin/", views.pin, name="pin"),
    path("<slug:kind>/<uuid:key>/share/", views.share, name="share"),
    path("<slug:kind>/<uuid:key>/unshare/", views.unshare, name="unshare"),
]
