"""Rosters of what is kept of villages beside their people: branches, meetings and resolutions, projects, activities."""

from django.utils import timezone

from core.periods import begun, dated_by, year_to_date
from rosters.cleaning import choice, date, free_text, line, name, number
from rosters.spec import Column, Roster, register
from villages.models import (
    ApprovedSeats,
    CulturalActivity,
    MeetingKind,
    MeetingRecord,
    PartyBranch,
    Resolution,
    Village,
    VillageProject,
)
from villages.roster_export import places
from villages.roster_records import Records, exported, of_village, without_blanks, write
from villages.rosters.villages import TOWNSHIP, VILLAGE

NO_BRANCH = (
    "party_branch",
    "unknown_branch",
    "这个村没有登记这个党支部，请核对名称，或先在“组织生活”里登记党支部；一村一个支部的可以不填",
)
NO_MEETING = (
    "meeting_topic",
    "unknown_meeting",
    "没有找到这次会议，请核对支部、会议类型、会议日期（写到日）和主题，或先登记会议",
)
NO_VILLAGE = ("village", "unknown_branch", "没有找到这个村")


def _words(choices, others):
    """The labels of `choices`, and other words that mean one of them."""
    return {label: value for value, label in choices.choices} | others


def _expected(choices):
    return "、".join(choices.labels)


def _branches(codes):
    """(village code, branch's name) → branch; the only branch of a village needs no name."""
    found = PartyBranch.objects.filter(village_id__in=codes).select_related("village__township").order_by("pk")
    named, only = {}, {}
    for branch in found:
        named[branch.village_id, without_blanks(branch.name)] = branch
        only.setdefault(branch.village_id, []).append(branch)
    return named | {(code, ""): rows[0] for code, rows in only.items() if len(rows) == 1}


def _villages(codes):
    return {(village.code,): village for village in Village.objects.filter(code__in=codes).select_related("township")}


def _meetings(codes):
    """(village code, branch's name, kind, date, topic) → meeting; the only branch of a village needs no name."""
    names = {}
    for called, branch in _branches(codes).items():
        names.setdefault(branch.pk, []).append(called)
    held = MeetingRecord.objects.filter(branch__in=names).order_by("pk").select_related("branch__village__township")
    return {
        (*called, meeting.kind, meeting.held_on.isoformat(), without_blanks(meeting.topic)): meeting
        for meeting in held
        for called in names[meeting.branch_id]
    }


def _vote_problems(row):
    if row.entitled < row.in_favour + row.against + row.abstained:
        yield "entitled", "record_unlikely", "赞成、反对、弃权合计超过有表决权的人数，请核对"
    if row.entitled > row.meeting.expected:
        yield "entitled", "record_unlikely", f"有表决权的人数超过应到人数 {row.meeting.expected} 人，请核对"


def _meeting_problems(row):
    if row.expected < 1 or row.expected != row.present + row.leave + row.absent:
        yield "expected", "record_unlikely", "应到人数应等于实到、请假、缺席之和（至少 1 人），请核对四个数"
    elif (row.leave or row.absent) and not row.absence_reason:
        yield "absence_reason", "record_unlikely", "有人请假或缺席，请填写请假缺席原因"
    if row.kind == MeetingKind.LECTURE and not (row.lecturer and row.lecture_title):
        yield "lecture_title", "record_unlikely", "党课请填写讲课人和党课题目"
    if row.held_on > timezone.localdate():
        yield "meeting_date", "record_unlikely", "日期还没有到，开过以后再登记"
    if row.held_on < row.branch.start or (row.branch.end and row.held_on > row.branch.end):
        yield "meeting_date", "record_unlikely", f"这一天没有这个支部（{row.branch.start:%Y-%m-%d} 成立），请核对日期"


def _project_problems(row):
    if row.amount_wan <= 0:
        yield "project_amount", "record_unlikely", "投入金额应大于 0"
    if row.end and (row.start is None or row.end < row.start):
        yield "project_end", "record_unlikely", "填了完工日期的，开工日期也要填，而且不晚于完工日期"


