from typing import Any

from django.db import migrations


def note_what_counts(apps: Any, schema_editor: Any) -> None:
    """Every paper's history begins with what is known of it; what was before was never kept."""
    directive, change = (
        apps.get_model("directives", "Directive"),
        apps.get_model("directives", "StatusChange"),
    )
    change.objects.bulk_create(
        change(
            directive=row,
            status=row.status,
            since=row.status_since,
            by=row.status_by,
            noted_by=row.created_by,
            noted_at=row.created_at,
        )
        for row in directive.objects.filter(status_changes=None)
    )


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_history_of_statuses")]

    operations = [migrations.RunPython(note_what_counts, migrations.RunPython.noop, elidable=True)]
