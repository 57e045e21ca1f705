"""Wishes for training get the day on which they were stated: what a class's evaluation said on its last day, others of a
year on its first."""

import django.utils.timezone
from django.db import migrations, models

FILL = """
UPDATE training_trainingwish AS wish SET stated_on = COALESCE(
    (SELECT held."end" FROM training_trainingsession AS held WHERE held.id = wish.session_id), make_date(wish.year, 1, 1)
)
"""
FIELD = {"help_text": "哪一天提出的；不填按数据时点记。", "verbose_name": "提出日期"}


class Migration(migrations.Migration):
    dependencies = [("training", "0004_evidence")]
    operations = [
        migrations.AddField("trainingwish", "stated_on", models.DateField(null=True, **FIELD)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("trainingwish", "stated_on", models.DateField(default=django.utils.timezone.localdate, **FIELD)),
    ]
