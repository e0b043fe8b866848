from django.urls import path

from baton.marketing.traffic import views

app_name = "traffic"
urlpatterns = [
    path("", views.traffic, name="traffic"),
    path("days/", views.days, name="days"),
    path("visits/", views.visits, name="visits"),
]
