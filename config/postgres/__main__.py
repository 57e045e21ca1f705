"""`python -m config.postgres start|stop|status`."""

import sys

from config.postgres import DATA_DIR, ensure, running, stop, url

NOT_RUNNING = "内置数据库没有在运行。"


def main(arguments: list[str]) -> None:
    match arguments:
        case ["start"]:
            print(ensure(DATA_DIR))
        case ["stop"]:
            print("内置数据库已停止。" if stop(DATA_DIR) else NOT_RUNNING)
        case ["status"] if running(DATA_DIR):
            print(f"内置数据库正在运行：{url(DATA_DIR)}")
        case ["status"]:
            print(NOT_RUNNING)
            sys.exit(3)
        case _:
            sys.exit("用法：python -m config.postgres start|stop|status")


main(sys.argv[1:])
