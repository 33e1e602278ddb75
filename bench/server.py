"""The server under measurement: started on a free port of 127.0.0.1, asked, weighed, stopped."""

import http.client
import json
import os
import subprocess
import threading

# Of databases that hold nobody, on 127.0.0.1.
SECRET = "this key signs what a benchmark does and nothing else"
PASSWORD = "seven lorries carry otters"


class Server:
    """A server on the database in `folder`, or at `url`. More settings as environment variables."""

    verb = "serve"

    def __init__(self, program, folder, url="", **settings):
        os.makedirs(folder, exist_ok=True)
        self.program = os.path.realpath(program)
        self.folder = folder
        self.password = PASSWORD
        self.environment = {
            "DATABASE_URL": url,
            "HOST": "127.0.0.1",
            "PORT": "0",
            "DATA_DIR": os.path.realpath(folder),
            "JWT_SECRET": SECRET,
            "ADMIN_PASSWORD": self.password,
            "RATE_LIMIT": "off",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "warn",
            "ACCESS_TOKEN_TTL": "86400",
            **settings,
        }

    def command(self, *arguments, **options):
        """A command of the program on the same database, to its end."""
        return subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=self.environment, check=True, **options
        )

    def __enter__(self):
        log = open(os.path.join(self.folder, "log"), "a")
        command = [self.program, self.verb]
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        told = self.process.stdout.readline().split()
        if not told:
            raise SystemExit(f"the server did not start; {log.name} says why")
        self.address = told[-1].removeprefix("http://")
        self.connections = threading.local()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, method, path, body=None, token=None):
        """The status and the document of an answer."""
        heads = {"Content-Type": "application/json"}
        if token:
            heads["Authorization"] = f"Bearer {token}"
        if not hasattr(self.connections, "one"):
            self.connections.one = http.client.HTTPConnection(self.address, timeout=600)
        self.connections.one.request(method, path, json.dumps(body) if body is not None else None, heads)
        answer = self.connections.one.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def sign_in(self, name="admin", password=None):
        """An access token."""
        account = {"username": name, "password": password or self.password}
        status, document = self.ask("POST", "/api/auth/login", account)
        if status != 200:
            raise SystemExit(f"sign-in: {status} {document}")
        return document["access_token"]

    def cpu_seconds(self):
        """What it has used of the processors so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def mebibytes(self):
        """Its share of the memory (PSS)."""
        with open(f"/proc/{self.process.pid}/smaps_rollup") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
