"""Writes about open recruitment: the notice, applications, the review of eligibility, engagement into the pool."""

from django.core.exceptions import ValidationError
from django.db import transaction

from core.workdays import NotEntered, working_days_between
from core.writes import change_rows, create_rows, delete_rows
from talent import recruiting
from talent.actions.posts import enter_pool
from talent.models import Recruitment, RecruitmentApplication, RecruitmentQuota, ReserveCandidate
from talent.parameters.reserves import PUBLICITY_DAYS

STEPS = ("household", "ticket_no", "eligibility", "eligibility_reasons", "reviewed_on", "written", "interview", "extra", "physical",
         "inspection", "publicity", "withdrawn_on", "remarks")  # fmt: skip

ORDER = ("eligibility", "physical", "inspection", "publicity")  # what is decided, one after the other


@transaction.atomic
def announce(recruitments, *, places, by, batch=None):
    """Insert unsaved recruitments; `places` has for each a dict {township code: number}."""
    created = create_rows(recruitments, by=by, batch=batch)
    quotas = [
        RecruitmentQuota(recruitment=row, township_id=code, places=number)
        for row, given in zip(created, places, strict=True)
        for code, number in sorted(given.items())
    ]
    create_rows(quotas, by=by, batch=batch)
    return created


def add_places(quotas, *, by, batch=None):
    """Insert unsaved places of townships that a notice did not name before."""
    return create_rows(quotas, by=by, batch=batch)


@transaction.atomic
def change_notice(recruitment, *, places, by):
    """Write a changed notice and its places; a township gets no fewer than were engaged there. Raises ValidationError."""
    Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    _refuse_too_few(recruitment, places)
    names = [field.name for field in Recruitment._meta.concrete_fields if field.name not in {"id", "division"}]
    change_rows([recruitment], names, by=by)
    kept = {row.township_id: row for row in recruitment.quotas.all()}
    delete_rows([row for code, row in kept.items() if not places.get(code)], by=by)
    changed = [row for code, row in kept.items() if places.get(code)]
    for row in changed:
        row.places = places[row.township_id]
    change_rows(changed, ["places"], by=by)
    fresh = [(code, number) for code, number in sorted(places.items()) if number and code not in kept]
    create_rows(
        [RecruitmentQuota(recruitment=recruitment, township_id=code, places=number) for code, number in fresh], by=by
    )


def _refuse_too_few(recruitment, places):
    engaged = {}
    for one in recruitment.applications.filter(engaged_on__isnull=False).order_by("pk"):
        engaged[one.township_id] = engaged.get(one.township_id, 0) + 1
    if any(places.get(code, 0) < number for code, number in engaged.items()):
        raise ValidationError("有的乡镇已聘用的人数超过改后的名额，请先核对名额。")


def take_applications(applications, *, by, batch=None):
    """Insert unsaved applications."""
    return create_rows(applications, by=by, batch=batch)


@transaction.atomic
def change_applications(applications, *, by, batch=None, names=STEPS):
    """Write what the steps found for applications, of `names` alone; ValidationError for who was engaged meanwhile."""
    keys = [one.pk for one in applications]
    kept = RecruitmentApplication.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("person")
    if engaged := next((one for one in kept.order_by("pk") if one.engaged_on), None):
        raise ValidationError(f"{engaged.person.name}已经聘用，不再改动。")
    return change_rows(applications, list(names), by=by, batch=batch)


@transaction.atomic
def review(recruitment, *, on, by):
    """Check on the day `on` every application that is not yet decided against the ledger and the notice's conditions; the
    reasons are kept. What the ledger does not know stays open. Returns the applications decided."""
    waiting = recruitment.applications.filter(eligibility="").select_for_update(of=("self",)).select_related(
        "person", "village", "recruitment"
    )  # fmt: skip
    found = list(waiting.order_by("pk"))
    levels = recruiting.highest_levels([one.person_id for one in found], recruitment.applies_until)
    for one in found:
        verdict = recruiting.judged(recruiting.examine(one, levels.get(one.person_id)))
        one.eligibility, one.eligibility_reasons = verdict
        one.reviewed_on = on if one.eligibility else None
    change_rows(found, ["eligibility", "eligibility_reasons", "reviewed_on"], by=by)
    return [one for one in found if one.eligibility]


@transaction.atomic
def record_step(recruitment, chosen, *, step, result, by):
    """Record the result of 体检, 考察 or 公示 for the applications with the keys `chosen`, who are within the places and
    passed the step before. Raises ValidationError."""
    held = Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    lines = _by_key(_rankings(held))
    picked = [lines[pk] for pk in sorted(chosen) if pk in lines]
    if not picked or len(picked) != len(chosen):
        raise ValidationError("没有选择人，请先在名单中勾选。")
    before = ORDER[: ORDER.index(step)]
    for line in picked:
        _refuse_out_of_turn(line, before)
        setattr(line.application, step, result)
    return change_rows([line.application for line in picked], [step], by=by)


