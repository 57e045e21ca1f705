"""How commands show the demo accounts."""

from core.management.output import table


def show_accounts(out, given):
    """The accounts with their new passwords, which are shown only this once."""
    out.write("\n演示账号（密码只在这里显示一次）：\n")
    for line in table(("登录名", "姓名", "角色", "密码"), given):
        out.write("  " + line)
    out.write("")
