"""Finding the person that a form names: by name, pinyin or ID number, in the user's area."""

from django.core.exceptions import ValidationError

from core.scope import inside, scope_code
from core.text import person_name
from talent.models import Person
from training.needs import Member, members

MOST = 10


def named(user, text):
    """The only person of the user's area that the words fit. Raises ValidationError with what to write instead."""
    words = person_name(text)
    if not words:
        raise ValidationError("请填姓名或身份证号。")
    found = list(Person.objects.visible_to(user).search(words).select_related("village__township").order_by("pk")[:MOST])  # fmt: skip
    if not found:
        raise ValidationError("本辖区没有找到这个人，请核对姓名，或改填身份证号。")
    exact = [person for person in found if person.name == words]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) > 1:
        told = "、".join(f"{one.name}（{one.village.township.name}{one.village.name}）" for one in chosen)
        raise ValidationError(f"有几个人都对得上：{told}。请改填身份证号。")
    return chosen[0]


def member_of(user, on, person):
    """The Member that the person is on the date, with posts; of the managing village alone for anybody else.

    Raises ValidationError for somebody who is only seen here: nothing is written into another township's village."""
    known = members(user, on).get(person.pk)
    if known is None and not inside(person.village_id, scope_code(user)):
        raise ValidationError(f"{person.name}现在不在本辖区任职、后备或驻村，档案也不在本辖区，请由其所在乡镇办理。")
    return known or Member(person, person.village)
