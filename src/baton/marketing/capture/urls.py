from django.urls import path

from baton.marketing.capture.views import consent, public, sending

app_name = "capture"
mounted_at = ""  # the public space is /p/, the staff's /pages/ and /forms/
urlpatterns = [
    path("p/consent/", consent.consent, name="consent"),
    path("p/hit/", consent.hit, name="hit"),
    path("p/<slug:slug>/", public.page, name="public-page"),
    path("p/<slug:slug>/send/", sending.send, name="send"),
    path("p/<slug:slug>/thanks/", public.thanks, name="thanks"),
]
