#!/usr/bin/env python3
"""fhir.py LEGWORK: are exported packs valid FHIR? HL7's own engine, as HAPI FHIR packs it, holds each resource against
R4, and the effects of drugs against R5; and must find what is wrong with two broken ones, or its yes would mean nothing."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

from maven import class_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROJECT = ROOT / "tests/peers/fhir-validator"
PACKS = [ROOT / "packs/heavy-legs", ROOT / "tests/packs/cough"]

# What the engine cannot know: these terminologies are not in its jars.
EXPECTED = re.compile(r"references CodeSystem 'http://snomed\.info/sct' which has status 'not-present'|"
                      r"CodeSystem is unknown and can't be validated: http://loinc\.org for ")

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


def main():
    legwork = pathlib.Path(sys.argv[1]).resolve()
    jars = class_path(PROJECT)
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as work:
        export(legwork, work)
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
                if file != "broken.json" and severity != "information" and not EXPECTED.search(text):
                    print(f"{file}: {severity}: {place}: {text}")
            passed += len(names - wrong)
            failed += len(names & wrong)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
