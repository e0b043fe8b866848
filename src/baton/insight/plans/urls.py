from django.urls import path

from baton.insight.plans.views import pages, paper

app_name = "plans"
mounted_at = "insight/plans/"
urlpatterns = [
    path("", pages.plans, name="plans"),
    path("edit/", pages.edit, name="edit"),
    path("<uuid:key>/", pages.plan, name="plan"),
    path("<uuid:key>/part/<slug:counted>/", pages.part, name="part"),
    path("<uuid:key>/pdf/", paper.paper, name="paper"),
    path("<uuid:key>/sign/", pages.sign, name="sign"),
    path("<uuid:key>/discard/", pages.discard, name="discard"),
]
