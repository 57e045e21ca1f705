"""What every request gets: an id, the data date, no caching of personal pages, a forced change of a first password."""

import secrets
import time
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.urls import resolve

from core import requests
from core.dates import chosen_date

OPEN_WHILE_PASSWORD_IS_FIRST = {"password_change", "password_change_done", "logout", "login"}


class RequestContextMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        request.on = chosen_date(request)
        request.META["REMOTE_ADDR"] = address = requests.client_address(
            request.META
        )  # for the counting of failed sign-ins too
        token = requests.begin(requests.Served(request.id, address))
        try:
            response = self.get_response(request)
        finally:
            requests.finish(token)
        response["X-Request-Id"] = request.id
        # Also for a token's request, whose user this layer does not know (security.md E9).
        response.setdefault("Cache-Control", "no-store, private")
        return response


class NoNulMiddleware:
    """An address with a NUL in it is a mistake: PostgreSQL has no such text. REST says so itself, field by field."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = "" if request.path_info.startswith("/api/") else request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in asked:
            raise BadRequest("NUL")
        return self.get_response(request)


class OpenedMiddleware:
    """What only takes a form and is opened instead (after signing in anew, say) answers 405 with a page, not with nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != "GET" or response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


class PasswordChangeMiddleware:
    """Somebody with a password that an administrator set changes it before anything else (security.md A7)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.must_change_password:
            name = resolve(request.path_info).url_name
            return self.get_response(request) if name in OPEN_WHILE_PASSWORD_IS_FIRST else redirect("password_change")
        return self.get_response(request)


class SessionLifetimeMiddleware:
    """However busy, a session ends so many hours after it began (security.md B1)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("signed_in", now)
            if not 0 <= now - began <= settings.SESSION_LIFETIME:
                logout(request)
        return self.get_response(request)
