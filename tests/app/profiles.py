"""Each profile of a report is a sound file with the same words; archive+data holds the very assessment, form a box for
each question that stands on the page."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from runs import AS_OF, Checks, ROOT, assess_json, legwork, skip

for tool in ("pdfdetach", "pdftotext", "qpdf"):
    if not shutil.which(tool):
        skip(f"{tool} is not there: install qpdf and poppler-utils")

checks = Checks()
chart = ROOT / "examples/restless-legs-and-veins.json"
assessment = assess_json(chart)


def report(folder, profile):
    file = pathlib.Path(folder, "report.pdf")
    run = legwork("report", chart, *AS_OF, "--profile", profile, "-o", file)
    checks.check(run.code == 0 and not run.err, f"{profile}: exit {run.code}: {run.err[:500]}")
    sound = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True)
    checks.check(sound.returncode == 0, f"{profile}: qpdf: {sound.stdout}{sound.stderr}")
    return file


def words(file):
    return subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout


with tempfile.TemporaryDirectory() as folder:
    archive = report(folder, "archive").read_bytes()
    said = words(report(folder, "archive"))
    legwork("report", chart, *AS_OF, "-o", f"{folder}/default.pdf")
    checks.check(pathlib.Path(folder, "default.pdf").read_bytes() == archive, "archive is not what no --profile gives")

    file = report(folder, "archive+data")
    checks.check(words(file) == said, "archive+data says something else")
    subprocess.run(["pdfdetach", "-saveall", "-o", folder, file], check=True, capture_output=True)
    attached = pathlib.Path(folder, "assessment.json").read_bytes()
    printed = legwork("assess", chart, *AS_OF, "--format", "json").out
    checks.check(attached + b"\n" == printed, "the attached assessment is not what legwork assess prints")
    checks.check(json.loads(attached) == assessment, "the attached assessment is not the assessment")

    file = report(folder, "form")
    checks.check(words(file) == said, "form says something else")
    listed = subprocess.run(["qpdf", "--json=2", "--json-key=acroform", file], capture_output=True, check=True).stdout
    fields = json.loads(listed)["acroform"]["fields"]
    names = [field["fullname"] for field in fields]
    known = {f"question-{question['id']}": question["text"] for question in assessment["questions"]}
    known |= {f"red-flag-{flag['id']}": None for flag in assessment["redFlags"]}
    checks.check(len(names) > 3 and len(set(names)) == len(names), f"fields without a name of their own: {names}")
    for field in fields:
        name, tip = field["fullname"], field["alternativename"]
        checks.check(name in known, f"{name} is no question and no red flag")
        checks.check(tip == (known.get(name) or tip) and tip, f"{name}: the tooltip is {tip!r}")
        checks.check(field["ischeckbox"] and field["value"] == "/Off", f"{name} is not an empty check box")

run = legwork("report", chart, "--profile", "poster", "-o", "/dev/null")
checks.check(run.code == 2 and re.search(r"archive\+data", run.err), f"--profile poster: {run.code} {run.err}")
checks.end()
