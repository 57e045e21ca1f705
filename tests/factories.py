"""Small builders of rows: every argument has a default, what is not given is made."""

import datetime
import functools
import itertools

from django.contrib.auth.hashers import make_password

from awards.models import Award, AwardRound, AwardScheme, Nomination
from core.identity import id_check_digit
from core.models import User
from talent.models import (
    Appointment,
    Candidate,
    Education,
    ElectionBallot,
    ElectionRound,
    ElectionStep,
    ElectionStepDone,
    ElectionVillage,
    FormerIdNumber,
    HandoverItem,
    JointReviewDepartment,
    JointReviewItem,
    JointReviewMark,
    NotSamePerson,
    Person,
    ReserveCandidate,
    RuralTalent,
    Stationing,
)
from training.models import Course, DegreeStudy, Enrollment, TrainingSession
from villages.models import Division, DivisionName, Term, Village, VillageFigures, VillageLabel, VillageName

COUNTY = "990121"
OWN, NEIGHBOUR = "990121100", "990121101"  # two townships of it
OTHER_COUNTY = "990122"
PASSWORD = "Qingyuan-2024"
START = datetime.date(2021, 3, 31)

_serial = itertools.count(1)


def id_number(born=datetime.date(1980, 5, 6), sex="male", prefix="9901"):
    """A valid ID number that no other call returned."""
    serial = next(_serial)
    place, order = f"{prefix}{serial // 500 % 100:02d}", serial % 500 * 2 + (sex == "male")
    body = f"{place}{born:%Y%m%d}{order:03d}"
    return body + id_check_digit(body)


def division(code=OWN, name=""):
    """The division with this code."""
    return Division.objects.get_or_create(code=code, defaults={"name": name or f"区划{code}"})[0]


def village(code="990121100201", name="", **fields):
    """The village with this code, in the township that its code names."""
    found = Village.objects.filter(code=code).first()
    defaults = {"name": name or f"第{code[-3:]}村", "start": datetime.date(1949, 10, 1), "township": division(code[:9])}
    return found or Village.objects.create(code=code, **defaults | fields)


def village_in(township, number=201, **fields):
    return village(f"{township}{number:03d}", **fields)


@functools.cache
def _hashed(password):
    """Argon2 is slow on purpose; the accounts of the tests share one hash."""
    return make_password(password)


def user(role="county_staff", code=COUNTY, username="", password=PASSWORD, **fields):
    """An account that can sign in with PASSWORD."""
    fields = {"name": f"用户{next(_serial)}", "must_change_password": False} | fields
    account = User(username=username or f"{role}_{next(_serial)}", role=role, division=division(code), **fields)
    account.password = _hashed(password)
    account.save()
    return account


def token(account=None, days=30, **fields):
    """(token, secret text) of an account, by default a reading client of the county."""
    from django.utils import timezone

    from core.models import ApiToken

    return ApiToken.objects.issue(
        user=account or user("api_client"),
        name=fields.pop("name", "共享平台"),
        expires_at=timezone.now() + datetime.timedelta(days=days),
        **fields,
    )


def _village(fields):
    place = fields.pop("village", None) or village()
    return village(place) if isinstance(place, str) else place


def person(name="张建国", **fields):
    """A person with a valid ID number; `village` may be a code."""
    place, number = _village(fields), fields.pop("id_number", ...)
    found = Person(name=name, id_number=id_number() if number is ... else number, village=place, **fields)
    if found.id_number:
        found.take_from_id()
    found.save()
    return found


def _row(model, fields, **defaults):
    """A row of a model with a person and a village, the person being of that village unless given."""
    place = _village(fields) if "person" not in fields or "village" in fields else fields["person"].village
    someone = fields.pop("person", None) or person(village=place)
    return model.objects.create(person=someone, village=place, **defaults | fields)


def appointment(**fields):
    return _row(Appointment, fields, post="village_director", start=START, how="elected")


def reserve(**fields):
    return _row(ReserveCandidate, fields, target="other", start=START)


def stationing(**fields):
    return _row(Stationing, fields, role="first_secretary", start=START, dispatch_unit="县农业农村局")


def rural_talent(**fields):
    return _row(RuralTalent, fields, category="skill", specialty="竹编", start=START)


def degree_study(**fields):
    return _row(DegreeStudy, fields, target="junior_college", school="开放大学", start=START)


def education(**fields):
    fields.setdefault("person", None)
    someone = fields.pop("person") or person(village=_village(fields))
    return Education.objects.create(person=someone, **{"level": "junior_college"} | fields)


def former_id_number(**fields):
    fields["person"] = fields.get("person") or person()
    return FormerIdNumber.objects.create(**{"id_number": id_number()} | fields)


def not_same_person(**fields):
    """Two people told apart by a user of the county."""
    first = fields.pop("first", None) or person()
    second = fields.pop("second", None) or person(village=first.village)
    return NotSamePerson.objects.create(first=first, second=second, by=fields.pop("by", None) or user(), **fields)


def course(code=COUNTY, name="", **fields):
    return Course.objects.create(division=division(code), name=name or f"课程{next(_serial)}", **fields)


def session(code=COUNTY, **fields):
    defaults = {"name": "书记培训班", "number": next(_serial) % 30_000, "class_type": "secretary", "start": START, "end": START}
    return TrainingSession.objects.create(division=division(code), **defaults | fields)


def enrollment(**fields):
    fields["session"] = fields.get("session") or session()
    return _row(Enrollment, fields)


def award_scheme(code=COUNTY, name=""):
    return AwardScheme.objects.create(division=division(code), name=name or f"表彰{next(_serial)}")


