#!/usr/bin/env python3
"""openapi.py LEGWORK: is `legwork serve` what its OpenAPI description says? Schemathesis makes requests from the
description, sound and unsound ones, and judges each answer by it. A description that tells less must be found wanting."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/app"))
from running import Server  # noqa: E402  (reads the program from sys.argv, as all of tests/app does)

PLACE = ROOT / "tests/peers/openapi"
WANTED = "schemathesis==4.32.5"
# Schemathesis cannot know which bodies are one patient's chart: what is refused as none is no fault.
EXCLUDED = "positive_data_acceptance"


def schemathesis():
    """PyPI gives it at the first run; it is found without the network from then on."""
    program = PLACE / "venv/bin/schemathesis"
    if not program.exists():
        venv.create(PLACE / "venv", with_pip=True)
        subprocess.run([PLACE / "venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", WANTED], check=True)
    return program


def judge(program, description, url, *more):
    return subprocess.run(
        [program, "run", description, "--url", url, "--checks", "all", "--exclude-checks", EXCLUDED, "--max-examples", "40",
         "--generation-deterministic", "--no-color", *more],
        capture_output=True, text=True, timeout=900, cwd=PLACE)


def main():
    program = schemathesis()
    described = json.loads((ROOT / "plugin/page/openapi.json").read_text())
    # What it makes up is many calls from one address, and no limit on calls is looked at here.
    with Server("[limits]\nrequests-per-minute = 1000000\n") as server, tempfile.TemporaryDirectory() as folder:
        served = json.loads(server.ask("GET", "/openapi.json")[2])
        if served != described:
            sys.exit("openapi.py: the server sends another description than plugin/page/openapi.json")
        whole = judge(program, ROOT / "plugin/page/openapi.json", server.url)
        if whole.returncode != 0:
            sys.exit(f"openapi.py: the server is not what its description says:\n{whole.stdout[-6000:]}{whole.stderr[-2000:]}")
        del described["paths"]["/fhir/metadata"]["get"]["responses"]["200"]
        less = pathlib.Path(folder, "less.json")
        less.write_text(json.dumps(described))
        broken = judge(program, less, server.url, "--include-path", "/fhir/metadata", "--phases", "fuzzing")
        if broken.returncode == 0 or "Undocumented" not in broken.stdout:
            sys.exit("openapi.py: a description that leaves an answer out was not found wanting")
    tested = re.search(r"\d+ generated", whole.stdout)[0]
    print(f"openapi.py: the server is what its description says ({tested})")


main()
