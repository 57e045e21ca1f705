"""Scores of the yearly evaluation know from which day to which they stood, ballots when they were counted; what a township
proposes is kept beside the grade."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

import core.dates


def date_what_is_there(apps, schema_editor):
    """What was handed in stood by then at the latest; the rest since the evaluation began."""
    evaluations = apps.get_model("awards", "Evaluation")
    opened = apps.get_model("awards", "EvaluationScheme").objects.filter(pk=OuterRef("scheme"))
    given = Coalesce(F("handed_in_on"), Subquery(opened.values("opens")))
    evaluations.objects.filter(issued__isnull=False).update(counted_on=given)
    told = evaluations.objects.filter(pk=OuterRef("evaluation")).annotate(given=given)
    apps.get_model("awards", "EvaluationScore").objects.update(start=Subquery(told.values("given")))


def leave_the_latest(apps, schema_editor):
    """Without dates there is one score each."""
    apps.get_model("awards", "EvaluationScore").objects.filter(end__isnull=False).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('awards', '0005_safeguards_and_support'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='evaluationscore',
            options={'ordering': ['evaluation_id', 'item_id', 'start', 'pk'], 'verbose_name': '考核得分', 'verbose_name_plural': '考核得分'},
        ),
        migrations.RemoveConstraint(
            model_name='evaluationscore',
            name='evaluation_score_once',
        ),
        migrations.AddField(
            model_name='evaluation',
            name='counted_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='测评日期'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='proposed',
            field=models.CharField(blank=True, choices=[('excellent', '优秀'), ('competent', '称职'), ('basic', '基本称职'), ('unfit', '不称职')], max_length=10, verbose_name='乡镇建议等次'),
        ),
        migrations.AddField(
            model_name='evaluationscore',
            name='end',
            field=models.DateField(blank=True, null=True, verbose_name='改动前一天'),
        ),
        migrations.AddField(
            model_name='evaluationscore',
            name='start',
            field=models.DateField(null=True, verbose_name='评分日期'),
        ),
        migrations.RunPython(date_what_is_there, leave_the_latest),
        migrations.AlterField(
            model_name='evaluationscore',
            name='start',
            field=models.DateField(validators=[core.dates.within_reach], verbose_name='评分日期'),
        ),
        migrations.AddConstraint(
            model_name='evaluationscore',
            constraint=models.CheckConstraint(condition=models.Q(('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='evaluation_score_end_not_before_start', violation_error_message='结束日期早于开始日期，请核对两个日期。'),
        ),
        migrations.AddConstraint(
            model_name='evaluationscore',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('evaluation'), models.F('evaluation'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('item'), models.F('item'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('start'), models.F('end'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='evaluation_score_once', violation_error_message='这个对象的这项指标这段时间已有得分。'),
        ),
    ]
