import django.db.models.deletion
from django.db import migrations, models

# One statement in the database: the journal refuses updates from Python, and this changes no line's meaning.
FILL = """
UPDATE journal_line SET territory_id = (
    SELECT access_scope.territory_id FROM access_scope WHERE access_scope.id = journal_line.scope_id
)
"""


class Migration(migrations.Migration):
    """A line knows its territory itself: « what happened last there » is read from an index, however long the journal."""

    dependencies = [("journal", "0001_initial"), ("territory", "0001_initial"), ("access", "0001_initial")]

    operations = [
        migrations.AddField(
            "line",
            "territory",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="territory.territory",
                db_index=False,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
