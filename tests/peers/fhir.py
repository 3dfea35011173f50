#!/usr/bin/env python3
"""fhir.py LEGWORK: are exported packs and reports valid FHIR? HL7's own engine, as HAPI FHIR packs it, holds each
resource, what the server says of itself and proposes on its cards, and the report of every example, against R4, and the effects of drugs against R5; and must find what is wrong
with broken ones, or its yes would mean nothing."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from maven import class_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/app"))
from running import Server  # noqa: E402  (reads the program from sys.argv, as all of tests/app does)

PROJECT = ROOT / "tests/peers/fhir-validator"
PACKS = [ROOT / "packs/heavy-legs", ROOT / "tests/packs/cough"]

# What the engine cannot know: these terminologies are not in its jars.
EXPECTED = re.compile(r"references CodeSystem 'http://snomed\.info/sct' which has status 'not-present'|"
                      r"CodeSystem is unknown and can't be validated: http://loinc\.org for |"
                      r"Unable to expand ValueSet because CodeSystem could not be found: http://loinc\.org")

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".json", ".ndjson", ".xml"))

# What a chart's own entries could do better is not the report's business; what is wrong with them is.
COPIED = re.compile(r"^Bundle\.entry\[\d+\]\.resource/\*(?!Composition|Device|ServiceRequest|DocumentReference)")

# Drafts of orders and what a server says of itself are for programs: they have no narrative.
FOR_PROGRAMS = re.compile(r"^(card|served)-.*")

BROKEN = {
    "R4": {"resourceType": "ValueSet", "id": "not_an_id", "status": "drafty", "compose": {"include": [{}]}},
    "R5": {"resourceType": "ClinicalUseDefinition", "id": "broken", "undesirableEffect": {"effect": "edema"}},
}


def validate(jars, version, folder):
    """What the engine says: (file, severity, place, text), and the files that it looked at."""
    run = subprocess.run(["java", "-cp", jars, str(PROJECT / "Validate.java"), version, str(folder)],
                         capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"the validator failed:\n{run.stderr[-3000:]}")
    said = [tuple(line.split("\t")) for line in run.stdout.splitlines()]
    return ([message for message in said if message[1] != "checked"],
            {message[0] for message in said if message[1] == "checked"})


def export(legwork, work):
    """Writes every pack, and the small one as Bundles too, into a folder for each FHIR version."""
    for version in BROKEN:
        pathlib.Path(work, version).mkdir()
    for pack in PACKS:
        folder = pathlib.Path(work, pack.name)
        subprocess.run([legwork, "pack", "export", "--fhir", pack, "--out", folder], check=True)
        for file in list(folder.iterdir()):
            version = "R5" if file.name.startswith("ClinicalUseDefinition-") else "R4"
            file.rename(pathlib.Path(work, version, file.name))
    subprocess.run([legwork, "pack", "export", "--fhir", PACKS[-1], "-o", f"{work}/R4/Bundle.json",
                    "--r5", f"{work}/R5/Bundle.json"], check=True)
    for chart in EXAMPLES:
        subprocess.run([legwork, "report", chart, "--as-of", "2026-11-22", "--fhir",
                        "-o", f"{work}/R4/report-{chart.stem}.json"], check=True)


def served(legwork, folder):
    """What the server says of itself and refuses with, and what the cards of an example propose."""
    with Server() as server:
        for name, path in {"CapabilityStatement": "/fhir/metadata", "OperationDefinition": "/fhir/OperationDefinition/heavy-legs-report",
                           "OperationOutcome": "/nowhere"}.items():
            pathlib.Path(folder, f"served-{name}.json").write_bytes(server.ask("GET", path)[2])
    cards = json.loads(subprocess.run([legwork, "assess", EXAMPLES[0], "--as-of", "2026-11-22", "--format", "cards"], check=True,
                                      capture_output=True).stdout)["cards"]
    proposed = [action["resource"] for card in cards for suggestion in card.get("suggestions", []) for action in suggestion["actions"]]
    if not proposed:
        sys.exit(f"{EXAMPLES[0].name}: its cards propose nothing")
    for at, resource in enumerate(proposed):
        pathlib.Path(folder, f"card-{at}-{resource['resourceType']}.json").write_text(json.dumps(resource))


def main():
    legwork = pathlib.Path(sys.argv[1]).resolve()
    jars = class_path(PROJECT)
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as work:
        export(legwork, work)
        served(legwork, f"{work}/R4")
        for version, broken in BROKEN.items():
            folder = pathlib.Path(work, version)
            names = {file.name for file in folder.iterdir()}
            (folder / "broken.json").write_text(json.dumps(broken))

            messages, checked = validate(jars, version, folder)
            if not names or checked != names | {"broken.json"}:
                sys.exit(f"{version}: the validator did not look at every file")
            wrong = {file for file, severity, _, _ in messages if severity in ("error", "fatal")}
            if "broken.json" not in wrong:
                sys.exit(f"{version}: the validator finds nothing wrong with a broken resource")
            for file, severity, place, text in messages:
                copied = file.startswith("report-") and severity == "warning" and COPIED.search(place)
                bare = FOR_PROGRAMS.match(file) and "dom-6" in text
                if file != "broken.json" and severity != "information" and not copied and not bare and not EXPECTED.search(text):
                    print(f"{file}: {severity}: {place}: {text}")
            passed += len(names - wrong)
            failed += len(names & wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
