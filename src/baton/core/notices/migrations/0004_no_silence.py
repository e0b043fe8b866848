from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_silences_kept")]

    operations = [migrations.DeleteModel(name="Silence")]
