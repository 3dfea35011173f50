"""`legwork batch`: an export gives the same assessments in whatever form it comes, each report is that of
`legwork report`, every line and patient is accounted for, and nothing but the result holds patient data."""
import json
import pathlib
import sys
import tempfile

import batch_export as export
from runs import AS_OF, PLANTED, Checks, legwork

checks = Checks()
CHARTS = export.charts(24)
LINES = export.lines_by_type(CHARTS)


class Place:
    """Runs batch in a folder, with one secret, so that results can be compared."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.key = export.write_key(self.folder)
        self.count = 0

    def batch(self, source, *args, code=0, what=""):
        self.count += 1
        out = self.folder / f"out{self.count}"
        run = legwork("batch", source, "--out", out, "--key", self.key, *AS_OF, *args)
        checks.check(run.code == code, f"{what}: exit {run.code}, expected {code}: {run.err[-600:]}")
        checks.no_leak(run, what)
        named = [path for path in out.rglob("*") if any(word in path.as_posix() for word in PLANTED)]
        checks.check(not named, f"{what}: a file is called by a patient's data")
        rejects = (out / "rejects.ndjson")
        if rejects.exists():
            checks.check(not any(word in rejects.read_text() for word in PLANTED), f"{what}: patient data in rejects")
            manifest = json.loads((out / "manifest.json").read_text())
            checks.check(export.adds_up(manifest), f"{what}: the manifest does not add up: {manifest}")
        return out

    def write(self, name, lines, **files):
        """An export of the given lines by type, and of other files by name."""
        folder = export.write_plain(self.folder / name, lines)
        for file, text in files.items():
            (folder / file.replace("__", ".")).write_text(text)
        return folder


def manifest_of(out):
    return json.loads((out / "manifest.json").read_text())


def assessments(out):
    return {one["patient"]["reference"]: one
            for one in map(json.loads, (out / "assessments.ndjson").read_text().splitlines())}


def reasons(out):
    issues = [json.loads(line)["issue"][0] for line in (out / "rejects.ndjson").read_text().splitlines()]
    return {issue["expression"][0]: issue["diagnostics"] for issue in issues}


def check_forms(place):
    plain = export.write_plain(place.folder / "plain", LINES)
    first = place.batch(plain, "--jobs", "1", what="plain")
    whole = export.tree(first)
    counts = manifest_of(first)
    checks.check(counts["patients"] == {"seen": 24, "reported": 21, "notSymptomatic": 3, "rejected": 0, "unchanged": 0},
                 f"plain: {counts['patients']}")
    checks.check(counts["lines"]["read"] == sum(map(len, LINES.values())), f"plain: {counts['lines']}")
    checks.check(counts["lines"]["notNeeded"] >= 24, "claims are needed by no chart")
    checks.check(len(list(first.rglob("*.pdf"))) == 21, "a report for each who is symptomatic")
    checks.check(not (first / ".work").exists(), "what is needed only while running is taken away")

    for what, args in {"4 jobs": ["--jobs", "4"], "tiny memory": ["--memory", "40KB"],
                       "tiny memory, 4 jobs": ["--memory", "40KB", "--jobs", "4"]}.items():
        checks.check(export.tree(place.batch(plain, *args, what=what)) == whole, f"{what}: not the same bytes")
    forms = {"gzip": export.write_gzip(place.folder / "gz", plain),
             "zstd": export.write_zstd(place.folder / "zst", plain)}
    for what, folder in forms.items():
        if folder:
            checks.check(export.tree(place.batch(folder, what=what)) == whole, f"{what}: not the same bytes")
    bundles = place.batch(export.write_bundles(place.folder / "bundles", CHARTS), what="Bundles")
    checks.check(assessments(bundles) == assessments(first), "Bundles: not the same assessments")
    blocks = place.batch(export.write_blocks(place.folder / "blocks", CHARTS), what="blocks by patient")
    checks.check(assessments(blocks) == assessments(first), "blocks by patient: not the same assessments")
    everybody = place.batch(plain, "--all", what="--all")
    checks.check(len(assessments(everybody)) == 24, "--all: an assessment of everybody")
    checks.check(manifest_of(everybody)["patients"]["reported"] == 24, "--all reports on everybody")
    again = legwork("batch", plain, "--out", first, "--key", place.key, *AS_OF)
    checks.check(again.code == 42, f"a finished run is not written over: exit {again.code}")
    checks.check(export.tree(first) == whole, "a finished run is not written over")
    return plain, first


def check_each_report(place, out):
    """Each is what `legwork report` makes of the chart, where nothing of it was left out."""
    pdfs = {path.read_bytes() for path in out.rglob("*.pdf")}
    chart, report = place.folder / "chart.json", place.folder / "chart.pdf"
    made = assessments(out)
    compared = 0
    well = {f"Patient/{patient}" for patient in CHARTS} - made.keys()
    checks.check(well == {"Patient/q7", "Patient/q15", "Patient/q23"}, f"not assessed: {well}")
    for patient, bundle in list(CHARTS.items())[:7]:
        chart.write_text(json.dumps(bundle, ensure_ascii=False))
        alone = json.loads(legwork("assess", chart, "--format", "json", *AS_OF).out)
        together = made[f"Patient/{patient}"]
        same_count = alone["resources"]["read"] == together["resources"]["read"]
        alone["resources"]["read"] = together["resources"]["read"] = 0
        checks.check(alone == together, f"{patient}: assessed otherwise than alone")
        run = legwork("report", chart, "-o", report, *AS_OF)
        checks.check(run.code == 0, f"{patient}: report: {run.err}")
        if alone["complaint"]["status"] == "recorded" and same_count:
            compared += 1
            checks.check(report.read_bytes() in pdfs, f"{patient}: another report than alone")
    checks.check(compared >= 3, f"only {compared} reports could be compared")


def with_subject(line, subject, new_id):
    resource = json.loads(line)
    resource["subject"] = subject
    resource["id"] = new_id
    return json.dumps(resource)


def check_lines(place):
    """What cannot be used costs itself only, and is named."""
    bad = dict(LINES)
    observation = next(line for line in LINES["Observation"] if '"q0"' in line or "Patient/q0\"" in line)
    no_subject = json.loads(observation)
    del no_subject["subject"]
    bad["Observation"] = ["{\"resourceType\":\"Observation\",", json.dumps({**no_subject, "id": "lost"}), "", "\ufeff",
                          "\x00\xff", with_subject(observation, {"reference": "Group/g1"}, "group"),
                          *LINES["Observation"], "{\"resourceType\":\"Observation\",\"id\":\"torn"]
    folder = place.write("bad", bad, Empty__ndjson="", Broken__ndjson__gz="this is no gzip")
    out = place.batch(folder, code=1, what="bad lines")
    why = reasons(out)
    last = len(bad["Observation"])
    checks.check(why.get("Observation.ndjson:1") == "JSON is cut short", f"bad lines: {why}")
    checks.check(why.get("Observation.ndjson:2") == "does not say whom it is about", f"bad lines: {why}")
    checks.check("Observation.ndjson:4" in why and "Observation.ndjson:5" in why, f"bad lines: {why}")
    checks.check(why.get(f"Observation.ndjson:{last}") == "JSON is cut short", f"bad lines: {why}")
    checks.check("damaged" in why.get("Broken.ndjson.gz", ""), f"bad lines: {why}")
    checks.check(len(why) == 6 == manifest_of(out)["lines"]["rejected"], f"bad lines: {why}")
    checks.check("Observation/lost" in (out / "rejects.ndjson").read_text(), "a reject names its resource")
    checks.check(manifest_of(out)["patients"]["seen"] == 24, "a group is no patient")

    long = with_subject(observation, {"reference": "Patient/q0"}, "long")
    long = long[:-1] + ', "note": [{"text": "' + "x" * 100_000_000 + '"}]}'
    out = place.batch(place.write("long", {**LINES, "Observation": [long, *LINES["Observation"], long]}),
                      "--memory", "100KB", what="lines of 100 MB")
    checks.check(manifest_of(out)["lines"]["rejected"] == 0, "a line of 100 MB is read")
    checks.check(max(map(len, (out / "assessments.ndjson").read_text().splitlines())) < 1_000_000, "and not kept whole")

    orphans = {**LINES, "Patient": [line for line in LINES["Patient"] if '"q3"' not in line]}
    out = place.batch(place.write("orphans", orphans), code=1, what="no Patient")
    checks.check(manifest_of(out)["patients"]["rejected"] == 1, "results of nobody are of a rejected patient")
    checks.check("Patient/q3" in reasons(out), f"who is rejected is named: {reasons(out)}")


def check_references(place, first):
    """However a resource names its patient, it finds them."""
    forms = [lambda p: {"reference": f"https://ehr.example.org/fhir/Patient/{p}/_history/3"},
             lambda p: {"reference": f"urn:uuid:{p}"},
             lambda p: {"identifier": {"system": "urn:example:mrn", "value": f"MRN-{p}"}},
             lambda p: {"reference": f"Patient/{p}"}]
    lines = {"Patient": []}
    for line in LINES["Patient"]:
        patient = json.loads(line)
        patient.setdefault("identifier", []).append({"system": "urn:example:mrn", "value": f"MRN-{patient['id']}"})
        lines["Patient"].append(json.dumps(patient))
    for kind in ("Observation", "Condition"):
        lines[kind] = []
        for number, line in enumerate(LINES[kind]):
            resource = json.loads(line)
            resource["subject"] = forms[number % 4](resource["subject"]["reference"].split("/")[1])
            lines[kind].append(json.dumps(resource))
    lines = {**LINES, **lines}
    strangers = [{"resourceType": "Condition", "id": f"stranger-{n}", "subject": {"identifier": {"value": n}},
                  "code": json.loads(LINES["Condition"][0])["code"]} for n in ("nobody", "also nobody")]
    lines["Condition"] = [*lines["Condition"], *map(json.dumps, strangers)]
    folder = place.write("references", lines)
    out = place.batch(folder, code=1, what="references")
    why = reasons(out)
    checks.check(sorted(why.values()) == ["names its patient by an identifier that no patient has"] * 2, f"{why}")

    def known(some):
        return {who: [one["causes"], one["redFlags"], one["workup"]] for who, one in assessments(some).items()}
    checks.check(known(out) == known(first), "references: not the same findings")
    tiny = place.batch(folder, "--memory", "10KB", "--jobs", "4", code=1, what="references, tiny memory")
    checks.check(export.tree(tiny) == export.tree(out), "references, tiny memory: not the same bytes")


def check_export_manifest(place, first):
    gone = {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"request": {"method": "DELETE", "url": "Patient/q0"}},
        {"request": {"method": "DELETE", "url": "Condition/q1-heavy-legs"}}]}
    problem = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "processing"}]}
    told = {"resourceType": "OperationOutcome", "issue": [{"severity": "information", "code": "informational"}]}
    address = "https://ehr.example.org/bulk/1/"
    said = {"transactionTime": "2026-11-20T00:00:00Z", "requiresAccessToken": True,
            "output": [{"type": kind, "url": f"{address}{kind}.ndjson"} for kind in LINES],
            "deleted": [{"type": "Bundle", "url": f"{address}gone.ndjson"}], "error": []}
    folder = place.write("deleted", LINES, gone__ndjson=json.dumps(gone), manifest__json=json.dumps(said))
    out = place.batch(folder, what="deletions")
    checks.check(assessments(out).keys() == assessments(first).keys() - {"Patient/q0"}, "q0 was deleted")
    checks.check(manifest_of(out)["export"]["deletions"] == 2, f"{manifest_of(out)['export']}")

    said |= {"deleted": [], "error": [{"type": "OperationOutcome", "url": f"{address}err.ndjson"}]}
    folder = place.write("informed", LINES, err__ndjson=json.dumps(told), manifest__json=json.dumps(said))
    checks.check(manifest_of(place.batch(folder, what="told"))["export"]["problems"] == 0, "what is told is no problem")
    folder = place.write("errors", LINES, err__ndjson=json.dumps(problem), manifest__json=json.dumps(said))
    out = place.batch(folder, code=1, what="errors")
    checks.check(manifest_of(out)["export"]["problems"] == 1, "errors are counted")
    checks.check(manifest_of(out)["export"]["errorFiles"] == ["err.ndjson"], "errors are named")
    silent = [who for who, one in assessments(out).items() if "data may be missing" not in json.dumps(one)]
    checks.check(not silent, f"each assessment says that data may be missing, but for {silent}")

    said |= {"error": [], "outcome": [{"url": f"{address}err.ndjson"}], "manifestType": "bulk-export"}  # Bulk Data 4
    folder = place.write("outcome", LINES, err__ndjson=json.dumps(problem), manifest__json=json.dumps(said))
    checks.check(manifest_of(place.batch(folder, code=1, what="outcome"))["export"]["errorFiles"] == ["err.ndjson"],
                 "what Bulk Data 4 calls outcome is an error file, too")

    counted = {one["url"]: len(LINES[one["type"]]) for one in said["output"]}
    said |= {"outcome": [], "output": [one | {"count": counted[one["url"]]} for one in said["output"]]}
    folder = place.write("counted", LINES, manifest__json=json.dumps(said))
    checks.check(manifest_of(place.batch(folder, what="counts"))["export"]["shortFiles"] == [], "all lines are there")
    said["output"][0]["count"] += 1
    short = said["output"][0]["type"] + ".ndjson"
    folder = place.write("short", LINES, manifest__json=json.dumps(said))
    out = place.batch(folder, code=1, what="a short file")
    checks.check(manifest_of(out)["export"]["shortFiles"] == [short], "a file with too few lines is named")
    checks.check(all("data may be missing" in json.dumps(one) for one in assessments(out).values()),
                 "a file with too few lines: each assessment says that data may be missing")
    said["output"][0]["count"] -= 1

    said["output"].append({"type": "Procedure", "url": f"{address}Procedure_2.ndjson"})
    folder = place.write("missing", LINES, err__ndjson="", manifest__json=json.dumps(said))
    out = place.batch(folder, code=1, what="a missing file")
    checks.check(manifest_of(out)["export"]["missingFiles"] == ["Procedure_2.ndjson"], "a missing file is named")
    for name, more in {"asked": {"request": "https://ehr.example.org/Patient/$export?_since=2026-11-01T00:00:00Z"},
                       "fetched": {"since": "2026-11-01T00:00:00Z"}}.items():
        folder = place.write(name, LINES, manifest__json=json.dumps(said | more))
        place.batch(folder, code=42, what=f"what changed is no whole chart, {name}")
    folder = place.write("torn", LINES, manifest__json="{\"output\":")
    place.batch(folder, code=42, what="a torn manifest")


def check_since(place, first):
    """Who is as before is not reported again; who changed is, as by `legwork report --previous`."""
    changed = {who: json.loads(json.dumps(chart)) for who, chart in CHARTS.items()}
    new = {"resourceType": "Observation", "id": "q5-new", "status": "final", "effectiveDateTime": "2026-11-21",
           "subject": {"reference": "Patient/q5"}, "code": {"coding": [{"system": "http://loinc.org", "code": "2276-4"}]},
           "valueQuantity": {"value": 90, "unit": "ug/L", "system": "http://unitsofmeasure.org", "code": "ug/L"}}
    changed["q5"]["entry"].append({"resource": new})
    changed["q90"] = export.chart_of(export.SOURCES[4], "q90")
    folder = place.write("changed", export.lines_by_type(changed))
    out = place.batch(folder, "--since", first, what="--since")
    checks.check(manifest_of(out)["patients"] == {"seen": 25, "reported": 2, "notSymptomatic": 3, "rejected": 0,
                                                  "unchanged": 20}, f"--since: {manifest_of(out)['patients']}")
    checks.check(len(assessments(out)) == 22, "--since: who is unchanged is kept for the run after this")
    pdfs = {path.read_bytes() for path in out.rglob("*.pdf")}
    chart, previous, report = (place.folder / name for name in ("chart.json", "previous.json", "since.pdf"))
    chart.write_text(json.dumps(changed["q5"], ensure_ascii=False))
    previous.write_text(next(line for line in (first / "assessments.ndjson").read_text().splitlines()
                             if '"reference":"Patient/q5"' in line))
    run = legwork("report", chart, "--previous", previous, "-o", report, *AS_OF)
    checks.check(run.code == 0 and report.read_bytes() in pdfs, f"--since: another report than --previous: {run.err}")
    place.batch(folder, "--since", place.folder / "none", code=42, what="--since of no run")
    early = legwork("batch", folder, "--out", place.folder / "early", "--since", first, "--as-of", "2026-11-01")
    checks.check(early.code == 42, f"--since a later run: exit {early.code}")


with tempfile.TemporaryDirectory() as name:
    here = Place(name)
    _, result = check_forms(here)
    check_each_report(here, result)
    check_lines(here)
    check_references(here, result)
    check_export_manifest(here, result)
    check_since(here, result)
    here.batch(here.folder / "none", code=42, what="no export")
    if len(sys.argv) > 2 and pathlib.Path(sys.argv[2], "export").is_dir():
        real = here.batch(pathlib.Path(sys.argv[2], "export"), "--memory", "100KB", what="a real export")
        checks.check(manifest_of(real)["patients"]["seen"] == 120, "a real export has 120 patients")
        checks.check(manifest_of(real)["lines"]["read"] == 17541, "a real export: every line is read")
checks.end()