MEETING_WORDS = {
    "党员大会": "general", "支部大会": "general", "支部委员会": "committee", "支委会议": "committee", "支部委员会议": "committee",
    "小组会": "group", "党员活动日": "theme", "党日活动": "theme", "专题组织生活会": "life", "民主评议": "appraisal",
}  # fmt: skip
PROJECT_WORDS = {"道路": "road", "交通": "road", "水利": "water", "供水": "water", "饮水": "water", "通信": "communications", "电力": "communications", "公共服务设施": "service", "环境": "environment", "产业": "industry"}  # fmt: skip
SOURCE_WORDS = {"上级资金": "superior", "中央资金": "superior", "省级资金": "superior", "县级": "county", "乡镇": "township", "村自筹": "collective", "自筹": "collective", "帮扶": "assistance", "捐赠": "donation", "社会捐资": "donation"}  # fmt: skip
ACTIVITY_WORDS = {"演出": "show", "电影": "film", "体育": "sport", "民俗": "folk", "讲座": "reading"}  # fmt: skip
MEETINGS = Records(
    MeetingRecord, "branch",
    {"meeting_kind": "kind", "meeting_topic": "topic", "meeting_date": "held_on", "meeting_place": "place", "chair": "chair",
     "recorder": "recorder", "expected": "expected", "present": "present", "on_leave": "leave", "absent": "absent",
     "absence_reason": "absence_reason", "observers": "observers", "agenda": "agenda", "minutes": "content",
     "lecturer": "lecturer", "lecture_title": "lecture_title"},
    ("meeting_kind", "meeting_date", "meeting_topic"), ("chair", "expected", "present"),
    of_village(_branches, ("party_branch",), NO_BRANCH), _meeting_problems, ("party_branch",),
)  # fmt: skip
PROJECTS = Records(
    VillageProject, "village",
    {"project_name": "name", "project_kind": "kind", "fund_source": "source", "project_amount": "amount_wan",
     "invested_on": "invested_on", "project_start": "start", "project_end": "end", "project_remarks": "remarks"},
    ("project_name", "fund_source", "invested_on"), ("project_kind", "project_amount"), of_village(_villages, (), NO_VILLAGE),
    _project_problems,
)  # fmt: skip
CULTURE = Records(
    CulturalActivity, "village",
    {"activity_name": "name", "activity_kind": "kind", "activity_date": "held_on", "organiser": "organiser",
     "participants": "people", "activity_amount": "amount_wan"},
    ("activity_name", "activity_date"), ("activity_kind",), of_village(_villages, (), NO_VILLAGE), lambda row: (),
)  # fmt: skip
SEATS = Records(
    ApprovedSeats, "village",
    {"seats_since": "start", "party_seats": "party_seats", "committee_seats": "committee_seats", "seats_document": "document_no"},
    ("seats_since",), ("party_seats", "committee_seats"), of_village(_villages, (), NO_VILLAGE), lambda row: (),
)  # fmt: skip
OF_MEETING = ("party_branch", "meeting_kind", "meeting_date", "meeting_topic")
RESOLUTIONS = Records(
    Resolution, "meeting",
    {"resolution": "text", "entitled": "entitled", "in_favour": "in_favour", "against": "against", "abstained": "abstained"},
    ("resolution",), ("entitled", "in_favour"), of_village(_meetings, OF_MEETING, NO_MEETING), _vote_problems, OF_MEETING,
)  # fmt: skip


def _where(village):
    return {"township": village.township.name, "village": village.name}


def meetings(code, on):
    """The meetings of the year of `on` up to it, of the branches of the division `code`."""
    found = MeetingRecord.objects.below(code).filter(year_to_date(on, "held_on"))
    found = found.select_related("branch__village__township").order_by(
        "branch__village_id", "branch_id", "held_on", "pk"
    )
    return [
        {**_where(row.branch.village), "party_branch": row.branch.name, **exported(MEETINGS, row)} for row in found
    ]  # fmt: skip


def resolutions(code, on):
    """The resolutions of the meetings of the year of `on` up to it, of the branches of the division `code`."""
    found = Resolution.objects.below(code).filter(year_to_date(on, "meeting__held_on"))
    found = found.select_related("meeting__branch__village__township").order_by(
        "meeting__branch__village_id", "meeting__branch_id", "meeting__held_on", "meeting_id", "pk"
    )
    return [_about_meeting(row.meeting) | exported(RESOLUTIONS, row) for row in found]


