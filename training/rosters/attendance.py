"""培训班到课登记表: who was there on which half-day."""

from rosters.cleaning import choice, date
from rosters.spec import Column, Roster, register
from talent.rosters import persons
from training import roster_export
from training.roster_apply import attendance
from training.roster_targets import SESSION
from training.rosters.trainees import JOB_TITLE, class_name
from villages.rosters import TOWNSHIP, VILLAGE

WHOLE_DAY = "day"  # of a row only: it stands for the two half-days

ATTENDED_ON = Column(
    "attended_on", "到课日期", date, ("到课日期", "签到日期", "上课日期", "课程日期", "考勤日期", "签到时间"), unsure=("日期",)
)  # fmt: skip
HALF = Column(
    "half", "时段",
    choice(
        "half",
        {
            **dict.fromkeys(("上午", "早上", "AM"), "am"), **dict.fromkeys(("下午", "PM"), "pm"),
            **dict.fromkeys(("全天", "一天", "上下午", "整天"), WHOLE_DAY),
        },
        "unknown_half", "上午、下午或全天",
    ),
    ("时段", "半天", "上下午", "上午下午", "签到时段", "课程时段"),
)  # fmt: skip
STATE = Column(
    "attendance_state", "到课情况",
    choice(
        "attendance_state",
        {
            **dict.fromkeys(("到课", "到", "已到", "出勤", "签到", "已签到", "√", "是", "全勤"), "present"),
            **dict.fromkeys(("请假", "假", "事假", "病假", "公假"), "leave"),
            **dict.fromkeys(("缺课", "缺", "未到", "缺勤", "旷课", "未签到", "×", "否"), "absent"),
        },
        "unknown_attendance_state", "到课、请假或缺课",
    ),
    ("到课情况", "到课", "签到情况", "出勤情况", "考勤情况", "考勤", "出勤", "是否到课"),
)  # fmt: skip

ATTENDANCE = register(
    Roster(
        slug="attendance",
        page="培训",
        title="培训班到课登记表",
        purpose="登记一期培训班每个半天谁到了课，到课率和结业证书由它而来。",
        matching="先选班次；有身份证号的按身份证号找人，没有的按“村＋姓名”找本村唯一的同名人；这个人须已在所选班次的名单里，每人每个半天一条。",
        columns=(
            TOWNSHIP, VILLAGE, persons.NAME, persons.ID_NUMBER, JOB_TITLE, ATTENDED_ON, HALF, STATE,
        ),
        required=("name", "attended_on"),
        identities=attendance.identities,
        context=class_name,
        target=SESSION,
        compare=attendance.compare,
        apply=attendance.write,
        export=roster_export.attendance,
        choices=roster_export.attendance_choices,
        export_permission="talent.reveal_person",
        leading=("township", "village", "name", "id_number", "attended_on", "half", "attendance_state"),
        standard=("township", "village", "name", "id_number", "job_title", "attended_on", "half", "attendance_state"),
        template_note="填表说明：一人一个时段一行；上下午都到的时段填“全天”；到课情况不填按“到课”记；身份证号按文本填写。",
    )
)  # fmt: skip