def award(**fields):
    """An award to a person, or to the collective given."""
    fields["scheme"] = fields.get("scheme") or award_scheme()
    if "collective" in fields:
        return Award.objects.create(village=_village(fields), **{"year": 2024} | fields)
    return _row(Award, fields, year=2024)


def award_round(code=COUNTY, **fields):
    fields["scheme"] = fields.get("scheme") or award_scheme(code)
    return AwardRound.objects.create(**{"year": 2026} | fields)


def nomination(**fields):
    """A nomination of a person of the township, or of the collective given."""
    fields["round"] = fields.get("round") or award_round()
    if "collective" in fields:
        place = division(fields.pop("township", OWN))
        return Nomination.objects.create(township=place, nominee_type="collective", **fields)
    someone = fields.pop("person", None) or person(village=_village(fields))
    place = division(fields.pop("township", "") or someone.village_id[:9])
    return Nomination.objects.create(
        township=place, nominee_type="individual", person=someone, **{"village": someone.village} | fields
    )


def village_name(**fields):
    return VillageName.objects.create(
        village=_village(fields), **{"name": f"旧名{next(_serial)}", "until": START} | fields
    )


def division_name(code=OWN, **fields):
    return DivisionName.objects.create(
        division=division(code), **{"name": f"旧镇{next(_serial)}", "until": START} | fields
    )


def village_label(**fields):
    return VillageLabel.objects.create(village=_village(fields), **{"label": "weak", "start": START} | fields)


def village_figures(**fields):
    return VillageFigures.objects.create(village=_village(fields), **{"year": 2024, "population": 1200} | fields)


def term(code=COUNTY, name="", **fields):
    defaults = {"start": START}
    return Term.objects.create(division=division(code), name=name or f"第{next(_serial)}届", **defaults | fields)


def election_round(code=COUNTY, **fields):
    """A round of the division, to a new term of its own."""
    fields["incoming"] = fields.get("incoming") or term(code, start=datetime.date(2026, 1, 10))
    defaults = {"name": f"换届{next(_serial)}", "election_day": datetime.date(2026, 1, 10)}
    return ElectionRound.objects.create(
        division=division(code), **defaults | {"start": datetime.date(2025, 12, 1)} | fields
    )


def election_step(**fields):
    fields["round"] = fields.get("round") or election_round()
    return ElectionStep.objects.create(**{"title": f"步骤{next(_serial)}", "offset": -15} | fields)


def election_village(**fields):
    fields["round"] = fields.get("round") or election_round()
    place = _village(fields)
    return ElectionVillage.objects.create(village=place, **{"election_day": fields["round"].election_day} | fields)


def election_step_done(**fields):
    place = fields.pop("place", None) or election_village()
    step = fields.pop("step", None) or election_step(round=place.round)
    return ElectionStepDone.objects.create(place=place, step=step, **{"done_on": place.election_day} | fields)


def election_ballot(**fields):
    place = fields.pop("place", None) or election_village()
    counts = {"committee": "party", "held_on": place.election_day, "issued": 40, "returned": 38, "valid": 37}
    return ElectionBallot.objects.create(place=place, **counts | fields)


def handover_item(**fields):
    return HandoverItem.objects.create(
        place=fields.pop("place", None) or election_village(), **{"name": "印章"} | fields
    )


def candidate(**fields):
    fields["round"] = fields.get("round") or election_round()
    return _row(Candidate, fields, post="village_director", nominated_on=datetime.date(2025, 12, 10))


def review_department(code=COUNTY, **fields):
    fields["round"] = fields.get("round") or election_round(code)
    return JointReviewDepartment.objects.create(**{"name": "公安局"} | fields)


def review_item(code=COUNTY, **fields):
    fields["department"] = fields.get("department") or review_department(code)
    return JointReviewItem.objects.create(**{"title": "受过刑事处罚"} | fields)


def review_mark(**fields):
    fields["item"] = fields.get("item") or review_item()
    return _row(JointReviewMark, fields, result="clear", decided_on=datetime.date(2026, 1, 3))


def one_of_each(township):
    """{model: row} with one row of every business model in this township, on one person of a village of its own."""
    place = village_in(township)
    someone = person(name=f"李{township[-1]}某", village=place)
    in_village = {"person": someone, "village": place}
    return {
        Division: division(township),
        DivisionName: division_name(township),
        Village: place,
        VillageName: village_name(village=place),
        VillageLabel: village_label(village=place),
        VillageFigures: village_figures(village=place),
        Term: term(township),
        Person: someone,
        Education: education(person=someone),
        Appointment: appointment(**in_village),
        ReserveCandidate: reserve(**in_village),
        Stationing: stationing(**in_village),
        RuralTalent: rural_talent(**in_village),
        FormerIdNumber: former_id_number(person=someone),
        NotSamePerson: not_same_person(first=someone),
        ElectionRound: election_round(township),
        ElectionStep: election_step(round=election_round(township)),
        ElectionVillage: (polling := election_village(village=place)),
        ElectionStepDone: election_step_done(place=polling),
        ElectionBallot: election_ballot(place=polling, committee="supervision"),
        HandoverItem: handover_item(place=polling),
        Candidate: candidate(round=polling.round, **in_village),
        JointReviewDepartment: review_department(township),
        JointReviewItem: review_item(township),
        JointReviewMark: review_mark(**in_village),
        Course: course(township),
        TrainingSession: session(township),
        Enrollment: enrollment(session=session(COUNTY), **in_village),
        DegreeStudy: degree_study(**in_village),
        AwardScheme: award_scheme(township),
        Award: award(scheme=award_scheme(COUNTY), **in_village),
        AwardRound: award_round(township),
        Nomination: nomination(round=award_round(COUNTY), **in_village),
    }
