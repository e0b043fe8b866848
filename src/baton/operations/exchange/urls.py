from django.urls import path

from baton.operations.exchange.views import exports

app_name = "exchange"
mounted_at = ""
urlpatterns = [
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new_export, name="new-export"),
    path("exports/everything/", exports.new_everything, name="everything"),
    path("exports/<uuid:key>/", exports.export, name="export"),
    path("exports/<uuid:key>/cancel/", exports.cancel, name="cancel-export"),
    path("exports/<uuid:key>/file/", exports.download, name="download-export"),
]
