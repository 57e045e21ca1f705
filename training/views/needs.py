"""谁缺什么: person × missing topic, with the reason for each; by township, group and topic; as Excel."""

from collections import Counter

from django.shortcuts import render

from core.text import row_key
from core.views.access import business_page
from core.views.figures import asked_division, townships
from core.views.pages import page_of
from rosters import listing
from training import evidence
from training.evidence import reviewed, told
from training.models import TargetGroup, Topic, TopicRequirement
from training.needs import members, needs

KINDS = (*evidence.KINDS, ("review", "研判教育帮带"))
HEADINGS = (
    ("乡镇", 14), ("村", 14), ("姓名", 10), ("职务", 28), ("缺的专题", 24), ("上次参加", 12), ("原因", 44), ("届中研判（教育帮带）", 60)
)  # fmt: skip


@business_page
def needs_page(request):
    code, asked = asked_division(request), _asked(request)
    people = members(request.user, request.on, code)
    found = needs(request.user, request.on, code, people)
    chosen = [one for one in found if _fits(one, **asked)]
    if request.GET.get("excel"):
        return _excel(request, chosen)
    topics = Counter(one.topic for one in chosen)
    context = {
        "code": code or "", "asked": asked, "townships": townships(request.user), "groups": TargetGroup.choices,
        "topics": Topic.objects.visible_to(request.user), "kinds": KINDS, "by_topic": topics.most_common(),
        "people": len({one.member.person.pk for one in chosen}), "total": len(chosen),
        "requirements": _requirements(request), "guided": _guided(request, people, asked["group"]), "can_set": request.user.has_perm("training.add_topicrequirement"),
        **page_of(request, chosen),
    }  # fmt: skip
    return render(request, "training/needs.html", context)


def _requirements(request):
    return TopicRequirement.objects.visible_to(request.user).required(request.on).select_related("topic")


def _asked(request):
    asked = {name: request.GET.get(name, "") for name in ("group", "topic", "kind")}
    asked["topic"] = row_key(asked["topic"]) or ""
    return asked


def _fits(one, group, topic, kind):
    if group and group not in one.member.groups:
        return False
    if topic and one.topic.pk != topic:
        return False
    return not kind or kind in _kinds(one)


def _kinds(one):
    return one.kinds | ({"review"} if one.review else set())


def _guided(request, people, group):
    """[(member, its review, what it says)] of everybody for whom the review asks for 教育帮带, lacking a topic or not."""
    reviews = reviewed(request.user, request.on, people)
    chosen = [people[key] for key in reviews if not group or group in people[key].groups]
    chosen.sort(key=lambda one: (one.village.code, one.person.pinyin, one.person.pk))
    return [(one, reviews[one.person.pk], told(reviews[one.person.pk])) for one in chosen]


def _excel(request, chosen):
    lines = [
        (one.member.village.township.name, one.member.village.name, one.member.person.name, one.member.post,
         one.topic.name, f"{one.last}" if one.last else "", one.reason, told(one.review) if one.review else "")
        for one in chosen
    ]  # fmt: skip
    title = f"{request.user.division.name}培训缺项名单"
    content = listing.workbook(title, HEADINGS, lines, by=request.user.name, told=f"时点 {request.on}")
    return listing.download(content, f"{title}.xlsx")
