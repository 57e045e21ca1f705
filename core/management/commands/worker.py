"""manage.py worker: does the work that outlives a request. Any number may run, on any machine that reaches the database."""

import os
import signal

from django.core.management.base import BaseCommand

from core.jobs.worker import Worker

NICE = 5  # pages come before work in the background


class Command(BaseCommand):
    help = "后台程序：逐个处理排队的工作（读取名册、大批的入库和撤销）。可以同时开几个；收到 SIGTERM 后做完或交回手上的工作再退出。"

    def add_arguments(self, parser):
        parser.add_argument("--until-empty", action="store_true", help="没有排队的工作时就退出")
        parser.add_argument("--with-parent", action="store_true", help="启动它的程序不在了就退出")

    def handle(self, *, until_empty, with_parent, **options):
        os.nice(NICE)
        parent = os.getppid()
        worker = Worker(needed=(lambda: os.getppid() == parent) if with_parent else (lambda: True))
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, worker.stop)
        worker.run(until_empty)