def _refuse_out_of_turn(line, before):
    one = line.application
    if one.engaged_on:
        raise ValidationError(f"{one.person.name}已经聘用，不再改动。")
    if not line.is_selected:
        raise ValidationError(f"{one.person.name}没有入围（{line.state}），不用登记。")
    if missing := [_label(one, name) for name in before if getattr(one, name) != recruiting.PASSED]:
        raise ValidationError(f"{one.person.name}的{'、'.join(missing)}还没有登记为合格，请按先后登记。")


@transaction.atomic
def engage(recruitment, chosen, *, on, document_no, by):
    """Engage the applications with the keys `chosen` on the day `on`: each enters the pool as recruited, linked to its
    application. Under a lock of the recruitment, so that two at once never go beyond the quota. Raises ValidationError."""
    held = Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    rankings = _rankings(held)
    lines = _by_key(rankings)
    picked = [lines[pk] for pk in sorted(chosen) if pk in lines]
    if not picked or len(picked) != len(chosen):
        raise ValidationError("没有选择要聘用的人，请在名单中勾选。")
    _refuse_dates(held, on)
    for line in picked:
        _refuse_unready(line)
    _refuse_beyond(rankings, picked)
    _refuse_in_pool([line.application.person_id for line in picked])
    places = enter_pool([_place(line.application, on) for line in picked], by=by)
    applications = [line.application for line in picked]
    for one, place in zip(applications, places, strict=True):
        one.engaged_on, one.document_no, one.place = on, document_no, place
    return change_rows(applications, ["engaged_on", "document_no", "place"], by=by, verb="appoint")


def _rankings(held):
    """{township: Ranking} read under the lock."""
    places = dict(held.quotas.order_by("township_id").values_list("township_id", "places"))
    applications = held.applications.select_for_update(of=("self",)).select_related("person", "village", "recruitment")
    return recruiting.rank(list(applications.order_by("pk")), places)


def _by_key(rankings):
    return {line.application.pk: line for ranking in rankings.values() for line in ranking.lines}


def _label(one, name):
    return one._meta.get_field(name).verbose_name


def _refuse_beyond(rankings, picked):
    """Whoever is engaged already keeps the place, even where a later correction of scores changed the ranking."""
    for code, ranking in rankings.items():
        more = sum(line.application.township_id == code for line in picked)
        if more and ranking.engaged + more > ranking.places:
            told = f"有一个乡镇名额 {ranking.places} 名、已聘用 {ranking.engaged} 名，这次又选了 {more} 名，超过名额。"
            raise ValidationError(told)


def too_few_days(first, last):
    """Why a publicity from `first` (not counted) to `last` is too short, or cannot be counted; "" when it is long enough."""
    days = PUBLICITY_DAYS.value(first)
    try:
        enough = working_days_between(first, last) >= days
    except NotEntered as error:
        return error.messages[0]
    return "" if enough else f"公示不足 {days} 个工作日（开始当天不计），请核对公示起止日期。"


def _refuse_dates(held, on):
    if held.publicised_until is None:
        raise ValidationError("公告里还没有填公示起止日期，公示期满后才能聘用。")
    if told := too_few_days(held.publicised_from, held.publicised_until):
        raise ValidationError(told)
    if on <= held.publicised_until:
        raise ValidationError(f"公示到 {held.publicised_until:%Y-%m-%d} 才结束，聘用日期请填在这之后。")


def _refuse_unready(line):
    one = line.application
    if one.engaged_on:
        raise ValidationError(f"{one.person.name}已经聘用。")
    if not line.is_selected:
        raise ValidationError(f"{one.person.name}没有入围（{line.state}），不能超名额聘用。")
    open_steps = [_label(one, name) for name in ORDER if getattr(one, name) != recruiting.PASSED]
    if open_steps:
        raise ValidationError(f"{one.person.name}的{'、'.join(open_steps)}还没有登记为合格，登记后再聘用。")


def _refuse_in_pool(people):
    there = ReserveCandidate.objects.filter(person_id__in=people, end=None).select_related("person").order_by("pk")
    if names := "、".join(place.person.name for place in there):
        raise ValidationError(f"{names}已在后备库中，请先办理出库，再聘用。")


def _place(one, on):
    kinds = ReserveCandidate.Kind
    return ReserveCandidate(
        person=one.person, village=one.village, target=ReserveCandidate.Target.OTHER, kind=kinds.RECRUITED, start=on,
        readiness=ReserveCandidate.Readiness.LONG_TERM,
    )  # fmt: skip
