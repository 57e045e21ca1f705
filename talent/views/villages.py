"""The list of villages with their teams, and a village's page."""

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core import rules, word
from core.periods import dated_by, in_force, month, year_to_date
from core.views.access import business_page, page_for
from core.views.figures import asked_division, townships
from rosters import listing
from talent import actions, bench
from talent.admin.rows import highest_education
from talent.indicators.reserves import villages_with_reserves
from talent.indicators.sources import people_per_village
from talent.models import (
    Appointment,
    Committee,
    EducationLevel,
    ElectionVillage,
    Post,
    ReserveCandidate,
    Sex,
    Stationing,
)
from talent.models.appointment import POSTS_OF, TWO_COMMITTEES
from talent.models.education import COLLEGE_RANK
from talent.parameters.teams import YOUNG
from talent.vacancies import vacancies
from talent.views import village_sheet
from talent.views.kinship import KinForm, kin_of, team_of, told
from talent.views.people import rank
from talent.village_cards import cards
from villages.models import ActivityKind, Term, Village
from villages.party_duties import matrix

LATEST = 10  # projects and activities on a village's page; all are in their lists
VISITS = 5  # of specialists, the latest of the year, on a village's page


@business_page
def villages(request):
    """Every village of the user's area that exists on the date, with its secretary and the size of its team."""
    code, words = asked_division(request), request.GET.get("q", "").strip()
    rows = village_lines(request.user, request.on, code, words)
    if "xlsx" in request.GET:
        return _villages_sheet(request, rows)
    context = {
        "rows": rows,
        "townships": townships(request.user),
        "code": code or "",
        "words": words,
    }
    return render(request, "talent/villages.html", context)


LIST_COLUMNS = (
    ("村（社区）", 16), ("乡镇", 12), ("党组织书记", 12), ("一肩挑", 8), ("“两委”干部（人）", 14), ("其中女（人）", 12), ("空缺（席）", 10),
    ("书记后备（名）", 14), ("书记应备（名）", 14), ("其他后备（名）", 14), ("其他应备（名）", 14), ("驻村（人）", 10), ("换届选举日", 14),
)  # fmt: skip


def _villages_sheet(request, rows):
    lines = [
        (one.name, one.township.name, row["secretary"].name if row["secretary"] else "空缺", "是" if row["one_shoulder"] else "否",
         one.cadres, one.women, "未核定" if row["vacant"] is None else row["vacant"],
         one.secretary_have, one.secretary_need, one.other_have, one.other_need, one.stationed,
         f"{row['election']['place'].election_day:%Y-%m-%d}" if row["election"] and row["election"]["place"].election_day else "")
        for row in rows
        for one in (row["village"],)
    ]  # fmt: skip
    told = f"数据时点：{request.on:%Y-%m-%d}"
    content = listing.workbook("村与班子", LIST_COLUMNS, lines, by=request.user.name, told=told)
    return listing.download(content, f"村与班子（{request.on:%Y%m%d}）.xlsx")


def village_lines(user, on, code=None, words=""):
    """One dict a village of the user's area, narrowed to the division `code` and to names that begin as `words`."""
    cadres = Appointment.objects.cadres(on)
    found = villages_with_reserves(on).filter(code__in=Village.objects.visible_to(user).values("code"))
    counted = (
        found.with_seats(on)
        .select_related("township")
        .annotate(
            cadres=people_per_village(cadres),
            in_party=people_per_village(cadres.filter(post__in=POSTS_OF[Committee.PARTY])),
            in_committee=people_per_village(cadres.filter(post__in=POSTS_OF[Committee.VILLAGERS])),
            women=people_per_village(cadres.filter(person__sex=Sex.FEMALE)),
            stationed=people_per_village(Stationing.objects.in_teams(on)),
        )
    )
    chosen = counted.below(code) if code else counted
    if words:
        spelt = Q(pinyin__startswith=words.lower()) | Q(initials__startswith=words.lower())
        chosen = chosen.filter(Q(name__contains=words) | spelt)
    secretaries = _secretaries(user, on)
    places = ElectionVillage.objects.visible_to(user).current(on).select_related("round")
    elections = {place.village_id: _election(place, on) for place in places}
    return [
        _line(village, secretaries.get(village.code, []), elections.get(village.code))
        for village in chosen.order_by("code")
    ]


def _election(place, on):
    """A village's place in its round, and whether that round runs on the date; None where there is none."""
    if place is None:
        return None
    return {"place": place, "is_open": not place.round.is_closed_on(on)}


def _secretaries(user, on):
    """village code → the posts there of its party secretary."""
    serving = Appointment.objects.visible_to(user).serving(on).select_related("person")
    of = {row.village_id: row.person_id for row in serving.filter(post=Post.PARTY_SECRETARY)}
    found = {}
    for row in serving.filter(person_id__in=of.values()).order_by("pk"):
        if of.get(row.village_id) == row.person_id:
            found.setdefault(row.village_id, []).append(row)
    return found


