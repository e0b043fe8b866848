from django.urls import path

from baton.qualification.scoring import views

app_name = "scoring"
mounted_at = "score/"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("new/", views.edit, name="new"),
    path("foresight/", views.foresight, name="foresight"),
    path("foresight/learn/", views.ask, name="learn"),
    path("foresight/stop/", views.stop, name="stop"),
    path("foresight/<uuid:key>/", views.foresight, name="version"),
    path("foresight/<uuid:key>/use/", views.use, name="use"),
    path("models/new/", views.edit_model, name="new-model"),
    path("models/<uuid:key>/", views.model, name="model"),
    path("models/<uuid:key>/edit/", views.edit_model, name="edit-model"),
    path("models/<uuid:key>/draft/", views.draft, name="draft"),
    path("models/<uuid:key>/use/", views.use_model, name="use-model"),
    path("models/<uuid:key>/stop/", views.stop_use, name="stop-model"),
    path("models/<uuid:key>/rule/", views.new_rule, name="new-rule"),
    path("models/<uuid:key>/try/", views.try_model, name="try-model"),
    path("trials/<uuid:key>/", views.trial, name="trial"),
    path("trials/<uuid:key>/people/", views.trial_people, name="trial-people"),
    path("trials/<uuid:key>/stop/", views.stop_trying, name="stop-trial"),
    path("people/<uuid:key>/", views.person_past, name="person-past"),
    path("companies/<uuid:key>/", views.company_past, name="company-past"),
    path("deals/<uuid:key>/", views.deal_past, name="deal-past"),
    path("<uuid:key>/", views.edit, name="edit"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]
