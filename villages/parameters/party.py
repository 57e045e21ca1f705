"""What a county sets about party life: how often which meeting, from when a gap is told, what counts as held."""

from core.parameters import parameter
from villages.models import MeetingKind

PARTY_LIFE = "组织生活"
REGULATION = "《中国共产党支部工作条例（试行）》第十五条至第十七条"
LOCAL = "县级工作要求（默认值，可改）"


def _times(key, label, period, basis=REGULATION):
    return parameter(
        f"party_{key}_times", f"{label}每{period}不少于", 1, group=PARTY_LIFE, unit="次", low=0, high=12,
        basis=f"{basis}；填 0 表示不要求",
    )  # fmt: skip


# kind → (the months of its period, how often in it)
DUTIES = {
    MeetingKind.GENERAL: (3, _times("general", "支部党员大会", "季度")),
    MeetingKind.COMMITTEE: (1, _times("committee", "支委会", "月")),
    MeetingKind.GROUP: (1, _times("group", "党小组会", "月")),
    MeetingKind.LECTURE: (3, _times("lecture", "党课", "季度", f"{REGULATION}（党课应定期开展）；{LOCAL}")),
    MeetingKind.THEME: (1, _times("theme", "主题党日", "月")),
    MeetingKind.LIFE: (12, _times("life", "组织生活会", "年")),
    MeetingKind.APPRAISAL: (12, _times("appraisal", "民主评议党员", "年")),
}
QUORUM = parameter(
    "party_quorum_percent", "到会超过应到人数的百分之几才算召开", 50, group=PARTY_LIFE, unit="%", low=0, high=99,
    basis=f"{REGULATION}：会议须有半数以上党员到会",
)  # fmt: skip
COMMITTEE_FROM = parameter(
    "party_committee_from", "正式党员满几人的支部设支委会", 7, group=PARTY_LIFE, unit="人", low=3, high=50,
    basis="《中国共产党支部工作条例（试行）》：正式党员 7 人以上的党支部设立支部委员会",
)  # fmt: skip
MONTH_DAY = parameter(
    "party_gap_day", "当月缺项从几日起提示", 25, group=PARTY_LIFE, unit="日", low=1, high=28, basis=LOCAL
)
QUARTER_DAYS = parameter(
    "party_gap_quarter_days", "当季（年）缺项在期末前几天起提示", 7, group=PARTY_LIFE, unit="天", low=0, high=60, basis=LOCAL
)  # fmt: skip
