"""System checks that speak when an installation is set up wrongly."""

import os

from django.conf import settings
from django.core import checks
from django.db import connections

LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}
SHORTEST_KEY = 32  # characters; the keys made at first start have 64


@checks.register(checks.Tags.security)
def debug_is_for_laptops(app_configs, **kwargs):
    if settings.DEBUG and not set(settings.ALLOWED_HOSTS) <= LOCAL:
        return [
            checks.Error(
                "DEBUG 已打开，而 ALLOWED_HOSTS 里有本机以外的地址：出错页会把配置和数据显示给所有人。",
                hint="去掉环境变量 DEBUG。",
                id="xiangcai.E001",
            )
        ]
    return []


@checks.register(checks.Tags.security)
def hosts_are_named(app_configs, **kwargs):
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        return [
            checks.Error(
                "ALLOWED_HOSTS 里有通配的地址。",
                hint="逐个写出本系统的域名或 IP，用逗号隔开。",
                id="xiangcai.E002",
            )
        ]
    return []


@checks.register(checks.Tags.security)
def keys_are_keys(app_configs, **kwargs):
    names = ("SECRET_KEY", "FIELD_KEY", "INDEX_KEY")
    keys = {name: getattr(settings, name) for name in names}
    short = [name for name, key in keys.items() if len(key) < SHORTEST_KEY]
    found = []
    if short:
        found.append(
            checks.Error(
                f"密钥太短：{'、'.join(short)}，至少 {SHORTEST_KEY} 个字符。",
                hint="用 python -c 'import secrets; print(secrets.token_urlsafe(32))' 生成。",
                id="xiangcai.E003",
            )
        )
    if len(set(keys.values())) < len(names):
        found.append(checks.Error("SECRET_KEY、FIELD_KEY、INDEX_KEY 不能相同。", id="xiangcai.E004"))
    return found


@checks.register(checks.Tags.database)
def role_is_plain(app_configs, databases=None, **kwargs):
    """A superuser could switch the audit log's triggers off. The embedded server has no other role: laptops only."""
    if "default" not in (databases or ()) or not os.environ.get("DATABASE_URL"):
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return []
    return [
        checks.Warning(
            "数据库账号是超级用户，它能绕过操作日志“只增不改”的限制。",
            hint="为本系统另建普通数据库账号，写进 DATABASE_URL。",
            id="xiangcai.W001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def https_is_on(app_configs, **kwargs):
    if settings.HTTPS:
        return []
    return [
        checks.Warning(
            "没有打开 HTTPS：密码和个人信息会明文经过网络。",
            hint="在反向代理上配置证书，并设环境变量 HTTPS=1。",
            id="xiangcai.W002",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def proxies_are_named(app_configs, **kwargs):
    if not settings.HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        checks.Warning(
            "没有写明反向代理的地址：操作日志里人人都是代理的地址，按地址计的锁定也不起作用。",
            hint="设环境变量 TRUSTED_PROXIES，写反向代理的地址，如 127.0.0.1。",
            id="xiangcai.W003",
        )
    ]
