"""培训课程评价汇总表: how many trainees of a class gave each course which mark."""

from rosters.cleaning import line, number
from rosters.spec import Column, Roster, register
from training import roster_export
from training.roster_apply import course_marks
from training.roster_targets import MARKS
from training.rosters.trainees import class_name

WORDS = (
    ("five", "5", "非常满意"),
    ("four", "4", "满意"),
    ("three", "3", "一般"),
    ("two", "2", "不满意"),
    ("one", "1", "很不满意"),
)
COLUMNS = (
    Column("marked_course", "评价课程", line, ("评价课程", "被评课程", "评价的课程", "课程评价"), unsure=("课程", "课程名称")),
    Column("marked_teacher", "授课人", line, ("授课人", "授课教师", "教师姓名", "讲师姓名", "主讲人")),
    *(
        Column(f"mark_{name}", f"{digit} 分（人）", number("人"), (f"{digit}分人", f"{digit}分", f"{digit}分人数", f"打{digit}分的人数", word, f"{word}人数"))
        for name, digit, word in WORDS
    ),
)  # fmt: skip

COURSE_MARKS = register(
    Roster(
        slug="course_marks",
        page="培训",
        title="培训课程评价汇总表",
        purpose="登记一期培训班的学员给每门课打了几分：只记人数，不记名。",
        matching=(
            "先选班次；再按课程名称（同名的还按授课人）找这一期的课程，一门课一条。由办班的单位登记，乡镇只能看。"
        ),
        columns=COLUMNS,
        required=("marked_course",),
        has_place=False,
        duplicate_field="marked_course",
        identities=course_marks.identities,
        context=class_name,
        target=MARKS,
        compare=course_marks.compare,
        apply=course_marks.write,
        export=roster_export.course_marks,
        choices=roster_export.course_mark_choices,
        export_permission="training.view_coursefeedback",
        leading=tuple(column.field for column in COLUMNS),
        standard=tuple(column.field for column in COLUMNS),
        template_note="填表说明：一门课一行，填打 5 分到 1 分的各有几人，没有人打的填 0 或不填；课程须是这一期班次里选了的。",
    )
)
