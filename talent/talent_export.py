"""The yearly answers about the pool of rural talents as rows of their roster."""

from core.periods import between
from talent import roster_export
from talent.actions import GONE
from talent.models import RuralTalent, TalentConfirmation
from talent.roster_export import masked


def confirmations(code, on):
    """Everybody in the pool of the division `code` on `on`, or said to be gone in that year; with the year's answer by then."""
    answers = TalentConfirmation.objects.below(code).filter(between(on.replace(month=1, day=1), on, "confirmed_on"))
    said = {answer.talent_id: answer for answer in answers.filter(year=on.year).order_by("pk")}
    gone = [pk for pk, answer in said.items() if not answer.is_here]
    there = RuralTalent.objects.below(code).in_pool(on).values("pk")
    found = RuralTalent.objects.filter(pk__in=there) | RuralTalent.objects.filter(pk__in=gone, end_reason=GONE)
    found = found.select_related("person", "village__township").order_by("village_id", "person__pinyin", "pk")
    return [_row(talent, said.get(talent.pk), on) | masked(talent.person, code) for talent in found]


def _row(talent, answer, on):
    return {
        "township": talent.village.township.name,
        "village": talent.village.name,
        "name": talent.person.name,
        "id_number": talent.person.id_number,
        "specialty": talent.specialty,
        "confirm_year": str(on.year),
        "still_here": ("仍在" if answer.is_here else "已不在") if answer else None,
        "confirmed_on": f"{answer.confirmed_on:%Y.%m.%d}" if answer else None,
        "remarks": answer.remarks if answer else None,
        "person_id": talent.person_id,
    }


def confirmation_choices(code, on):
    """Texts that cells of a list of answers may hold, by field."""
    return roster_export.place_choices(code, on) | {"still_here": ["仍在", "已不在"]}
