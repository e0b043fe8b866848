from django.urls import path

from baton.operations.exchange.views import columns, exports, imports

app_name = "exchange"
mounted_at = ""
urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="new-import"),
    path("imports/<uuid:key>/", imports.one_import, name="import"),
    path("imports/<uuid:key>/columns/", columns.columns, name="columns"),
    path("imports/<uuid:key>/start/", imports.start, name="start-import"),
    path("imports/<uuid:key>/side/", imports.take_side, name="take-side"),
    path("imports/<uuid:key>/cancel/", imports.cancel, name="cancel-import"),
    path("imports/<uuid:key>/undo/", imports.take_back, name="undo-import"),
    path("imports/<uuid:key>/mend/", imports.to_mend, name="mend-import"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new_export, name="new-export"),
    path("exports/everything/", exports.new_everything, name="everything"),
    path("exports/<uuid:key>/", exports.export, name="export"),
    path("exports/<uuid:key>/cancel/", exports.cancel, name="cancel-export"),
    path("exports/<uuid:key>/file/", exports.download, name="download-export"),
]
