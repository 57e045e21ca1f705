import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talent", "0004_one_index_each"),
        ("villages", "0002_division_names"),
        ("core", "0007_reviewer"),
    ]

    operations = [
        migrations.CreateModel(
            name="ElectionRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="例如：2026 年村“两委”换届", max_length=50, verbose_name="轮次")),
                ("election_day", models.DateField(help_text="各村另有选举日的，在村里改。", verbose_name="选举日")),
                ("start", models.DateField(verbose_name="启动日期")),
                ("end", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("document_no", models.CharField(blank=True, max_length=50, verbose_name="方案文号")),
                ("remarks", models.TextField(blank=True, verbose_name="备注")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="villages.division",
                        to_field="code",
                        verbose_name="县",
                    ),
                ),
                (
                    "incoming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_in",
                        to="villages.term",
                        verbose_name="新一届",
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds_out",
                        to="villages.term",
                        verbose_name="本届",
                    ),
                ),
            ],
            options={
                "verbose_name": "换届轮次",
                "verbose_name_plural": "换届轮次",
                "ordering": ["division_id", "-start", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("party_secretary", "党组织书记"),
                            ("party_deputy_secretary", "党组织副书记"),
                            ("party_committee_member", "党组织委员"),
                            ("village_director", "村（居）委会主任"),
                            ("village_deputy_director", "村（居）委会副主任"),
                            ("village_committee_member", "村（居）委会委员"),
                            ("supervision_director", "监委会主任"),
                            ("supervision_member", "监委会委员"),
                        ],
                        max_length=30,
                        verbose_name="拟任职务",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("incumbent", "现任连任"),
                            ("reserve", "后备干部"),
                            ("prosperous", "致富带头人"),
                            ("returning", "返乡人员"),
                            ("veteran", "退役军人"),
                            ("graduate", "高校毕业生"),
                            ("cooperative", "合作社负责人"),
                            ("official", "机关下派"),
                            ("villager", "其他村民"),
                        ],
                        max_length=12,
                        verbose_name="人员来源",
                    ),
                ),
                (
                    "nominated_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("villagers", "村民提名"),
                            ("members", "党员推荐"),
                            ("organization", "组织推荐"),
                            ("self", "个人自荐"),
                        ],
                        max_length=12,
                        verbose_name="提名方式",
                    ),
                ),
                ("nominated_on", models.DateField(verbose_name="提名日期")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("nominated", "提名"),
                            ("shortlisted", "初步人选"),
                            ("formal", "正式候选人"),
                            ("elected", "当选"),
                            ("not_elected", "落选"),
                            ("disqualified", "取消资格"),
                        ],
                        default="nominated",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("blocked_reason", models.TextField(blank=True, editable=False, verbose_name="联审否决原因")),
                ("out_reason", models.CharField(blank=True, max_length=200, verbose_name="取消资格原因")),
                ("votes", models.PositiveIntegerField(blank=True, null=True, verbose_name="得票")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="选举日期")),
                ("remarks", models.TextField(blank=True, verbose_name="备注")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="talent.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="villages.village",
                        to_field="code",
                        verbose_name="村",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="talent.electionround",
                        verbose_name="换届轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "候选人",
                "verbose_name_plural": "候选人",
                "ordering": ["round_id", "village_id", "post", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ElectionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "offset",
                    models.SmallIntegerField(
                        help_text="选举日前填负数，例如 -15；选举日填 0。", verbose_name="距选举日（天）"
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="事项")),
                ("due", models.CharField(blank=True, max_length=100, verbose_name="要求")),
                (
                    "per",
                    models.CharField(
                        choices=[("village", "各村"), ("county", "全县")],
                        default="village",
                        max_length=10,
                        verbose_name="由谁办",
                    ),
                ),
                (
                    "done_on",
                    models.DateField(
                        blank=True, help_text="只用于全县办的事项；各村的逐村登记。", null=True, verbose_name="完成日期"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="talent.electionround",
                        verbose_name="换届轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "换届步骤",
                "verbose_name_plural": "换届步骤",
                "ordering": ["round_id", "offset", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ElectionVillage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("election_day", models.DateField(verbose_name="选举日")),
                ("remarks", models.TextField(blank=True, verbose_name="备注")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="talent.electionround",
                        verbose_name="换届轮次",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="elections",
                        to="villages.village",
                        to_field="code",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "换届村",
                "verbose_name_plural": "换届村",
                "ordering": ["round_id", "village_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ElectionStepDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_on", models.DateField(verbose_name="完成日期")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="talent.electionstep",
                        verbose_name="步骤",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="talent.electionvillage",
                        verbose_name="换届村",
                    ),
                ),
            ],
            options={
                "verbose_name": "换届步骤完成情况",
                "verbose_name_plural": "换届步骤完成情况",
                "ordering": ["place_id", "step_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ElectionBallot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "committee",
                    models.CharField(
                        choices=[
                            ("party", "村党组织"),
                            ("villagers", "村（居）民委员会"),
                            ("supervision", "村务监督委员会"),
                        ],
                        max_length=12,
                        verbose_name="选举",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="选举日期")),
                ("issued", models.PositiveIntegerField(verbose_name="发出选票")),
                ("returned", models.PositiveIntegerField(verbose_name="收回选票")),
                ("valid", models.PositiveIntegerField(verbose_name="有效票")),
                ("document_no", models.CharField(blank=True, max_length=50, verbose_name="批复（备案）文号")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="talent.electionvillage",
                        verbose_name="换届村",
                    ),
                ),
            ],
            options={
                "verbose_name": "选举结果",
                "verbose_name_plural": "选举结果",
                "ordering": ["place_id", "committee", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HandoverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="交接事项")),
                ("handed_on", models.DateField(blank=True, null=True, verbose_name="交接日期")),
                ("giver", models.CharField(blank=True, max_length=50, verbose_name="移交人")),
                ("receiver", models.CharField(blank=True, max_length=50, verbose_name="接收人")),
                ("remarks", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover",
                        to="talent.electionvillage",
                        verbose_name="换届村",
                    ),
                ),
            ],
            options={
                "verbose_name": "工作交接",
                "verbose_name_plural": "工作交接",
                "ordering": ["place_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JointReviewDepartment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="联审部门")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_departments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报账号",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="departments",
                        to="talent.electionround",
                        verbose_name="换届轮次",
                    ),
                ),
            ],
            options={
                "verbose_name": "联审部门",
                "verbose_name_plural": "联审部门",
                "ordering": ["round_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JointReviewItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=40, verbose_name="联审事项")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="talent.jointreviewdepartment",
                        verbose_name="联审部门",
                    ),
                ),
            ],
            options={
                "verbose_name": "联审事项",
                "verbose_name_plural": "联审事项",
                "ordering": ["department_id", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JointReviewMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        choices=[("clear", "无"), ("found", "有"), ("unknown", "不掌握")],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="具体情况")),
                ("document_no", models.CharField(blank=True, max_length=50, verbose_name="文号")),
                ("decided_on", models.DateField(verbose_name="出具日期")),
                ("reviewer", models.CharField(blank=True, max_length=50, verbose_name="审核人")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="talent.jointreviewitem",
                        verbose_name="联审事项",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_marks",
                        to="talent.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_marks",
                        to="villages.village",
                        to_field="code",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "联审结论",
                "verbose_name_plural": "联审结论",
                "ordering": ["village_id", "person_id", "item_id", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__isnull", True), ("end__gte", models.F("start")), _connector="OR"),
                name="election_round_end_not_before_start",
                violation_error_message="结束日期早于开始日期，请核对两个日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.UniqueConstraint(
                fields=("division", "name"),
                name="election_round_once",
                violation_error_message="这个换届轮次已经有了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.UniqueConstraint(
                fields=("division", "incoming"),
                name="election_round_term_once",
                violation_error_message="这一届已有换届轮次，一届只办一次换届。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionround",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outgoing__isnull", True),
                    models.Q(("outgoing", models.F("incoming")), _negated=True),
                    _connector="OR",
                ),
                name="election_round_two_terms",
                violation_error_message="本届和新一届不能是同一届。",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["village", "round", "post"], name="candidate_village_round"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                fields=("round", "person", "village", "post"),
                name="candidate_once",
                violation_error_message="此人已是这个村这一职务的候选人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "post__in",
                        [
                            "party_secretary",
                            "party_deputy_secretary",
                            "party_committee_member",
                            "village_director",
                            "village_deputy_director",
                            "village_committee_member",
                            "supervision_director",
                            "supervision_member",
                        ],
                    )
                ),
                name="candidate_post_elected",
                violation_error_message="这个职务不由换届选举产生，请另选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("blocked_reason", ""),
                    models.Q(("status__in", ["formal", "elected"]), _negated=True),
                    _connector="OR",
                ),
                name="candidate_not_blocked",
                violation_error_message="县级联审有“有”的结论，不能作为正式候选人，也不能当选。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "disqualified"), _negated=True),
                    models.Q(("out_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="candidate_out_reason",
                violation_error_message="取消资格请写明原因。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", False), ("status__in", ["elected", "not_elected"])),
                    models.Q(
                        models.Q(("status__in", ["elected", "not_elected"]), _negated=True),
                        ("decided_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="candidate_decided_with_day",
                violation_error_message="当选、落选的要有选举日期，其他状态没有选举日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionstep",
            constraint=models.UniqueConstraint(
                fields=("round", "title"),
                name="election_step_once",
                violation_error_message="这一步在这个轮次里已经有了。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("offset__range", (-400, 400))),
                name="election_step_near",
                violation_error_message="距选举日的天数请填 -400 到 400 之间的整数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", True), ("per", "county"), _connector="OR"),
                name="election_step_done_of_county",
                violation_error_message="各村办的事项请逐村登记完成日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionvillage",
            constraint=models.UniqueConstraint(
                fields=("round", "village"),
                name="election_village_once",
                violation_error_message="这个村已在这一轮换届中。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionstepdone",
            constraint=models.UniqueConstraint(
                fields=("step", "place"),
                name="election_step_done_once",
                violation_error_message="这个村这一步已登记完成。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionballot",
            constraint=models.UniqueConstraint(
                fields=("place", "committee"),
                name="election_ballot_once",
                violation_error_message="这个村的这项选举结果已经登记。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("committee__in", ["party", "villagers", "supervision"])),
                name="election_ballot_committee",
                violation_error_message="没有这项选举，请选党组织、村（居）委会或监委会。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("returned__lte", models.F("issued"))),
                name="election_ballot_returned",
                violation_error_message="收回选票多于发出选票，请核对。",
            ),
        ),
        migrations.AddConstraint(
            model_name="electionballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__lte", models.F("returned"))),
                name="election_ballot_valid",
                violation_error_message="有效票多于收回选票，请核对。",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                fields=("place", "name"), name="handover_item_once", violation_error_message="这一项已在交接清单里。"
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_on__isnull", True),
                    models.Q(models.Q(("giver", ""), _negated=True), models.Q(("receiver", ""), _negated=True)),
                    _connector="OR",
                ),
                name="handover_signed",
                violation_error_message="填了交接日期，请一并填写移交人和接收人。",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreviewdepartment",
            constraint=models.UniqueConstraint(
                fields=("round", "name"),
                name="review_department_once",
                violation_error_message="这个部门已在这一轮联审中。",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreviewitem",
            constraint=models.UniqueConstraint(
                fields=("department", "title"),
                name="review_item_once",
                violation_error_message="这个部门已有这一事项。",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreviewmark",
            constraint=models.UniqueConstraint(
                fields=("item", "person"), name="review_mark_once", violation_error_message="此人这一事项已有结论。"
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreviewmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "found"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_found_reason",
                violation_error_message="结论为“有”的，请写明具体情况。",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointreviewmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["clear", "found", "unknown"])),
                name="review_mark_result",
                violation_error_message="结论请填 无、有 或 不掌握。",
            ),
        ),
    ]
