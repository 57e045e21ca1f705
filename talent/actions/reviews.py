"""Writes of the mid-term review: opening a round, filling sheets, deciding them, carrying out what was decided."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from core.writes import change_rows, create_rows, delete_rows
from talent.actions.posts import appoint, end_appointments
from talent.models import Adjustment, Appointment, PersonReview, TeamReview
from talent.models.appointment import POST_LABELS, TWO_COMMITTEES
from talent.models.review import COUNTS
from villages.models import Village

Status, Part = TeamReview.Status, Adjustment.Part
TEAM_FIELDS = (*COUNTS, "team_class", "problems", "unrest", "plan", "township_opinion")
PERSON_FIELDS = (*COUNTS, "grade", "performance", "proposal", "reason", "plan")
FROZEN = "县里已经审定，研判表不能再改。"
RANK = {post: place for place, post in enumerate(TWO_COMMITTEES)}
DAY = datetime.timedelta(days=1)


@transaction.atomic
def open_round(opened, *, by, batch=None):
    """Insert an unsaved round with a sheet for every village and everybody on its two committees on the round's date."""
    created = create_rows([opened], by=by, batch=batch)[0]
    prepare(created, by=by, batch=batch)
    return created


@transaction.atomic
def prepare(held, *, by, code=None, batch=None):
    """Bring the sheets of a round (below the division or village `code`) up to the ledger as of the round's date.

    Villages and people that are missing are added; who does not serve on that date goes, unless something was already
    written of them. Decided sheets stay as they are. Returns how many (villages, people) were added."""
    code = code or held.division_id
    there = set(TeamReview.objects.filter(round=held).values_list("village_id", flat=True))
    villages = Village.objects.existing(held.as_of).below(code).exclude(code__in=there).order_by("code")
    added = create_rows([TeamReview(round=held, village=village) for village in villages], by=by, batch=batch)
    return len(added), _prepare_people(_open_teams(held, code), held.as_of, by, batch)


def _open_teams(held, code):
    """village code → its sheet, of those not decided; locked, with what their audit lines name at hand."""
    teams = TeamReview.objects.filter(round=held).below(code).exclude(status=Status.DECIDED)
    locked = teams.select_related("round", "village").select_for_update(of=("self",)).order_by("village_id")
    return {team.village_id: team for team in locked}


def _prepare_people(teams, on, by, batch):
    kept = PersonReview.objects.filter(team__in=teams.values()).select_related("team__round", "team__village", "person")
    kept = {(row.team_id, row.person_id): row for row in kept}
    serving = {}
    cadres = Appointment.objects.cadres(on).filter(village__in=teams).select_related("person")
    for seat in cadres.order_by("village_id", "start", "pk"):
        _, rank = serving.get((seat.village_id, seat.person_id), (None, len(RANK)))
        serving[seat.village_id, seat.person_id] = (seat.person, min(rank, RANK[seat.post]))
    places = {(teams[code].pk, person) for code, person in serving}
    gone = [row for place, row in kept.items() if place not in places and not _is_written(row)]
    delete_rows(gone, by=by, batch=batch)
    ranked = sorted((code, rank, person.pk, person) for (code, _), (person, rank) in serving.items())
    missing = [(teams[code], person) for code, _, key, person in ranked if (teams[code].pk, key) not in kept]
    create_rows([PersonReview(team=team, person=person) for team, person in missing], by=by, batch=batch)
    return len(missing)


def _is_written(row):
    return any(getattr(row, name) not in (None, "") for name in PERSON_FIELDS)


@transaction.atomic
def fill(team, people, *, by):
    """Keep what was typed on a sheet and of its people; what was not begun is 填写中 now."""
    _locked(team)
    if team.status == Status.WAITING:
        team.status = Status.FILLING
    change_rows([team], [*TEAM_FIELDS, "status"], by=by)
    change_rows(people, list(PERSON_FIELDS), by=by)


def fill_many(teams, people, *, by, batch=None):
    """Sheets from a roster or a demonstration, as `fill` keeps one; none of them may be decided."""
    change_rows(teams, [*TEAM_FIELDS, "status"], by=by, batch=batch)
    change_rows(people, list(PERSON_FIELDS), by=by, batch=batch)


@transaction.atomic
def hand_in(team, *, on, by):
    """The township is done with a sheet (乡镇已填). ValidationError with everything that is missing."""
    _locked(team)
    _complete(team)
    hand_in_many([team], on=on, by=by)


def hand_in_many(teams, *, on, by):
    """Hand in complete sheets on the same day."""
    for team in teams:
        team.status, team.returned_for, team.handed_in_on = Status.FILLED, "", on
    change_rows(teams, ["status", "returned_for", "handed_in_on"], by=by, verb="hand_in")


@transaction.atomic
def send_back(team, *, reason, by):
    """The county gives a sheet back to the township, or opens a decided one again; says why."""
    team.refresh_from_db(
        from_queryset=TeamReview.objects.select_related("round", "village").select_for_update(of=("self",))
    )
    if team.status not in {Status.FILLED, Status.DECIDED}:
        raise ValidationError("这张表还没有报上来，不用退回。")
    if team.is_decided and Adjustment.objects.filter(review__team=team).exists():
        raise ValidationError("这张表的处理建议已经办理，不能退回。")
    team.status, team.returned_for, team.handed_in_on, team.decided_on = Status.FILLING, reason, None, None
    names = ["status", "returned_for", "handed_in_on", "decided_on"]
    change_rows([team], names, by=by, verb="send_back", reason=reason)