def _line(village, secretary, election):
    return {
        "village": village,
        "secretary": secretary[0].person if secretary else None,
        "one_shoulder": {Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR} <= {row.post for row in secretary},
        "vacant": unfilled(village.party_seats_on, village.in_party, village.committee_seats_on, village.in_committee),
        "reserves": f"{village.secretary_have}/{village.secretary_need}",
        "others": f"{village.other_have}/{village.other_need}",
        "election": election,
    }


def since(vacancy, on):
    """How long a seat has been empty: "2026-08-21 起，97 天"."""
    return f"{vacancy.since:%Y-%m-%d} 起，{vacancy.days(on)} 天" if vacancy.since else "从未登记满员"


def unfilled(*pairs):
    """Seats without anybody, of (approved seats, people) pairs; None when no number of seats is known."""
    known = [(seats, people) for seats, people in zip(pairs[::2], pairs[1::2], strict=True) if seats]
    return sum(max(seats - people, 0) for seats, people in known) if known else None


@business_page
def village(request, code):
    """A village on a date: its team by committee, vacancies, reserves, people sent in, classes, names, yearly figures."""
    return _shown(request, _village_or_404(request, code))


@page_for("talent.add_kinship")
def kinship_new(request, code):
    """Write down that two members of the team are near relatives; a form that is wrong stays as it was filled in."""
    found = _village_or_404(request, code)
    if request.method != "POST":  # another date chosen beside a form that was refused
        return redirect("village", code)
    form = KinForm(request.POST, people=team_of(found, request.user, request.on))
    if not form.is_valid():
        messages.error(request, f"亲属关系没有登记：{told(form)}")
        return _shown(request, found, form)
    actions.add_kinships([form.save(commit=False)], by=request.user)
    messages.success(request, f"已登记：{form.instance}。")
    return redirect("village", code)


def _village_or_404(request, code):
    villages = Village.objects.visible_to(request.user).with_seats(request.on)
    return get_object_or_404(villages.select_related("township"), code=code)


def _shown(request, found, kin_form=None):
    """The page, Word with `?word`, Excel with `?xlsx`; with the filled-in `kin_form` that was refused where there is one."""
    on, code = request.on, found.code
    if kin_form is None and request.user.has_perm("talent.add_kinship"):
        kin_form = KinForm(people=team_of(found, request.user, on))
    team, empty = _team(found, on), vacancies([found], on)
    context = {
        "village": found,
        "term": _term(found, team, on),
        "committees": [_committee(body, team, found, empty, on) for body in (Committee.PARTY, Committee.VILLAGERS, Committee.SUPERVISION, Committee.OTHER)],
        "summary": _summary(team, on),
        "reserves": bench.lines(_reserves(found, on), on),
        "need": _need(villages_with_reserves(on).filter(code=code).first()),
        "stationed": _stationed(found, on),
        "visits": found.service_visits.filter(year_to_date(on, "start")).select_related("person")[:VISITS],
        "talents": found.talents.in_pool(on).select_related("person").order_by("category", "person__pinyin", "pk"),
        "kin": kin_of(found, request.user, on),
        "kin_form": kin_form,
        "demands": found.demands.stated(on).with_arrived(on).select_related("round").order_by("-stated_on", "pk"),
        "cards": cards(found, on),
        "review": _review(found, on),
        "election": _election(found.elections.current(on).select_related("round").first(), on),
        **_party(found, on),
        **_about(request, found, on),
    }  # fmt: skip
    title = village_sheet.title(found)
    if "word" in request.GET:
        return listing.download(village_sheet.document(context, on), f"{title}（{on:%Y%m%d}）.docx", word.CONTENT_TYPE)
    if "xlsx" in request.GET:
        return listing.download(village_sheet.workbook(context, on, request.user.name), f"{title}（{on:%Y%m%d}）.xlsx")
    context["paper"] = {
        "title": title,
        "under": village_sheet.under(context, on),
        "parts": village_sheet.parts(context),
    }
    return render(request, "talent/village.html", context, status=400 if kin_form and kin_form.errors else 200)


def _about(request, found, on):
    """The village itself: its labels, names and yearly figures, what the checks say of it, and what the user may do."""
    return {
        "labels": found.labels.filter(in_force(on)),
        "former_names": found.former_names.all(),
        "figures": list(found.figures.filter(year__lte=on.year)[:5]),
        "findings": rules.findings(request.user, on, found.code),
        "can_change": request.user.has_perm("villages.change_village"),
        "can_appoint": request.user.has_perm("talent.add_appointment"),
    }


def _party(found, on):
    """What the page tells of party life, projects and activities: of the year up to the date, the latest first."""
    branches = list(found.party_branches.existing(on))
    months = matrix(branches, on)
    lines = [{"branch": one, "gaps": sum(len(cell.missing) for cell in months[one.pk])} for one in branches]
    done = found.party_activities.filter(year_to_date(on, "start") | (in_force(on) & Q(kind=ActivityKind.PAIRING)))
    invested = found.projects.filter(dated_by(on, "invested_on"))
    projects = list(invested[:LATEST])
    for project in projects:
        project.state_text = project.state(on)
    return {
        "party_branches": lines,
        "party_activities": done.select_related("person")[:LATEST],
        "projects": projects,
        "invested": invested.aggregate(
            count=Count("pk"),
            total=Sum("amount_wan"),
            this_year=Sum("amount_wan", filter=year_to_date(on, "invested_on")),
        ),
        "culture": found.cultural_activities.filter(dated_by(on, "held_on"))[:LATEST],
    }


