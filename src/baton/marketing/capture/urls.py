from django.urls import path

from baton.marketing.capture.views import blocks, consent, forms, lists, pages, public, sending

app_name = "capture"
mounted_at = ""  # the public space is /p/, the staff's /pages/ and /forms/
urlpatterns = [
    path("p/consent/", consent.consent, name="consent"),
    path("p/hit/", consent.hit, name="hit"),
    path("p/<slug:slug>/", public.page, name="public-page"),
    path("p/<slug:slug>/send/", sending.send, name="send"),
    path("p/<slug:slug>/thanks/", public.thanks, name="thanks"),
    path("pages/", lists.pages, name="pages"),
    path("pages/new/", pages.new, name="new-page"),
    path("pages/visits/<uuid:key>/", lists.visit, name="visit"),
    path("pages/<uuid:key>/", pages.page, name="page"),
    path("pages/<uuid:key>/settings/", pages.settings, name="page-settings"),
    path("pages/<uuid:key>/publish/", pages.publish, name="publish"),
    path("pages/<uuid:key>/delete/", pages.delete, name="delete-page"),
    path("pages/<uuid:key>/preview/", pages.preview, name="preview"),
    path("pages/<uuid:key>/visits/", lists.page_visits, name="page-visits"),
    path("pages/<uuid:key>/submissions/", lists.page_submissions, name="page-submissions"),
    path("pages/<uuid:key>/blocks/", blocks.add, name="add-block"),
    path("pages/<uuid:key>/blocks/<slug:block_id>/", blocks.write, name="write-block"),
    path("pages/<uuid:key>/blocks/<slug:block_id>/move/", blocks.move, name="move-block"),
    path("pages/<uuid:key>/blocks/<slug:block_id>/remove/", blocks.remove, name="remove-block"),
    path("forms/", lists.forms, name="forms"),
    path("forms/new/", forms.new, name="new-form"),
    path("forms/<uuid:key>/", forms.form, name="form"),
    path("forms/<uuid:key>/settings/", forms.settings, name="form-settings"),
    path("forms/<uuid:key>/delete/", forms.delete, name="delete-form"),
    path("forms/<uuid:key>/submissions/", lists.submissions, name="submissions"),
    path("forms/<uuid:key>/fields/", forms.add_field, name="add-field"),
    path("forms/<uuid:key>/fields/<slug:code>/", forms.write_field, name="write-field"),
    path("forms/<uuid:key>/fields/<slug:code>/move/", forms.move_field, name="move-field"),
    path("forms/<uuid:key>/fields/<slug:code>/remove/", forms.remove_field, name="remove-field"),
]
