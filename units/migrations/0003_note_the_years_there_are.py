from collections import Counter
from typing import Any

from django.db import migrations

FEWEST_HOLIDAYS = 6
"""A year with fewer days was begun by hand; the days of the law are still to be entered."""


def note_years(apps: Any, schema_editor: Any) -> None:
    days = apps.get_model("units", "CalendarDay").objects.values_list("day", flat=True)
    year = apps.get_model("units", "CalendarYear")
    found = Counter(day.year for day in days)
    year.objects.bulk_create(year(year=n) for n, count in found.items() if count >= FEWEST_HOLIDAYS)


class Migration(migrations.Migration):
    dependencies = [("units", "0002_admin_of_superusers_and_loaded_years")]

    operations = [migrations.RunPython(note_years, migrations.RunPython.noop, elidable=True)]
