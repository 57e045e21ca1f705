"""The demo accounts; their passwords are made here, shown once on the terminal and kept nowhere in clear."""

import secrets

from django.db import transaction

from config.demo.places import COUNTY
from core import audit
from core.models import User

ACCOUNTS = (
    ("wang", "王组织员", "county_staff", COUNTY[0]),
    ("sun", "孙会计", "county_staff", COUNTY[0]),
    ("liulin", "李干事（柳林镇）", "township_clerk", "990121101"),
    ("qingshan", "陈干事（青山乡）", "township_clerk", "990121200"),
    ("zhang", "张部长", "leader", COUNTY[0]),
    ("shenji", "周审计", "auditor", COUNTY[0]),
    ("sysadmin", "系统管理员", "system_admin", COUNTY[0]),
    ("gongan", "公安局经办人", "reviewer", COUNTY[0]),
)
# No letters or digits that look alike.
LETTERS, CAPITALS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"


def new_password():
    """Three random groups such as kfwt-2849-QHRB: about 58 bits, easy to read from a screen and type."""
    groups = ("".join(secrets.choice(alphabet) for _ in range(4)) for alphabet in (LETTERS, DIGITS, CAPITALS))
    return "-".join(groups)


def create():
    """The saved accounts without usable passwords."""
    return {
        username: User.objects.create_user(username, name=name, role=role, division_id=code, must_change_password=False)
        for username, name, role, code in ACCOUNTS
    }


@transaction.atomic
def give_passwords():
    """New passwords for all demo accounts that exist: [(username, name, role label, password)]."""
    given = []
    for user in User.objects.below(COUNTY[0]).filter(username__in=[account[0] for account in ACCOUNTS]):
        password = new_password()
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record(by=None, verb="password", obj=user, about=f"{user.username}（演示账号）")
        given.append((user.username, user.name, user.role_data.label, password))
    order = [account[0] for account in ACCOUNTS]
    return sorted(given, key=lambda row: order.index(row[0]))
