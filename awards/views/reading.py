"""What a round's pages and papers show of it: its nominations in order, how far each has come, what is left of a quota."""

from awards import ranking
from awards.actions.nominations import left
from awards.actions.publicity import missing_opinions
from awards.models import Award, AwardObjection, DepartmentOpinion, Nomination
from core.scope import scope_code

TOWNSHIP_DIGITS = 9
STAGES = {
    "waiting": "待审核", "failed": "不合格", "passed": "审核合格", "running": "公示中", "over": "公示期满", "awarded": "已表彰",
    "withdrawn": "已撤回或撤销",
}  # fmt: skip
INDIVIDUAL = Nomination.Type.INDIVIDUAL


def nominations(user, held):
    """The nominations of the round that `user` sees, individuals first."""
    seen = Nomination.objects.visible_to(user).filter(round=held)
    found = seen.select_related("round__scheme", "person", "township", "village", "publicity")
    return list(found.order_by("-nominee_type", "township_id", "pk"))


def lines(user, held, on):
    """One dict a nomination as it stands on the day, in order of rank for who may see scores."""
    rows = nominations(user, held)
    places = {}
    if user.has_perm("awards.view_awardscore"):
        ranked = ranking.rank(held, rows, on)
        places = {line.nomination.pk: line for found in ranked.values() for line in found}
    keys = [row.pk for row in rows]
    awards = {award.nomination_id: award for award in Award.objects.filter(nomination_id__in=keys).order_by("pk")}
    refused = _by_nomination(DepartmentOpinion.objects.filter(nomination__in=keys, opinion="refused"))
    objections = _by_nomination(AwardObjection.objects.open(on).filter(nomination__in=keys))
    if not user.has_perm("awards.view_awardobjection"):
        objections = {}
    waiting = missing_opinions(rows, on)
    found = [
        {
            "row": row, "line": places.get(row.pk), "award": awards.get(row.pk), "stage": stage(row, awards.get(row.pk), on),
            "refused": refused.get(row.pk, []), "waiting": waiting[row.pk], "objections": len(objections.get(row.pk, [])),
        }
        for row in rows
    ]  # fmt: skip
    order = {pk: number for number, pk in enumerate(places)}
    return sorted(found, key=lambda one: (one["row"].nominee_type != INDIVIDUAL, order.get(one["row"].pk, 0)))


def _by_nomination(rows):
    found = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.nomination_id, []).append(row)
    return found


def stage(row, award, on):
    """How far a nomination has come by the day: a key of STAGES."""
    if award is not None and award.decided_on <= on:
        return "withdrawn" if award.withdrawn_on and award.withdrawn_on <= on else "awarded"
    if row.withdrawn_on and row.withdrawn_on <= on:
        return "withdrawn"
    if row.publicity and row.publicity.starts_on <= on:
        return "over" if row.publicity.is_over(on) else "running"
    return row.eligibility or "waiting"


CSS = {
    "awarded": "ok",
    "running": "blue",
    "over": "warn",
    "failed": "bad",
    "withdrawn": "bad",
    "passed": "same",
    "waiting": "warn",
}


def is_of(line, kind, stage):
    return kind in ("", line["row"].nominee_type) and stage in ("", line["stage"])


def groups(lines):
    """[(label, lines)] of individuals and collectives."""
    for line in lines:
        line["word"], line["css"] = STAGES[line["stage"]], CSS[line["stage"]]
    found = [
        {"label": label, "lines": [line for line in lines if line["row"].nominee_type == kind]}
        for kind, label in Nomination.Type.choices
    ]
    return [group for group in found if group["lines"]]


def summary(lines):
    """Counts of what is seen, by how far it has come."""
    stages = [line["stage"] for line in lines]
    return {
        "nominated": sum(one != "withdrawn" for one in stages),
        "individuals": sum(line["row"].nominee_type == INDIVIDUAL and line["stage"] != "withdrawn" for line in lines),
        "waiting": stages.count("waiting"),
        "passed": sum(one in ("passed", "running", "over", "awarded") for one in stages),
        "publicised": sum(one in ("running", "over", "awarded") for one in stages),
        "objections": sum(line["objections"] for line in lines),
        "awarded": stages.count("awarded"),
        "uncertified": sum(line["stage"] == "awarded" and not line["award"].certificate_no for line in lines),
    }


def steps(held, lines, on):
    """[(label, text, is over on the day)] of the way of the round."""
    found = summary(lines)
    closes = f"截止 {held.closes_on:%Y-%m-%d}" if held.closes_on else ""
    return [
        ("推荐", closes or f"{found['nominated']} 个", bool(held.closes_on and held.closes_on < on)),
        ("资格审核", f"待审 {found['waiting']} 个" if found["waiting"] else "", bool(lines) and not found["waiting"]),
        ("公示", f"{found['publicised']} 个" if found["publicised"] else "", bool(found["publicised"])),
        ("表彰决定", f"{found['awarded']} 个" if found["awarded"] else "", bool(found["awarded"])),
        ("证书", f"待发 {found['uncertified']} 本" if found["uncertified"] else "",
         bool(found["awarded"]) and not found["uncertified"]),
    ]  # fmt: skip


def quota(user, held):
    """What is left to the user's own township: [(label, number)]; nothing without a quota, or for a county."""
    code = scope_code(user) or ""
    room = left(held, [code]) if len(code) == TOWNSHIP_DIGITS else {}
    return [(label, room[code, kind]) for kind, label in Nomination.Type.choices if (code, kind) in room]
