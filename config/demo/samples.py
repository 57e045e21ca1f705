"""Offers the demo's two workbooks on the upload page to whoever uploads rosters in the demo county."""

from config.demo import workbooks
from config.demo.places import COUNTY
from rosters.samples import Sample, register

DEFAULT_TOWNSHIP = "990121200"  # 青山乡, where a secretary's seat is vacant


def of_township(user):
    """The clerk's own township; the county's staff get the default one."""
    return user.division_id if len(user.division_id) == 9 else DEFAULT_TOWNSHIP


def offered_to(user):
    return user.division_id.startswith(COUNTY[0]) and user.has_perm("rosters.upload")


def register_all():
    register(
        Sample(
            "committee-first", "committee", "本乡镇“两委”花名册（有常见填写错误）",
            "和乡镇平时报来的表一样：大标题、两层表头、合并的村名，十来处常见错误，其余与库中一致。",
            lambda user: workbooks.first_month(of_township(user)), offered_to,
        )
    )  # fmt: skip
    register(
        Sample(
            "committee-second", "committee", "下个月的“两委”花名册（有三处变化）",
            "同一张表隔月再报：新任一人、一个电话、一处政治面貌有变化，其余不变。",
            lambda user: workbooks.second_month(of_township(user)), offered_to,
        )
    )  # fmt: skip
