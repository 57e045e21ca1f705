"""Log lines that stay one line and name the request."""

import logging

from core import requests

CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029) if code not in (9,)}


class OneLine(logging.Formatter):
    """`time level logger [request] message`, with every control character written out (security.md D8)."""

    default_time_format = "%Y-%m-%dT%H:%M:%S%z"

    def format(self, record):
        return super().format(record).translate(CONTROL)

    def formatMessage(self, record):
        request = requests.current()
        return f"{self.formatTime(record, self.default_time_format)} {record.levelname} {record.name} [{request.id if request else '-'}] {record.message}"
