"""离任生活补贴: who left a post, how many years are proven, what stands against, how much a month and a year."""

from awards import leaving
from awards.views.tabs import SAFEGUARDS, tabs
from core.views.access import page_for
from talent.models import Appointment
from talent.views.sheet import Cell, Choice, Sheet, answer, narrowed, person_cell, village_cell

COLUMNS = (
    ("姓名", 12), ("乡镇", 12), ("最后任职村", 14), ("离任时间", 12), ("年龄", 8),
    *((f"{label}（月）", 16) for label in leaving.CLASSES.values()), ("累计", 14), ("结论", 10), ("不享受的原因", 44),
    ("每月（元）", 12), ("每年（元）", 12), ("待核对", 26),
)  # fmt: skip
LAST = len(COLUMNS) - 1
STACKS = (
    (0,), (1, 2), (3,), *((place,) for place in range(4, LAST - 4)), (LAST - 4, LAST - 3, LAST), (LAST - 2, LAST - 1),
)  # fmt: skip
NOT_RETURNED = "补贴由任职记录和参数算出，不传回；要改任职起止和文号，在人员的任职记录里改，或上传村“两委”干部花名册；标准在“参数设置”里改。"
STATE = Choice("state", "结论：已离任的全部", (("yes", "符合"), ("no", "不符合"), ("serving", "仍在任")))


@page_for("awards.view_safeguardrecord")
def listed(request):
    """Everybody who left a post of the two committees by the date, with the amount or the reasons against."""
    state, words = STATE.asked(request), request.GET.get("q", "").strip()
    every = leaving.lines(narrowed(request, Appointment.objects.all()), request.on)
    found = [line for line in every if _is_of(line, state) and words in line.person.name]
    payable = [line for line in every if not line.against]
    unproven = sum(bool(line.unproven) for line in every)
    note = (
        f"数据时点符合条件 {len(payable)} 人，每年 {sum(line.yearly for line in payable):,.2f} 元。任职年限按任职记录逐日计算、折成足月，"
        f"同一天兼任几职只按最高一档计一次；没有文号也没有届次的任职证明不了，不计入（{unproven} 人有，在任职记录里补上文号就计入）；标准、年限、年龄和不享受的情形见“参数设置”。"
    )
    sheet = Sheet(
        "离任生活补贴", "人", COLUMNS, [_row(line, request.on) for line in found], "没有符合条件的离任村干部。",
        stacks=STACKS,
    )  # fmt: skip
    return answer(
        request, sheet, tabs=tabs(SAFEGUARDS, "leaving"), choices=(STATE,), searched="姓名", note=note,
        not_returned=NOT_RETURNED,
    )  # fmt: skip


def _is_of(line, state):
    if state == "serving" or line.is_serving:
        return state == "serving" and line.is_serving
    return state == "" or (state == "yes") == (not line.against)


def _row(line, on):
    age = line.person.age(on)
    proof = f"{line.unproven} 段任职没有文号和届次，没有计入" if line.unproven else ""
    return [
        person_cell(line.person), Cell(line.village.township.name), village_cell(line.village),
        Cell(f"{line.left_on:%Y-%m-%d}" if line.left_on else ""), Cell("" if age is None else age),
        *(Cell(line.months[name]) for name in leaving.CLASSES), Cell(leaving.years_text(line.total)),
        Cell("不符合", tag="bad", wrap=True) if line.against else Cell("符合", tag="ok", wrap=True), Cell("；".join(line.against), wrap=True),
        Cell(float(line.monthly)), Cell(float(line.yearly)), Cell(proof, tag="warn", wrap=True),
    ]  # fmt: skip