def _review(found, on):
    """The village's sheet in the latest round of the mid-term review that had begun, and what was decided by the date."""
    sheet = found.reviews.latest(on).select_related("round").first()
    return sheet and {"sheet": sheet, "decided": sheet.was_decided(on)}


def _term(found, team, on):
    """The term that the team was elected in: villages vote on days of their own; the county's where its posts name none."""
    named = [seat["term"] for seat in team if seat["term"] and seat["post"] in TWO_COMMITTEES]
    return max(named, key=lambda term: term.start, default=None) or Term.objects.current(on, found.code)


def _team(found, on):
    serving = found.appointments.serving(on).select_related("person", "term").annotate(
        education=highest_education(on, "person_id")
    )  # fmt: skip
    rows = sorted(serving, key=lambda row: (rank(row), row.start, row.pk))
    return [_seat(row, on) for row in rows]


def _seat(row, on):
    return {
        "person": row.person,
        "term": row.term,
        "post": Post(row.post),
        "label": row.get_post_display(),
        "age": row.person.age(on),
        "sex": row.person.get_sex_display(),
        "education": EducationLevel(row.education).label if row.education else "",
        "college": bool(row.education) and EducationLevel(row.education).rank >= COLLEGE_RANK,
        "political": row.person.get_political_status_display(),
        "since": month(row.start),
        "how": row.get_how_display(),
    }


def _committee(body, team, found, empty, on):
    """A committee: its members, the seats approved, how many of them are empty and since when."""
    seats = {Committee.PARTY: found.party_seats_on, Committee.VILLAGERS: found.committee_seats_on}.get(body)
    members = [seat for seat in team if seat["post"].committee == body]
    people = len({seat["person"].pk for seat in members})
    return {"label": body.label, "members": members, "people": people, "seats": seats,
            "vacant": unfilled(seats, people), "since": list(dict.fromkeys(since(one, on) for one in empty if one.committee == body))}  # fmt: skip


def _summary(team, on):
    """What follows from the team and is never typed: 一肩挑, 交叉任职, how many people sit on the two committees."""
    of = {body: {seat["person"].pk for seat in team if seat["post"] in POSTS_OF[body]} for body in POSTS_OF}
    held = {}
    for seat in team:
        held.setdefault(seat["person"].pk, set()).add(seat["post"])
    one = any({Post.PARTY_SECRETARY, Post.VILLAGE_DIRECTOR} <= posts for posts in held.values())
    cadres = {seat["person"].pk: seat for seat in team if seat["post"] in TWO_COMMITTEES}
    young = YOUNG.value(on)
    ages = [seat["age"] for seat in cadres.values() if seat["age"] is not None]
    return {
        "one_shoulder": "是" if one else "否",
        "crossing": len(of[Committee.PARTY] & of[Committee.VILLAGERS]),
        "cadres": len(cadres),
        "women": sum(seat["person"].sex == Sex.FEMALE for seat in cadres.values()),
        "young": sum(age <= young for age in ages),
        "young_age": young,
        "college": sum(seat["college"] for seat in cadres.values()),
        "average_age": f"{sum(ages) / len(ages):.1f}" if ages else "",
    }


def _reserves(found, on):
    pool = ReserveCandidate.objects.in_pool(on).filter(village=found).select_related("person", "village__township")
    return pool.order_by("-target", "person__pinyin", "pk")


def _need(found):
    """Reserves against the need, judged by category; None on a date when the village does not exist."""
    if found is None:
        return None
    met = found.secretary_have >= found.secretary_need and found.other_have >= found.other_need
    return {
        "secretary": f"{found.secretary_have}/{found.secretary_need}",
        "other": f"{found.other_have}/{found.other_need}",
        "met": met,
    }


def _stationed(found, on):
    """Stays in force, and secondments into the village."""
    stays = found.stationings.serving(on).select_related("person").order_by("role", "start", "pk")
    seconded = found.secondments.serving(on).select_related("person").order_by("start", "pk")
    return [_stay(row) for row in stays] + [_seconded(row) for row in seconded]


def _stay(row):
    url = reverse("stationing", args=[row.pk])
    return {
        "person": row.person,
        "role": row.get_role_display(),
        "unit": row.dispatch_unit,
        "since": month(row.start),
        "url": url,
    }


def _seconded(row):
    role = f"挂职{row.host_post}（{row.get_kind_display()}）"
    url = reverse("secondment", args=[row.pk])
    return {"person": row.person, "role": role, "unit": row.home_unit, "since": month(row.start), "url": url}
