from django.db import migrations, models


class Migration(migrations.Migration):
    """The news of a territory, latest first, are read along an index."""

    dependencies = [("journal", "0003_line_territory_required"), ("territory", "0001_initial")]

    operations = [
        migrations.AddIndex("line", models.Index(fields=["territory", "-at"], name="line_territory_at"))
    ]