@transaction.atomic
def decide(team, *, opinion, on, by):
    """The county's decision: from now on the sheet is frozen. ValidationError with everything that is missing."""
    _locked(team)
    _complete(team)
    decide_many([team], opinions=[opinion], on=on, by=by)


def decide_many(teams, *, opinions, on, by, batch=None):
    """Decide complete sheets on the same day."""
    for team, opinion in zip(teams, opinions, strict=True):
        team.status, team.county_opinion, team.returned_for, team.decided_on = Status.DECIDED, opinion, "", on
    change_rows(teams, ["status", "county_opinion", "returned_for", "decided_on"], by=by, batch=batch, verb="decide")


def record_visits(visits, *, by):
    """Insert unsaved visits."""
    return create_rows(visits, by=by)


@transaction.atomic
def carry_out(review, *, on, reason, document_no, by, successor=None, how="", successor_document_no=""):
    """Carry out 调整撤换: every post of the two committees that the person holds in the village ends on the day `on`,
    the successor takes them the day after; all of it is linked to the review. ValidationError when nothing can end."""
    _open_to(review, PersonReview.Proposal.ADJUST)
    held = list(_posts(review).serving(on))
    if not held:
        raise ValidationError(f"{on:%Y-%m-%d} 此人在这个村没有在任的“两委”职务，请核对免职日期。")
    if any(seat.end is not None and seat.end > on for seat in held):
        raise ValidationError("此人的职务已登记了更晚的免职日期，请先在“任职”里核对。")
    end_appointments(held, on=on, reason=reason, document_no=document_no, by=by)
    link(review, held, Part.ENDED, by=by)
    if successor is None:
        return held
    taken = [
        Appointment(
            person=successor, village_id=review.team.village_id, post=seat.post, start=on + DAY, how=how,
            term_id=seat.term_id, document_no=successor_document_no or document_no,
        )
        for seat in held
    ]  # fmt: skip
    for seat in taken:
        seat.full_clean()
    link(review, appoint(taken, by=by), Part.SUCCESSOR, by=by)
    return held


@transaction.atomic
def promote(review, *, post, on, how, document_no, by):
    """Carry out 提拔培养: a new post of the same person in the village, linked to the review."""
    _open_to(review, PersonReview.Proposal.PROMOTE)
    latest = _posts(review).order_by("-start").first()
    seat = Appointment(
        person_id=review.person_id, village_id=review.team.village_id, post=post, start=on, how=how,
        term_id=latest.term_id if latest else None, document_no=document_no,
    )  # fmt: skip
    seat.full_clean()
    return link(review, appoint([seat], by=by), Part.PROMOTED, by=by)


def link(review, appointments, part, *, by):
    """Note that these changes of post carried out what the review proposed."""
    return create_rows([Adjustment(review=review, appointment=seat, part=part) for seat in appointments], by=by)


def done_elsewhere(review):
    """Posts of the person in the village that ended after the round's date without a link: carried out by another way."""
    ended = _posts(review).filter(end__gte=review.team.round.as_of)
    return ended.exclude(adjustments__part=Part.ENDED).order_by("post", "pk")


@transaction.atomic
def link_ended(review, *, by):
    """Link what was ended by another way (a roster, the page 任职). ValidationError when there is nothing."""
    _open_to(review, PersonReview.Proposal.ADJUST)
    found = list(done_elsewhere(review))
    if not found:
        raise ValidationError("没有找到此人在研判以后的免职，请在这里办理。")
    return link(review, found, Part.ENDED, by=by)


def _posts(review):
    return Appointment.objects.filter(
        person_id=review.person_id, village_id=review.team.village_id, post__in=TWO_COMMITTEES
    )


def _locked(team):
    """Nobody else writes this sheet meanwhile. ValidationError when it is decided already."""
    status = TeamReview.objects.select_for_update().values_list("status", flat=True).get(pk=team.pk)
    if status == Status.DECIDED:
        raise ValidationError(FROZEN)


def _open_to(review, proposal):
    """The sheet is locked first, as for giving it back: what is carried out stands on a decision that stands."""
    review.team = TeamReview.objects.select_related("round", "village").select_for_update(of=("self",)).get(
        pk=review.team_id
    )  # fmt: skip
    PersonReview.objects.select_for_update().get(pk=review.pk)
    if not review.team.is_decided:
        raise ValidationError("县里还没有审定这张研判表，审定以后才能办理。")
    if review.proposal != proposal:
        raise ValidationError(f"处理建议不是{proposal.label}，这里没有要办理的。")
    if review.adjustments.exists():
        raise ValidationError("已经办理过了，不能再办一次。")


def _complete(team):
    """ValidationError naming everything that a sheet still lacks."""
    if missing := lacking(team, team.people.select_related("person").order_by("pk")):
        raise ValidationError(missing)


def lacking(team, people):
    """What a sheet still lacks before it can be handed in or decided, in words; `people` are the judgements on it."""
    people = list(people)
    missing = [] if team.team_class else ["班子等次没有选"]
    missing += [f"{row.person.name}的评价等次没有选" for row in people if not row.grade]
    return missing + [f"{row.person.name}的处理建议没有选" for row in people if not row.proposal]


def posts_said(appointments):
    """The posts of a set of appointments in order of rank, as one text."""
    posts = sorted({seat.post for seat in appointments}, key=list(POST_LABELS).index)
    return "、".join(POST_LABELS[post] for post in posts)
