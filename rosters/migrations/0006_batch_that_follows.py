import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rosters', '0005_settings'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='rosters.upload', verbose_name='所依据的批次'),
        ),
    ]
