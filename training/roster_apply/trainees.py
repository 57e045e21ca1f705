"""A class's list against who is in it already: a row is a person's attendance of the session it is uploaded onto."""

from rosters.comparison import Comparison, Verdict, outside
from talent.roster_apply import roles
from talent.roster_apply.role_kinds import RoleKind, text, yes_no
from talent.roster_apply.townships import placed
from training import actions
from training.models import Enrollment, TrainingSession
from training.models.session import clashes

GONE = ("name", "session_gone", "这个培训班次已经删除，请作废这份名册，选择另一个班次重新上传")
LISTED_ELSEWHERE = ("name", "listed_elsewhere", "此人已由其他单位列入这一班次，这里不能改动，请联系县委组织部")
OTHER_VILLAGE = (
    "village",
    "listed_in_other_village",
    "此人在这一班次中登记的是本单位另一个村，没有改动；确需更正请在“参训”里修改",
)


def compare(rows, scope):
    """A Comparison of rows with the attendances of the session `scope.target_id`."""
    session = TrainingSession.objects.filter(pk=scope.target_id).first()
    if session is None:
        return _refused(rows)
    return roles.compare(_attendance(session, scope), placed(rows, scope), scope)


def _refused(rows):
    verdicts = [Verdict() for _ in rows]
    for verdict in verdicts:
        verdict.refuse(*GONE)
    return Comparison(verdicts)


def _attendance(session, scope):
    def kept(ids, scope):
        return Enrollment.objects.filter(session=session, person_id__in=ids).select_related("session")

    def new(key, values, village, scope):
        """Signed up while the class has not begun, afterwards somebody who was there."""
        result = Enrollment.Result.ENROLLED if scope.as_of < session.start else Enrollment.Result.ATTENDED
        return Enrollment(session=session, village_id=village, result=result)

    def settle(role, values):
        """Whoever was only proposed is on the list once a roster says so."""
        if role.result == Enrollment.Result.DRAFT:
            role.result = new("", values, role.village_id, scope).result
            return ("result",)
        return ()

    return RoleKind(
        keys=lambda row: ("",),
        kept=kept,
        key_of=lambda role: "",
        current=lambda role, scope: True,
        new=new,
        write=actions.enroll,
        fields=(text("job_title"), yes_no("lodging"), yes_no("halal"), text("remarks")),
        show=("job_title", lambda key, role: role.job_title or role.get_result_display()),
        around=lambda ids, scope: clashes(ids, session),
        check=_check,
        note=_note,
        settle=settle,
    )


def _check(case):
    if any(outside(role.village_id, case.scope.code) for role in case.kept):
        return LISTED_ELSEWHERE
    met = case.around.get(case.person.pk) if case.person and not case.kept else None
    return _double_booked(met) if met else None


def _double_booked(met):
    held = f"{met.start:%m-%d} 至 {met.end:%m-%d}"
    told = f"此人这几天已在“{met}”（{held}）的名单中，不能重复调训；没有去那个班的，先在那里记缺训"
    return ("name", "double_booking", told)


def _note(case):
    village, ours = case.row.village_code, [role for role in case.kept if not outside(role.village_id, case.scope.code)]
    return OTHER_VILLAGE if village and any(role.village_id != village for role in ours) else None
