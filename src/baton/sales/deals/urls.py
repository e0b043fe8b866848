from django.urls import path

from baton.sales.deals.views import (
    closing,
    fields,
    gates,
    listing,
    moving,
    opening,
    orders,
    pipelines,
    record,
)

app_name = "deals"
urlpatterns = [
    path("", listing.deals, name="deals"),
    path("column/<uuid:key>/", listing.column, name="column"),
    path("new/", opening.new, name="new"),
    path("undo/<uuid:batch>/", moving.take_back, name="undo"),
    path("pipelines/", pipelines.pipelines_page, name="pipelines"),
    path("pipelines/<uuid:key>/", pipelines.rename, name="pipeline"),
    path("pipelines/<uuid:key>/delete/", pipelines.delete, name="delete-pipeline"),
    path("pipelines/<uuid:key>/stages/", pipelines.add_stage, name="add-stage"),
    path("stages/<uuid:key>/", pipelines.edit_stage, name="stage"),
    path("stages/<uuid:key>/gate/", gates.stage_gate, name="stage-gate"),
    path("stages/<uuid:key>/remove/", pipelines.remove_stage, name="remove-stage"),
    path("<uuid:key>/", record.deal, name="deal"),
    path("<uuid:key>/panel/", record.panel, name="panel"),
    path("<uuid:key>/move/", moving.move, name="move"),
    path("<uuid:key>/win/", closing.win, name="win"),
    path("<uuid:key>/lose/", closing.lose, name="lose"),
    path("<uuid:key>/reopen/", closing.reopen, name="reopen"),
    path("<uuid:key>/edit/<slug:name>/", record.field, name="field"),
    path("<uuid:key>/cell/<slug:name>/", fields.edit_cell, name="cell"),
    path("<uuid:key>/next-step/", record.next_step, name="next-step"),
    path("<uuid:key>/lines/", record.add_line, name="add-line"),
    path("<uuid:key>/lines/<uuid:line>/remove/", record.remove_line, name="remove-line"),
    path("of-purchase/<uuid:key>/", orders.link, name="link-order"),
    path("<uuid:key>/delete/", record.delete, name="delete"),
]
