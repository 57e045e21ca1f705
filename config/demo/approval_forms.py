"""Appointment forms of the secretaries of the first villages: what the ledger does not keep, and their families."""

import random

from config.demo.county import day
from talent import actions, lrmx
from talent.models import Appointment, Person, Post

SEED = "approval forms"
DAY = day(2026, 11, 20)
FORMS = 12
PLACES = ("本县", "邻县", "省城")
GIVEN = ("秀英", "桂兰", "建国", "玉梅", "志明", "小红", "文强", "丽华")
WORK = ("本村村民", "县实验小学教师", "镇卫生院护士", "在外务工", "退休", "在校学生")


def fill(county):
    """A form for the secretary of each of the first villages; one of them is proposed for a post in the township."""
    rng = random.Random(SEED)
    serving = Person.objects.filter(appointments__in=_secretaries())
    for number, person in enumerate(serving.order_by("village_id", "pk")[:FORMS]):
        texts = {
            "birth_place": rng.choice(PLACES),
            "health": "健康",
            "technical_post": "",
            "expertise": rng.choice(("村级财务", "茶叶种植", "基层治理")),
        }
        if number == 0:
            texts |= {
                "proposed_post": f"{person.village.township.name}党委委员",
                "reason": "工作需要，拟从优秀村党组织书记中选拔。",
            }
        actions.keep_approval_form(person, lrmx.Filled(texts, _family(rng, person)), by=county.by)


def _secretaries():
    return Appointment.objects.serving(DAY).filter(post=Post.PARTY_SECRETARY)


def _family(rng, person):
    born = person.birth_date.year
    return [
        {
            "title": title, "name": f"{person.name[0] if same else '林'}{rng.choice(GIVEN)}", "born": f"{born + years}{rng.randint(1, 12):02}",
            "political_status": rng.choice(("群众", "中共党员")), "post": rng.choice(WORK),
        }
        for title, same, years in (("父亲", True, -25), ("妻子" if person.sex == "male" else "丈夫", False, 1), ("女儿", True, 26))
    ]  # fmt: skip
