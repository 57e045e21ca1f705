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
    Education,
    FormerIdNumber,
    NotSamePerson,
    Person,
    ReserveCandidate,
    RuralTalent,
    Stationing,
)
from training import models as training
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
    defaults = {"name": "书记培训班", "number": next(_serial), "class_type": "secretary", "start": START, "end": START}
    return TrainingSession.objects.create(division=division(code), **defaults | fields)


def enrollment(**fields):
    fields["session"] = fields.get("session") or session()
    return _row(Enrollment, fields)


def topic(code=COUNTY, name=""):
    return training.Topic.objects.create(division=division(code), name=name or f"专题{next(_serial)}")


def topic_requirement(**fields):
    fields["topic"] = fields.get("topic") or topic()
    return training.TopicRequirement.objects.create(**{"group": "committee", "every_years": 3, "start": START} | fields)


def training_wish(**fields):
    fields["topic"] = fields.get("topic") or topic()
    return _row(training.TrainingWish, fields, year=2026)


def training_plan(code=COUNTY, **fields):
    return training.TrainingPlan.objects.create(division=division(code), **{"year": 2026} | fields)


def plan_line(**fields):
    fields["plan"] = fields.get("plan") or training_plan(year=2000 + next(_serial) % 100)
    defaults = {"name": f"班次{next(_serial)}", "class_type": "secretary", "people": 50, "month": 3}
    return training.PlanLine.objects.create(**defaults | fields)


def teacher(code=COUNTY, name="", **fields):
    return training.Teacher.objects.create(division=division(code), name=name or f"教师{next(_serial)}", **fields)


def partner_college(code=COUNTY, name="", **fields):
    name = name or f"学院{next(_serial)}"
    return training.PartnerCollege.objects.create(division=division(code), name=name, **{"start": START} | fields)


def major(**fields):
    fields["college"] = fields.get("college") or partner_college()
    return training.Major.objects.create(**{"name": f"专业{next(_serial)}", "target": "junior_college"} | fields)


def attendance(**fields):
    fields["enrollment"] = fields.get("enrollment") or enrollment()
    return training.Attendance.objects.create(**{"date": START, "half": "am"} | fields)


def course_feedback(**fields):
    fields["session"] = fields.get("session") or session()
    fields["course"] = fields.get("course") or course()
    return training.CourseFeedback.objects.create(**{"five": 3} | fields)


def certificate(**fields):
    fields["enrollment"] = fields.get("enrollment") or enrollment()
    number = f"{COUNTY}-2026-{next(_serial):06d}"
    return training.Certificate.objects.create(
        **{"number": number, "check_code": "ABCD2345EFGH", "issued_on": START} | fields
    )


def study_term(**fields):
    fields["study"] = fields.get("study") or degree_study()
    return training.StudyTerm.objects.create(**{"year": 2025, "season": "2"} | fields)


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


def _of_training(township, in_village):
    attended, studied = enrollment(session=session(COUNTY), **in_village), degree_study(**in_village)
    wanted, planned, partner = topic(township), training_plan(township), partner_college(township)
    return {
        Enrollment: attended,
        DegreeStudy: studied,
        training.StudyTerm: study_term(study=studied),
        training.Attendance: attendance(enrollment=attended),
        training.Certificate: certificate(enrollment=attended),
        training.Topic: wanted,
        training.TopicRequirement: topic_requirement(topic=wanted, end=START),
        training.TrainingWish: training_wish(topic=wanted, **in_village),
        training.TrainingPlan: planned,
        training.PlanLine: plan_line(plan=planned),
        training.Teacher: teacher(township),
        training.CourseFeedback: course_feedback(session=session(township), course=course(township)),
        training.PartnerCollege: partner,
        training.Major: major(college=partner),
    }


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
        Course: course(township),
        TrainingSession: session(township),
        **_of_training(township, in_village),
        AwardScheme: award_scheme(township),
        Award: award(scheme=award_scheme(COUNTY), **in_village),
        AwardRound: award_round(township),
        Nomination: nomination(round=award_round(COUNTY), **in_village),
    }
