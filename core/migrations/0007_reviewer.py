from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_parameters"),
        ("villages", "0002_division_names"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="user",
            name="user_role_known",
        ),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("county_staff", "县委组织部工作人员"),
                    ("township_clerk", "乡镇组织员"),
                    ("leader", "分管领导"),
                    ("reviewer", "联审部门"),
                    ("auditor", "安全审计员"),
                    ("system_admin", "系统管理员"),
                    ("api_client", "接口账号"),
                ],
                max_length=30,
                verbose_name="角色",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "county_staff",
                            "township_clerk",
                            "leader",
                            "reviewer",
                            "auditor",
                            "system_admin",
                            "api_client",
                        ],
                    )
                ),
                name="user_role_known",
                violation_error_message="没有这个角色。",
            ),
        ),
    ]
