"""What the cadre appointment form (干部任免审批表) of a person holds beside the ledger: its own texts, family, photograph.

Order and names of the fields: the form of 珠组通〔2003〕81号 as the open readers of .lrmx agree on it."""

from django.db import models
from django.db.models import Q

from core.fields import EncryptedBinaryField, EncryptedTextField
from core.scope import ScopedQuerySet

FAMILY_LINES = 10  # what the printed form has room for


def line(label, length=100, **options):
    """One line of the form; left empty it is taken from the ledger when the form is printed."""
    return models.CharField(label, max_length=length, blank=True, **options)


def block(label):
    return models.TextField(label, blank=True, max_length=8000)


class ApprovalForm(models.Model):
    """The form of one person. An empty field is filled from the ledger; dates are as .lrmx has them, yyyyMM or words."""

    person = models.OneToOneField("talent.Person", models.CASCADE, verbose_name="人员", related_name="approval_form")
    name = line("姓名", 50)
    sex = line("性别", 10)
    born = line("出生年月", 20)
    ethnicity = line("民族", 20)
    native_place = line("籍贯")
    birth_place = line("出生地")
    party_joined = line("入党时间", 50)
    work_started = line("参加工作时间", 50)
    health = line("健康状况", 50)
    technical_post = line("专业技术职务")
    expertise = line("熟悉专业有何专长", 200)
    full_time_level = line("全日制教育学历", 50)
    full_time_degree = line("全日制教育学位", 50)
    full_time_school = line("全日制学历毕业院校系及专业", 200)
    full_time_degree_school = line("全日制学位毕业院校系及专业", 200)
    on_job_level = line("在职教育学历", 50)
    on_job_degree = line("在职教育学位", 50)
    on_job_school = line("在职学历毕业院校系及专业", 200)
    on_job_degree_school = line("在职学位毕业院校系及专业", 200)
    current_post = line("现任职务", 500)
    proposed_post = line("拟任职务", 500)
    removed_post = line("拟免职务", 500)
    resume = block("简历")
    honours = block("奖惩情况")
    appraisals = block("年度考核结果")
    reason = block("任免理由")
    reporting_unit = line("呈报单位")
    age_on = line("计算年龄时间", 20)
    filled_on = line("填表时间", 20)
    filled_by = line("填表人", 50)
    # Only where a form came in for somebody whose number the ledger does not know.
    id_number = EncryptedTextField("身份证号", null=True, blank=True, editable=False)
    photo = EncryptedBinaryField("照片", null=True, editable=False)
    # Further elements of the file it came from, {tag: text}: they go out again as they came.
    others = models.JSONField("其他项", default=dict, blank=True, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = ScopedQuerySet.as_manager()
    scope_path = "person__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "任免审批表"
        ordering = ["person_id"]

    def __str__(self):
        return f"{self.person}的任免审批表"


class FamilyMember(models.Model):
    """A line of 家庭主要成员及重要社会关系, as it stands on the form."""

    form = models.ForeignKey(
        ApprovalForm, models.CASCADE, verbose_name="任免审批表", related_name="family", db_index=False
    )
    position = models.PositiveSmallIntegerField("次序")
    title = line("称谓", 20)
    name = line("姓名", 50)
    born = line("出生年月", 20)
    political_status = line("政治面貌", 50)
    post = line("工作单位及职务", 200)

    objects = ScopedQuerySet.as_manager()
    scope_path = "form__person__village_id"

    class Meta:
        verbose_name = verbose_name_plural = "家庭主要成员"
        ordering = ["form_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "position"], name="family_line_once", violation_error_message="这一行已经有人了。"
            ),
            models.CheckConstraint(
                condition=~(Q(title="") & Q(name="")), name="family_line_says_who",
                violation_error_message="家庭成员请填写称谓或者姓名。",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.title}{self.name}"