def _about_meeting(meeting):
    told = exported(MEETINGS, meeting)
    found = {name: told[name] for name in OF_MEETING if name in told}
    return {**_where(meeting.branch.village), "party_branch": meeting.branch.name, **found}


def meeting_choices(code, on):
    branches = PartyBranch.objects.below(code).existing(on).order_by("village_id", "name")
    names = list(dict.fromkeys(branches.values_list("name", flat=True)))
    return places(code, on) | {"meeting_kind": MeetingKind.labels, "party_branch": names}


def projects(code, on):
    """The projects with money up to the day `on`, of the villages of the division `code`."""
    found = VillageProject.objects.below(code).filter(dated_by(on, "invested_on")).select_related("village__township")
    rows = found.order_by("village_id", "invested_on", "name", "pk")
    return [{**_where(row.village), **exported(PROJECTS, row)} for row in rows]


def project_choices(code, on):
    return places(code, on) | {
        "project_kind": VillageProject.Kind.labels,
        "fund_source": VillageProject.Source.labels,
    }


def culture(code, on):
    """The cultural activities of the year of `on` up to it, of the villages of the division `code`."""
    found = CulturalActivity.objects.below(code).filter(year_to_date(on, "held_on")).select_related("village__township")
    return [
        {**_where(row.village), **exported(CULTURE, row)}
        for row in found.order_by("village_id", "held_on", "name", "pk")
    ]


def seats(code, on):
    """What was approved last by the day `on`, of the villages of the division `code` that exist then."""
    existing = Village.objects.below(code).existing(on)
    found = ApprovedSeats.objects.filter(begun(on), village__in=existing.values("code"))
    rows = found.select_related("village__township").order_by("village_id", "-start").distinct("village_id")
    return [{**_where(row.village), **exported(SEATS, row)} for row in rows]


def culture_choices(code, on):
    return places(code, on) | {"activity_kind": CulturalActivity.Kind.labels}


def _register(slug, title, columns, records, required, export, choices, **more):
    return register(
        Roster(
            slug=slug, title=title, columns=(TOWNSHIP, VILLAGE, *columns), required=required, village_required=True,
            duplicate_field=records.key[0], identities=records.identities, compare=records.compare, apply=write,
            export=export, choices=choices, export_permission=f"villages.view_{records.model._meta.model_name}",
            standard=("township", "village", *(column.field for column in columns)), **more,
        )
    )  # fmt: skip


