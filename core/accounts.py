"""Signing in and out, locks, and how accounts and tokens come to be: each with its audit line."""

import hashlib
import secrets
import string
import time

from axes.utils import reset as forget_failures
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from core import audit, requests, tries
from core.models import ApiToken, User
from core.scope import inside

# One text for a wrong password and for a missing, disabled or locked account (security.md A9).
REFUSED = "登录名或密码不对，或账号暂时锁定。连续 5 次不对锁定 30 分钟，也可请系统管理员处理。"
SIGN_IN = "s"  # what is tried, for core/tries.py
PASSWORD_CHARACTERS = {
    string.ascii_lowercase.replace("l", ""): 8,
    string.ascii_uppercase.replace("I", "").replace("O", ""): 4,
    string.digits.replace("0", "").replace("1", ""): 4,
}


def _one_at_a_time(username):
    """Hold a lock on this login name until the transaction ends, so that parallel tries are counted one by one."""
    key = int.from_bytes(hashlib.sha256(username.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


@transaction.atomic
def check_password(request, username, password):
    """The account that may sign in with this name and password, or None. Failures are counted and written down."""
    from_here = _tries_of_address()
    if from_here and from_here.refused():
        make_password(password)  # as long as a look at the account takes
        return None
    _one_at_a_time(username)
    user = authenticate(request, username=username, password=password)
    locked = getattr(request, "axes_locked_out", False)
    request.axes_locked_out = False  # or axes answers with a page of its own, which tells a lock from a mistake
    if user is None:
        if getattr(request, "axes_failures_since_start", None) is None:
            make_password(password)  # it was not looked at: take as long as if it had been
        account = User.objects.filter(username=username).first()
        # What was typed as a name that does not exist may be a password; it is not written down.
        audit.record(
            by=account,
            verb="locked" if locked else "login_failed",
            about=username if account else "没有这个账号",
        )
        if from_here and from_here.wrong():
            audit.record(by=None, verb="locked", about="同一地址登录失败过多")
    return user


def _tries_of_address():
    """The tries of the address being served; None for this machine's own, which is everybody's behind a proxy nobody named."""
    served = requests.current()
    return tries.Tries(SIGN_IN) if served and not requests.is_loopback(served.address) else None


@transaction.atomic
def sign_in(request, user):
    """Begin a session of `user`, whose password was checked."""
    login(request, user, backend="core.auth.RoleBackend")
    request.session["signed_in"] = int(time.time())
    audit.record(by=user, verb="login")


def sign_out(request):
    """End the session on the server."""
    if request.user.is_authenticated:
        audit.record(by=request.user, verb="logout")
    logout(request)


@transaction.atomic
def unlock(username, *, by=None):
    """Forget the failed tries on an account; the number of addresses they came from."""
    user = User.objects.get(username=username)
    audit.record(by=by, verb="unlock", obj=user)
    return forget_failures(username=username)


@transaction.atomic
def unlock_address(address, *, by=None):
    """Forget the failed tries that came from an address; False if none are counted."""
    found = tries.forget(SIGN_IN, address)
    if found:
        audit.record(by=by, verb="unlock", about=f"地址 {address}")
    return bool(found)


def first_password():
    """A random password of three classes without look-alike characters, to be changed at first use."""
    picked = [secrets.choice(kind) for kind, count in PASSWORD_CHARACTERS.items() for _ in range(count)]
    secrets.SystemRandom().shuffle(picked)
    return "".join(picked)


@transaction.atomic
def create_account(*, username, name, role, division, by=None):
    """A new account and its first password, which is kept nowhere and must be changed. Returns (user, password)."""
    password = first_password()
    user = User.objects.create_user(username, password, name=name, role=role, division=division)
    audit.record(by=by, verb="create", obj=user, after=audit.snapshot(user))
    return user, password


@transaction.atomic
def issue_token(*, user, name, expires_at, can_write=False, division=None, by=None):
    """A new API token of `user`, for its division or one below; returns (token, secret text shown once)."""
    division = division or user.division
    if not inside(division.code, user.division_id):
        raise ValidationError("令牌的数据范围不能超出账号所属区划。")
    token, text = ApiToken.objects.issue(
        user=user, name=name, expires_at=expires_at, can_write=can_write, division=division
    )
    audit.record(by=by, verb="token", obj=token, after=audit.snapshot(token))
    return token, text


@transaction.atomic
def revoke_token(token, *, at, by=None):
    """Stop a token for good; a second time changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(by=by, verb="revoke", obj=token, after={"revoked_at": at})
    return token
