"""How the web server runs, for the demo and for production alike: gunicorn -c deploy/gunicorn.conf.py config.wsgi"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # loaded once, shared by the workers: half the start and much of the memory; so an upgrade restarts
timeout = 120  # a roster of 20,000 rows is read, checked and stored inside one request
graceful_timeout = 30  # a roster that is being stored may end before a restart
keepalive = 5
max_requests = 2000  # a worker is renewed now and then, so nothing grows for weeks
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # the heartbeat must not wait for a slow disk
loglevel = "warning"
accesslog = None  # the proxy keeps one; names searched for stand in addresses
control_socket_disable = True
