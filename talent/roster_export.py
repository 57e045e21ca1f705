"""What is kept, as rows of a roster: for export and for the template's drop-downs."""

from collections import defaultdict

from core.scope import inside
from talent.models import Appointment, Education, EducationLevel, EducationMode, PoliticalStatus, Post, Sex
from talent.models.appointment import VILLAGE_POSTS
from talent.roster_apply import words
from talent.roster_apply.people import plain_texts
from villages.models import Village

# Words that every roster understands; the labels of the choices are wider (村（居）委会主任, 中专（中技）).
LEVELS = {**dict(EducationLevel.choices), EducationLevel.SECONDARY_VOCATIONAL.value: "中专"}
LEVEL_FIELDS = {EducationMode.FULL_TIME: "education_full_time", EducationMode.ON_JOB: "education_on_job"}


def post_word(post, kind):
    """The post as it is called in a 村 or in a 社区."""
    return Post(post).label.replace("村（居）委会", "居委会" if kind == Village.Kind.COMMUNITY else "村委会")


def committee(code, on):
    """The teams of the division `code` as they stood on `on`: a row per person and village, in order of rank.

    The numbers of people whose file is kept outside the division stay masked, as on their page."""
    seats = Appointment.objects.below(code).serving(on).select_related("person", "village__township")
    held = defaultdict(list)
    for seat in seats.order_by("village_id", "pk"):
        held[seat.village_id, seat.person_id].append(seat)
    people = {seats[0].person_id for seats in held.values()}
    educations = _educations(people, on)
    rows = [_row(seats, educations[seats[0].person_id]) | _masked(seats[0].person, code) for seats in held.values()]
    return sorted(rows, key=lambda row: row["order"])


def _masked(person, code):
    if inside(person.village_id, code):
        return {}
    return {"id_number": person.id_masked, "phone": person.phone_masked}


def _educations(people, on):
    found = defaultdict(list)
    for education in Education.objects.filter(person_id__in=people).completed(on).order_by("-rank", "pk"):
        found[education.person_id].append(education)
    return found


def _row(seats, educations):
    person, village = seats[0].person, seats[0].village
    codes = {seat.post for seat in seats}
    first = min(list(Post).index(code) for code in codes)
    return {
        "order": (village.code, first, person.pk),
        "person_id": person.pk,
        "township": village.township.name,
        "village": village.name,
        **{name: getattr(person, name) for name in plain_texts()},
        "sex": Sex(person.sex).label if person.sex else None,
        "birth_date": words.month(person.archive_birth_date)
        or (f"{person.birth_date:%Y.%m}" if person.birth_date else None),
        "id_number": person.id_number,
        "political_status": words.political(person.political_status),
        "party_joined": words.month(person.party_joined),
        **_levels(educations),
        "posts": "、".join(post_word(post, village.kind) for post in Post if post.value in codes),
        "start_date": words.month(max(seat.start for seat in seats)),
        "phone": person.phone,
    }


def _levels(educations):
    """Both modes where one is known, and the highest level."""
    found = {"education": LEVELS[educations[0].level] if educations else None}
    for education in educations:
        field = LEVEL_FIELDS.get(education.mode)
        if field:
            found.setdefault(field, LEVELS[education.level])
    return found


def choices(code, on):
    """Texts that a cell may hold, by field; the villages are those of the division."""
    villages = Village.objects.below(code).existing(on).select_related("township").order_by("code")
    return {
        "township": list(dict.fromkeys(village.township.name for village in villages)),
        "village": list(dict.fromkeys(village.name for village in villages)),
        "sex": Sex.labels,
        "political_status": PoliticalStatus.labels,
        "education": list(LEVELS.values()),
        "posts": list(dict.fromkeys(post_word(post, kind) for post in VILLAGE_POSTS for kind in Village.Kind)),
    }
