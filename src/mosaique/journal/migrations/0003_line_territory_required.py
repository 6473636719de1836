import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the filling: PostgreSQL does not alter a table whose rows were changed in the same transaction."""

    dependencies = [("journal", "0002_line_territory")]

    operations = [
        migrations.AlterField(
            "line",
            "territory",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="territory.territory",
                db_index=False,
            ),
        ),
        migrations.AddIndex("line", models.Index(fields=["territory", "-id"], name="line_territory_id")),
    ]
