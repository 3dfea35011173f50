#!/usr/bin/env python3
"""verapdf.py LEGWORK FOLDER…: are reports what they claim to be? veraPDF holds the report of every example, as each
profile and on both papers, reports bound to be printed, and the PDFs in the folders, against PDF/A (1a, or 3a) and
PDF/UA-1; and must find what is wrong with a broken one, or its yes would mean nothing."""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from maven import class_path

ROOT = pathlib.Path(__file__).resolve().parents[2]
AS_OF = "2026-11-22"
FLAVOURS = {"archive": ["1a", "ua1"], "form": ["1a", "ua1"], "archive+data": ["3a", "ua1"]}

# What is taken from a sound file, and the flavours that must miss it. As long as before: places in the file stay.
BREAKS = {b"/Marked true": (b"/Marked null", ["1a", "3a", "ua1"]),
          b"/DisplayDocTitle true": (b"/DisplayDocTitle null", ["ua1"]),
          b"/AFRelationship ": (b"/AFRelationshop ", ["3a"])}


def make_reports(legwork, folder):
    """Every example as each profile and on both papers: which file is which profile."""
    clinician = (ROOT / "templates/clinician.xml").read_text()
    made = {}
    for paper in ("A4", "Letter"):
        template = folder / f"{paper}.xml"
        template.write_text(re.sub(r'paper="\w+"', f'paper="{paper}"', clinician, count=1))
        for chart in sorted((ROOT / "examples").iterdir()):
            if chart.suffix not in (".json", ".ndjson", ".xml"):
                continue
            for profile in FLAVOURS:
                file = folder / f"{chart.stem}, {paper}, {profile}.pdf"
                subprocess.run([legwork, "report", chart, "--as-of", AS_OF, "--template", template,
                                "--profile", profile, "-o", file], check=True)
                made[file] = profile
    for layout in ("compact", "patient", "patient.es"):
        for profile in FLAVOURS:
            file = folder / f"{layout}, {profile}.pdf"
            subprocess.run([legwork, "report", ROOT / "examples/restless-legs-and-veins.json", "--as-of", AS_OF,
                            "--template", layout, "--profile", profile, "-o", file], check=True)
            made[file] = profile
    return made


def bind_reports(legwork, folder):
    """The reports of an export, bound to be printed."""
    subprocess.run([legwork, "batch", ROOT / "examples/export", "--out", folder / "batch", "--as-of", AS_OF, "--all",
                    "--print-run"], check=True, stdout=subprocess.DEVNULL)
    return {file: "archive" for file in (folder / "batch/print").glob("*.pdf")}


def claimed_profile(file):
    """Of a PDF that the tests have left behind, what it says it is."""
    pdf = file.read_bytes()
    return "archive+data" if b"<pdfaid:part>3" in pdf else "form" if b"/AcroForm" in pdf else "archive"


def break_some(made, folder):
    """A broken copy of one report for each fault and profile, and the flavours that must find it."""
    broken = {}
    for profile in FLAVOURS:
        pdf = next(file for file, of in made.items() if of == profile).read_bytes()
        for number, (sound, (fault, flavours)) in enumerate(BREAKS.items()):
            file = folder / f"broken {profile} {number}.pdf"
            file.write_bytes(pdf.replace(sound, fault))
            broken[file] = [flavour for flavour in FLAVOURS[profile] if flavour in flavours]
    return broken


def validate(jars, flavour, files):
    """What veraPDF finds, from one run of Java: for each file a list of faults."""
    run = subprocess.run(["java", "-cp", jars, "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", flavour,
                          "--format", "xml", *map(str, files)], capture_output=True, text=True)
    try:
        jobs = ElementTree.fromstring(run.stdout).iter("job")
    except ElementTree.ParseError:
        sys.exit(f"veraPDF failed:\n{run.stderr[-3000:]}")
    found = {}
    for job in jobs:
        report = job.find("validationReport")
        faults = [] if report is not None else ["it could not be read"]
        for rule in job.iter("rule"):
            for check in rule.iter("check"):
                faults.append(f"{rule.get('specification')}, {rule.get('clause')}, test {rule.get('testNumber')}: "
                              f"{check.findtext('errorMessage') or rule.findtext('description')}\n"
                              f"    {check.findtext('context')}")
        if report is not None and (report.get("isCompliant") == "true") != (not faults):
            faults.append("veraPDF does not say why")
        found[pathlib.Path(job.findtext("item/name"))] = faults
    if set(found) != set(files):
        sys.exit("veraPDF did not look at every file")
    return found


def main():
    legwork = pathlib.Path(sys.argv[1]).resolve()
    jars = class_path(ROOT / "tests/peers/verapdf")
    passed, failed = 0, 0
    with tempfile.TemporaryDirectory() as work:
        made = make_reports(legwork, pathlib.Path(work))
        bound = bind_reports(legwork, pathlib.Path(work))
        made |= bound
        for folder in sys.argv[2:]:
            made |= {file.resolve(): claimed_profile(file) for file in sorted(pathlib.Path(folder).rglob("*.pdf"))}
        broken = break_some(made, pathlib.Path(work))
        for flavour in ("1a", "3a", "ua1"):
            sound = [file for file, profile in made.items() if flavour in FLAVOURS[profile]]
            faulty = [file for file, flavours in broken.items() if flavour in flavours]
            for file, faults in validate(jars, flavour, sound + faulty).items():
                if file in broken:
                    if not faults:
                        sys.exit(f"{flavour}: veraPDF finds nothing wrong with a broken file: {file.name}")
                    continue
                passed += not faults
                failed += bool(faults)
                for fault in faults:
                    print(f"{file.name}: {flavour}: {fault}")
    if not bound:
        sys.exit("nothing was bound")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
