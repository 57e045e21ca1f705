"""What every REST request goes through: tokens, permissions by role, cursor pages, problem+json in Chinese."""

import math
import re
import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from core.models import ApiToken, Quota

MALFORMED = {"field": "", "code": "malformed", "message": "请求正文不是有效的 JSON（UTF-8 编码）。"}
VERBS = {
    "GET": "view",
    "HEAD": "view",
    "OPTIONS": "view",
    "POST": "add",
    "PUT": "change",
    "PATCH": "change",
    "DELETE": "delete",
}
TITLES = {
    400: "提交的内容有问题",
    401: "请先提供有效的令牌",
    403: "没有这项权限",
    404: "没有找到",
    405: "这个地址不支持这种请求",
    406: "不支持这种返回格式",
    409: "与别处刚做的改动冲突，请重新读取后再试",
    415: "不支持这种内容格式，请用 application/json",
    429: "请求过于频繁，请稍后再试",
}
KEY = re.compile(r"[0-9]{1,18}")
LAST_USED_EVERY = timezone.timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Token xc_…`; the request acts as the token's account, within the token's division."""

    keyword = "Token"

    def authenticate(self, request):
        words = get_authorization_header(request).decode("latin-1").split()
        if not words or words[0].lower() != self.keyword.lower():
            return None
        token = ApiToken.objects.authenticate(words[1]) if len(words) == 2 else None
        if token is None:
            raise exceptions.AuthenticationFailed("令牌无效、已到期或已停用。")
        self.note_use(token)
        user = token.user
        user.division = token.division
        return user, token

    def note_use(self, token):
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > LAST_USED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)

    def authenticate_header(self, request):
        return self.keyword


class RolePermission(BasePermission):
    """The role's table decides; a read-only token never writes."""

    def has_permission(self, request, view):
        if not request.user.is_authenticated:
            return False
        if not hasattr(view, request.method.lower()):
            return True  # nobody may: answered by 405
        verb = getattr(view, "verbs", {}).get(getattr(view, "action", None)) or VERBS.get(request.method)
        if verb != "view" and isinstance(request.auth, ApiToken) and not request.auth.can_write:
            return False
        model = getattr(view, "model", None)
        if model is None:
            return "business" in request.user.role_data.sees
        return request.user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


class Refused(exceptions.APIException):
    """400 with the problems of a row: [{field, code, message}], all of them at once."""

    status_code = 400

    def __init__(self, problems):
        super().__init__()
        self.problems = [{"field": found.field, "code": found.code, "message": found.message} for found in problems]


class Conflict(exceptions.APIException):
    """409: another change came first, or it cannot be now; `words` say what, where there is more to say."""

    status_code = 409

    def __init__(self, words=""):
        super().__init__()
        self.words = words


class CallerThrottle(BaseThrottle):
    """So many requests a minute for each token and each signed-in account, counted in the database."""

    def allow_request(self, request, view):
        token = request.auth if isinstance(request.auth, ApiToken) else None
        caller = f"token {token.pk}" if token else f"user {request.user.pk}"
        return Quota.count(caller, int(time.time() // 60)) <= settings.API_REQUESTS_PER_MINUTE

    def wait(self):
        return 60 - time.time() % 60


class JSONBody(JSONParser):
    """JSON as it is; what nests too deep is malformed, not a fault of ours."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError() from None


class CursorPages(CursorPagination):
    """Keyset pages: as quick at the end of five million rows as at the start."""

    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "pk"
    invalid_cursor_message = "翻页标记无效，请从第一页重新开始。"

    def decode_cursor(self, request):
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not KEY.fullmatch(cursor.position):
            raise exceptions.NotFound(self.invalid_cursor_message)
        return cursor


def _errors(detail):
    """DRF's nested error detail as a flat list of {field, code, message}."""
    by_field = detail if isinstance(detail, dict) else {"": detail}
    return [
        {"field": field, "code": getattr(text, "code", "invalid"), "message": str(text)}
        for field, messages in by_field.items()
        for text in _texts(messages)
    ]


def _texts(messages):
    if isinstance(messages, dict):
        return [text for inner in messages.values() for text in _texts(inner)]
    if isinstance(messages, list | tuple):
        return [text for message in messages for text in _texts(message)]
    return [messages]


def problem(exc, context):
    """RFC 9457 problem+json for every error that a client can cause; others go on to Django."""
    from rest_framework.views import set_rollback  # importing views at the top would load these settings in a circle

    exc = _as_api_exception(exc)
    if not isinstance(exc, exceptions.APIException):
        return None
    set_rollback()
    status = exc.status_code
    body = {"type": "about:blank", "title": TITLES.get(status, "请求没有完成"), "status": status}
    if status == 400:
        malformed = isinstance(exc, exceptions.ParseError)
        body["errors"] = [MALFORMED] if malformed else getattr(exc, "problems", None) or _errors(exc.detail)
    elif status == 401 and isinstance(exc, exceptions.AuthenticationFailed):
        body["detail"] = "；".join(_texts(exc.detail))
    elif getattr(exc, "words", ""):
        body["detail"] = exc.words
    headers = {"WWW-Authenticate": exc.auth_header} if getattr(exc, "auth_header", None) else {}
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(math.ceil(exc.wait))
    return Response(body, status=status, headers=headers, content_type="application/problem+json")


def _as_api_exception(exc):
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        refused = exceptions.PermissionDenied()
        refused.words = str(exc)
        return refused
    if isinstance(exc, DjangoValidationError):
        return exceptions.ValidationError(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    return exc