BRANCH = Column(
    "party_branch", "支部名称", line, ("支部名称", "所属支部", "党支部名称"), unsure=("党支部", "支部", "党组织名称")
)
MEETING_KIND = Column(
    "meeting_kind",
    "会议类型",
    choice("meeting_kind", _words(MeetingKind, MEETING_WORDS), "unknown_meeting_kind", _expected(MeetingKind)),
    ("会议类型", "会议类别", "组织生活类型", "组织生活类别"),
    unsure=("类型", "类别", "活动类型"),
)
MEETING_TOPIC = Column(
    "meeting_topic",
    "会议主题",
    line,
    ("会议主题", "会议名称", "会议议题", "组织生活主题"),
    unsure=("主题", "议题", "活动主题"),
)
MEETING_DATE = Column(
    "meeting_date",
    "会议日期",
    date,
    ("会议日期", "会议时间", "召开时间", "召开日期", "开会时间"),
    unsure=("日期", "活动时间"),
)
_register(
    "party_meetings", "党支部组织生活记录表",
    (
        BRANCH, MEETING_KIND, MEETING_TOPIC, MEETING_DATE,
        Column("meeting_place", "会议地点", line, ("会议地点", "召开地点"), unsure=("地点", "活动地点")),
        Column("chair", "主持人", name, ("主持人", "会议主持人", "主持人姓名")),
        Column("recorder", "记录人", name, ("记录人", "会议记录人", "记录员")),
        Column("expected", "应到人数", number("人"), ("应到人数", "应到党员", "应到党员数", "应参加人数"), unsure=("应到",)),
        Column("present", "实到人数", number("人"), ("实到人数", "实到党员", "实到党员数", "实参加人数"), unsure=("实到",)),
        Column("on_leave", "请假人数", number("人"), ("请假人数",), unsure=("请假",)),
        Column("absent", "缺席人数", number("人"), ("缺席人数", "无故缺席人数"), unsure=("缺席",)),
        Column("absence_reason", "请假缺席原因", line, ("请假缺席原因", "缺席原因", "请假原因", "未到原因")),
        Column("observers", "列席人员", line, ("列席人员", "列席", "列席人")),
        Column("agenda", "会议议程", free_text, ("会议议程", "议程")),
        Column("minutes", "会议内容", free_text, ("会议内容", "会议记录", "主要内容及发言")),
        Column("lecturer", "党课讲课人", name, ("党课讲课人", "讲课人", "授课人", "党课主讲人")),
        Column("lecture_title", "党课题目", line, ("党课题目", "讲课题目", "党课主题")),
    ),
    MEETINGS, ("meeting_kind", "meeting_topic", "meeting_date"), meetings, meeting_choices,
    page="组织生活",
    purpose="登记各村党支部的三会一课、主题党日、组织生活会和民主评议，“组织生活”的月度矩阵按它算缺项。",
    matching="按乡镇、村和支部名称找支部，再按“类型＋日期＋主题”找记录：三样相同的是更正，不同的是新的一次。决议和表决用“会议决议表决表”，附件在会议的页面上传。",
    leading=("village", "party_branch", "meeting_kind", "meeting_date", "meeting_topic", "expected", "present"),
    template_note="填表说明：一次会议一行；一村一个支部的，支部名称可以不填；日期写到日；应到人数＝实到＋请假＋缺席；党课要填讲课人和题目。",
)  # fmt: skip
_register(
    "party_resolutions", "会议决议表决表",
    (
        BRANCH, MEETING_KIND, MEETING_DATE, MEETING_TOPIC,
        Column("resolution", "决议内容", line, ("决议内容", "决议", "决议事项", "表决事项", "会议决议")),
        Column("entitled", "有表决权人数", number("人"), ("有表决权人数", "有表决权", "应参加表决人数", "有表决权党员数")),
        Column("in_favour", "赞成票", number("票"), ("赞成票", "赞成", "同意票", "赞成票数", "同意")),
        Column("against", "反对票", number("票"), ("反对票", "反对", "不同意票", "反对票数")),
        Column("abstained", "弃权票", number("票"), ("弃权票", "弃权", "弃权票数")),
    ),
    RESOLUTIONS, ("meeting_kind", "meeting_date", "meeting_topic", "resolution"), resolutions, meeting_choices,
    page="组织生活",
    purpose="登记支部会议的决议和表决：有表决权多少人，赞成、反对、弃权各多少票，只记票数，不记谁投了什么。",
    matching="按乡镇、村、支部、会议类型、日期和主题找已登记的会议，再按决议内容找：相同的是更正，不同的是这次会议的另一项决议。",
    leading=("village", "party_branch", "meeting_date", "meeting_topic", "resolution", "entitled", "in_favour"),
    template_note="填表说明：一项决议一行；先登记会议，再填决议；日期写到日；赞成＋反对＋弃权不超过有表决权人数。",
)  # fmt: skip
_register(
    "village_projects", "村级项目投入表",
    (
        Column("project_name", "项目名称", line, ("项目名称", "建设项目", "建设项目名称", "工程名称"), unsure=("项目",)),
        Column("project_kind", "项目类别", choice("project_kind", _words(VillageProject.Kind, PROJECT_WORDS), "unknown_project_kind", _expected(VillageProject.Kind)), ("项目类别", "项目类型", "建设类别"), unsure=("类别",)),
        Column("fund_source", "项目资金来源", choice("fund_source", _words(VillageProject.Source, SOURCE_WORDS), "unknown_fund_source", _expected(VillageProject.Source)), ("项目资金来源", "资金来源", "投资来源", "投入来源")),
        Column("project_amount", "投入金额", number("万元", base="万元"), ("投入金额", "项目资金", "投资额", "投资金额", "到位资金", "总投资", "投入资金")),
        Column("invested_on", "资金到位日期", date, ("资金到位日期", "资金到位时间", "到位时间", "投入时间")),
        Column("project_start", "开工日期", date, ("开工日期", "开工时间", "动工时间")),
        Column("project_end", "完工日期", date, ("完工日期", "完工时间", "竣工时间", "竣工日期")),
        Column("project_remarks", "项目说明", line, ("项目说明", "建设内容"), unsure=("备注", "说明")),
    ),
    PROJECTS, ("project_name", "fund_source", "invested_on"), projects, project_choices,
    page="村级项目",
    purpose="登记投到各村的道路、供水、通信、公共服务等项目和资金，“村级项目投入”按资金到位日期计入当年。",
    matching="按乡镇、村名找村，再按“项目名称＋资金来源＋到位日期”找记录：三样相同的是更正。一个项目几个来源的，每个来源一行。",
    leading=("village", "project_name", "project_kind", "fund_source", "project_amount", "invested_on"),
    template_note="填表说明：一个项目一个资金来源一行；金额按万元填；到位日期写到日；没开工、没完工的日期空着。",
)  # fmt: skip
_register(
    "culture", "村级文化活动表",
    (
        Column("activity_name", "文化活动名称", line, ("文化活动名称", "文体活动名称", "节目名称"), unsure=("活动名称",)),
        Column("activity_kind", "文化活动类别", choice("activity_kind", _words(CulturalActivity.Kind, ACTIVITY_WORDS), "unknown_activity_kind", _expected(CulturalActivity.Kind)), ("文化活动类别", "文化活动类型", "文体活动类别"), unsure=("活动类别",)),
        Column("activity_date", "举办日期", date, ("举办日期", "举办时间", "演出时间")),
        Column("organiser", "活动主办单位", line, ("活动主办单位", "承办单位"), unsure=("主办单位",)),
        Column("participants", "活动参加人数", number("人"), ("活动参加人数", "参与群众", "参与人数"), unsure=("参加人数",)),
        Column("activity_amount", "活动经费", number("万元", base="万元"), ("活动经费", "活动经费万元")),
    ),
    CULTURE, ("activity_name", "activity_date"), culture, culture_choices,
    page="村级项目",
    purpose="登记各村举办的文化活动，“村级文化活动”按举办日期计入当年。",
    matching="按乡镇、村名找村，再按“活动名称＋举办日期”找记录：相同的是更正，不同的是新的一场。",
    leading=("village", "activity_name", "activity_kind", "activity_date", "organiser"),
    template_note="填表说明：一场活动一行；日期写到日；经费按万元填。",
)  # fmt: skip
_register(
    "approved_seats", "村“两委”核定职数表",
    (
        Column("party_seats", "党组织核定职数", number("职"), ("党组织核定职数", "村党组织核定职数", "党组织职数", "党支部核定职数", "党支部职数")),
        Column("committee_seats", "村（居）委会核定职数", number("职"), ("村委会核定职数", "村居委会核定职数", "村民委员会核定职数", "村委会职数", "村居委会职数")),
        Column("seats_since", "从哪一天起", date, ("从哪一天起", "职数核定日期", "核定日期", "职数起始日期", "职数执行日期")),
        Column("seats_document", "核定文号", line, ("核定文号", "职数核定文号", "职数文号")),
    ),
    SEATS, ("seats_since",), seats, places, closed="villages.add_approvedseats",
    page="村与班子",
    purpose="登记县里给各村“两委”核定的职数，从哪一天起算；空缺按时点上的核定职数算，改了职数，以前的时点不变。",
    matching="按乡镇、村名找村，再按“从哪一天起”找记录：同一天的是更正，不同的是从那一天起的新职数，以前的不动。",
    leading=("village", "party_seats", "committee_seats", "seats_since"),
    template_note="填表说明：一村一行；新核定的，把“从哪一天起”改成新的日期（写到日）；只改数、不改日期的是更正。",
)  # fmt: skip
