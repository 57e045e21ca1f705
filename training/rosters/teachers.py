"""师资和课程表: who teaches, and what."""

from rosters.cleaning import choice, line, number
from rosters.spec import Column, Roster, register
from training import roster_export
from training.models import Teacher
from training.roster_apply import teachers

KIND_WORDS = {
    **dict.fromkeys(("党校（院校）教师", "党校(院校)教师", "党校教师", "院校教师", "高校教师", "教师", "党校"), "school"),
    **dict.fromkeys(("领导干部", "领导", "县领导", "部门领导"), "leader"),
    **dict.fromkeys(("专家技术人员", "专家", "技术人员", "农技人员"), "expert"),
    **dict.fromkeys(("先进典型、乡土人才", "先进典型", "乡土人才", "土专家", "致富带头人"), "local"),
}  # fmt: skip
COLUMNS = (
    Column("teacher_name", "授课人", line, ("授课人", "授课教师", "教师姓名", "讲师姓名", "主讲人", "师资姓名")),
    Column("teacher_kind", "师资类别", choice("teacher_kind", KIND_WORDS, "unknown_teacher_kind", "、".join(Teacher.Kind.labels)), ("师资类别", "教师类别", "授课人类别")),
    Column("teacher_unit", "授课人单位", line, ("授课人单位", "教师单位", "讲师单位", "授课人工作单位"), unsure=("单位",)),
    Column("teacher_position", "职务职称", line, ("职务职称", "职称职务", "授课人职务", "教师职称")),
    Column("teacher_specialty", "授课方向", line, ("授课方向", "研究方向", "授课专长", "擅长领域")),
    Column("course_name", "课程名称", line, ("课程名称", "授课题目", "课程题目", "授课课程"), unsure=("课程",)),
    Column("course_topic", "课程主题", line, ("课程主题", "课程类别", "课程方向")),
    Column("course_hours", "课程学时", number("学时"), ("课程学时", "授课学时"), unsure=("学时",)),
)  # fmt: skip

TEACHERS = register(
    Roster(
        slug="teachers",
        page="培训",
        title="师资和课程表",
        of_county=True,
        purpose="登记师资库：谁能讲、是哪类师资、讲哪几门课，新建班次时从里面选。",
        matching="按“姓名＋单位”找授课人，单位不填的找唯一的同名人；再按课程名称找他的课。一人几门课的一门一行；还没有定授课人的课程，授课人写“未定”。师资由县委组织部管，乡镇只能看。",
        columns=COLUMNS,
        required=("teacher_name",),
        has_place=False,
        duplicate_field="teacher_name",
        identities=teachers.identities,
        compare=teachers.compare,
        apply=teachers.write,
        export=roster_export.teachers,
        choices=roster_export.teacher_choices,
        export_permission="training.view_teacher",
        leading=("teacher_name", "teacher_unit", "course_name", "course_hours", "teacher_kind"),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一门课一行，授课人各栏每行照填；还没有课程的只填授课人；没有定授课人的写“未定”；类别不填按党校（院校）教师记。",
    )
)
