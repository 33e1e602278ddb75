"""Prints an access token of the administrator; the password stands in ADMIN_PASSWORD."""

import json
import os
import sys
import urllib.request

body = json.dumps({"username": "admin", "password": os.environ["ADMIN_PASSWORD"]}).encode()
request = urllib.request.Request(
    sys.argv[1] + "/api/auth/login", data=body, headers={"Content-Type": "application/json"}
)
with urllib.request.urlopen(request, timeout=30) as answer:
    print(json.load(answer)["access_token"])
