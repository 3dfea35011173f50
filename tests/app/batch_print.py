"""`legwork batch --archive --print-run`: the archive holds the reports that would have been files, and each ward's PDF
holds its patients' reports, the most urgent first, as whole and as accessible as they were alone."""
import collections
import csv
import json
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import batch_export as export
from runs import AS_OF, PLANTED, Checks, legwork

checks = Checks()
CHARTS = export.charts(24)
WARDS = ["Ward 3/A", "Ward 3:A", "Stroke Unit – Süd", ""]


def batch(folder, out, *args, code=0, what=""):
    run = legwork("batch", folder / "plain", "--out", folder / out, "--key", folder / "secret", *AS_OF, *args)
    checks.check(run.code == code, f"{what}: exit {run.code}, expected {code}: {run.err[-600:]}")
    checks.no_leak(run, what)
    named = [path for path in (folder / out).rglob("*") if any(word in path.as_posix() for word in PLANTED)]
    checks.check(not named, f"{what}: a file is called by a patient's data")
    return run, folder / out


def write_wards(folder):
    """By the Patient's id, by the medical record number, and one that puts somebody on two wards."""
    lists = {"patient": [], "identifier": []}
    for number, (patient, bundle) in enumerate(CHARTS.items()):
        ward = WARDS[number % len(WARDS)]
        resource = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient")
        resource["identifier"] = [{"type": {"text": "MRN"}, "value": f"N-{patient}"}]
        lists["patient"].append([patient, ward])
        lists["identifier"].append([f"N-{patient}", ward])
    lists["wrong"] = lists["patient"] + [["q0", "Ward 9"]]
    for name, rows in lists.items():
        with open(folder / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([["identifier" if name == "identifier" else "patient", "ward"], *rows])


def check_archive(files, out):
    reports = {path.relative_to(files / "reports").as_posix(): path.read_bytes() for path in files.glob("reports/*/*")}
    with zipfile.ZipFile(out / "reports.zip") as archive:
        checks.check({name: archive.read(name) for name in archive.namelist()} == reports,
                     "the archive does not hold what would have been files")
        days = {info.date_time for info in archive.infolist()}
        checks.check(len(days) == 1, f"the archive knows when it was made: {days}")
    if shutil.which("unzip"):
        checks.check(subprocess.run(["unzip", "-tq", out / "reports.zip"], capture_output=True).returncode == 0,
                     "unzip finds fault with the archive")
    checks.check(not (out / "reports").exists(), "with an archive no report is a file")
    same = ["assessments.ndjson", "documents.ndjson", "servicerequests.ndjson", "rejects.ndjson", "worklist.csv"]
    checks.check(all((files / name).read_bytes() == (out / name).read_bytes() for name in same),
                 "an archive changes what stands beside it")
    page = (out / "worklist.html").read_text()
    checks.check('href="reports/' not in page, "a link of the worklist leads nowhere")
    checks.check(all(name in page for name in reports), "the worklist does not say where in the archive a report is")


def rows_of(out):
    with open(out / "worklist.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def objects_of(pdf):
    run = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=none", pdf],
                         capture_output=True, check=True)
    everything = json.loads(run.stdout)
    return everything, {name.removeprefix("obj:"): one.get("value", one.get("stream"))
                        for name, one in everything["qpdf"][1].items()}


def words_of(pdf, *args):
    return subprocess.run(["pdftotext", *args, pdf, "-"], capture_output=True, text=True, check=True).stdout


def check_structure(what, objects):
    """Every page and link finds its own elements, and they it."""
    dictionaries = {name: one.get("dict", one) for name, one in objects.items() if isinstance(one, dict)}
    root = objects[objects["trailer"]["/Root"]]
    tree = objects[root["/StructTreeRoot"]]
    numbers = objects[tree["/ParentTree"]]["/Nums"]
    found = dict(zip(numbers[::2], numbers[1::2]))
    checks.check(list(found) == list(range(tree["/ParentTreeNextKey"])), f"{what}: numbers of content are not in turn")
    told = {one[key]: name for name, one in dictionaries.items() for key in ("/StructParents", "/StructParent")
            if key in one}
    checks.check(told.keys() == found.keys(), f"{what}: content does not find its structure")
    for number, name in told.items():
        elements = found[number] if isinstance(found[number], list) else [found[number]]
        for element in map(objects.get, elements):
            page = element.get("/Pg", name)
            checks.check(page == name or dictionaries[name].get("/Type") == "/Annot",
                         f"{what}: structure {number} is of another page")
    document = objects[tree["/K"]]
    checks.check(document["/S"] == "/Document" and all(objects[part]["/P"] == tree["/K"] for part in document["/K"]),
                 f"{what}: the reports are not parts of one document")
    links = [one for one in dictionaries.values() if one.get("/Subtype") == "/Link" and "/Dest" in one]
    pages = [name for name, one in dictionaries.items() if one.get("/Type") == "/Page"]
    checks.check(links and all(link["/Dest"][0] in pages for link in links), f"{what}: a link leads nowhere")


def check_fonts(what, objects):
    fonts = [one["data"] for one in objects.values()
             if isinstance(one, dict) and one.get("dict", {}).get("/Subtype") == "/CIDFontType0C"]
    checks.check(fonts and len(set(fonts)) == len(fonts), f"{what}: a font stands there more than once")


def check_ward(files, pdf, rows):
    what = f"print: {rows[0]['ward'] or 'no ward'}"
    everything, objects = objects_of(pdf)
    bookmarks = everything["outlines"]
    checks.check([one["title"] for one in bookmarks] == [f"{row['name']} · {row['identifier']}" for row in rows],
                 f"{what}: bookmarks are not the ward's patients, the most urgent first")
    checks.check(all(one["kids"] for one in bookmarks), f"{what}: the reports' own bookmarks are lost")
    first = [one["destpageposfrom1"] for one in bookmarks]
    checks.check(all(number % 2 == 1 for number in first), f"{what}: two patients on one sheet: {first}")
    labels = [label["label"] for label in everything["pagelabels"]]
    checks.check([label["/P"] for label in labels] == [f"u:{i + 1}-" for i in range(len(rows))],
                 f"{what}: labels of pages: {labels}")
    for at, row in zip(first, rows):
        alone = files / "reports" / row["report"][:2] / f"{row['report']}.pdf"
        for page in (0, 1):
            bound = words_of(pdf, "-f", str(at + page), "-l", str(at + page))
            checks.check(bound == words_of(alone, "-f", str(1 + page), "-l", str(1 + page)),
                         f"{what}: page {at + page} is not page {1 + page} of the report")
    check_structure(what, objects)
    check_fonts(what, objects)
    said = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    checks.check(said.returncode == 0, f"{what}: qpdf: {said.stdout[-300:]}{said.stderr[-300:]}")


def check_print(files, run):
    by_ward = collections.defaultdict(list)
    for row in rows_of(files):
        by_ward[row["ward"]].append(row)
    names = {"": "no ward.pdf", "Ward 3/A": "Ward 3_A.pdf", "Ward 3:A": "Ward 3_A (2).pdf",
             "Stroke Unit – Süd": "Stroke Unit – Süd.pdf"}
    checks.check(by_ward.keys() == names.keys(), f"wards: {by_ward.keys()}")
    checks.check({path.name for path in files.glob("print/*")} == set(names.values()), "print: not a file a ward")
    for ward, rows in by_ward.items():
        check_ward(files, files / "print" / names[ward], rows)
    told = json.loads((files / "manifest.json").read_text())["print"]
    checks.check(told == {"files": 4, "withoutWard": len(by_ward[""])}, f"manifest: {told}")
    checks.check(f"4 files in {files}/print; the ward of {len(by_ward[''])} patients is not known" in run.out.decode(),
                 f"the summary does not say what to print: {run.out.decode()}")


def check_same(folder, files):
    """Whatever the threads, the memory, the list's form, and where the reports go."""
    printed = export.tree(files / "print")
    whole = export.tree(folder / "archive")
    for number, (what, args) in enumerate({
            "4 jobs": ["--jobs", "4"], "tiny memory, 3 jobs": ["--memory", "40KB", "--jobs", "3"]}.items()):
        _, out = batch(folder, f"same{number}", "--archive", "--print-run", "--wards", folder / "patient.csv", *args,
                       what=what)
        checks.check(export.tree(out) == whole, f"{what}: not the same bytes")
    checks.check(export.tree(folder / "archive" / "print") == printed, "reports in an archive are bound otherwise")
    _, out = batch(folder, "numbers", "--print-run", "--wards", folder / "identifier.csv", what="by identifier")
    checks.check(export.tree(out / "print") == printed, "by identifier: other wards than by patient")


def stay(number, patient, ward):
    """An Encounter that still goes on, on a bed of that ward; of who is on none, one that is over."""
    return {"resourceType": "Encounter", "id": f"{patient}-stay", "status": "in-progress" if ward else "finished",
            "class": {"code": "IMP"}, "subject": {"reference": f"Patient/{patient}"},
            "location": [{"location": {"reference": f"Location/bed{number % len(WARDS)}"}}]}


def check_stays(folder, files):
    """Without a list, who lies where is as the export's Encounters and Locations say; nothing else changes."""
    stays = [stay(number, patient, WARDS[number % len(WARDS)]) for number, patient in enumerate(CHARTS)]
    places = []
    for number, ward in enumerate(WARDS):
        places += [{"resourceType": "Location", "id": f"bed{number}", "name": f"Bed {number}",
                    "physicalType": {"coding": [{"code": "bd"}]}, "partOf": {"reference": f"Location/ward{number}"}},
                   {"resourceType": "Location", "id": f"ward{number}", "name": ward or "Ward 9",
                    "physicalType": {"coding": [{"code": "wa"}]}}]
    for name, lines in {"Location": places, "Encounter": stays}.items():
        (folder / "plain" / f"{name}.ndjson").write_text("\n".join(map(json.dumps, lines)))
    _, out = batch(folder, "stays", "--print-run", what="stays")
    checks.check(export.tree(out / "print") == export.tree(files / "print"), "stays: other wards than by a list")
    checks.check((out / "assessments.ndjson").read_bytes() == (files / "assessments.ndjson").read_bytes(),
                 "stays: to read them changes assessments")
    checks.check(export.tree(out / "reports") == export.tree(files / "reports"), "stays: to read them changes reports")
    export.write_gzip(folder / "gz", folder / "plain")
    packed = legwork("batch", folder / "gz", "--out", folder / "unpacked", "--key", folder / "secret", *AS_OF,
                     "--print-run", "--jobs", "3")
    checks.check(packed.code == 0 and export.tree(folder / "unpacked") == export.tree(out),
                 f"stays, packed: not the same bytes: {packed.err}")
    charts = {patient: {"entry": chart["entry"] + [{"resource": stay} for stay in stays
                                                    if stay["subject"]["reference"] == f"Patient/{patient}"]}
              for patient, chart in CHARTS.items()}
    blocks = export.write_blocks(folder / "blocks", charts)
    (blocks / "Location.ndjson").write_text("\n".join(map(json.dumps, places)))
    by_patient = legwork("batch", blocks, "--out", folder / "by_patient", "--key", folder / "secret", *AS_OF,
                         "--print-run")
    checks.check(by_patient.code == 0 and (folder / "by_patient/print").is_dir() and
                 export.tree(folder / "by_patient/print").keys() == export.tree(out / "print").keys(),
                 f"stays, patient by patient: other wards: {by_patient.err}")


def check_refusals(folder):
    batch(folder, "refused", "--wards", folder / "patient.csv", code=2, what="wards that nobody prints")
    run, _ = batch(folder, "refused", "--print-run", "--wards", folder / "wrong.csv", code=42, what="on two wards")
    checks.check("wrong.csv:26" in run.err and "line 2" in run.err, f"on two wards: {run.err}")
    batch(folder, "refused", "--print-run", "--wards", folder / "none.csv", code=42, what="no list")


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    export.write_key(place)
    write_wards(place)
    export.write_plain(place / "plain", export.lines_by_type(CHARTS))
    first_run, with_files = batch(place, "files", "--print-run", "--wards", place / "patient.csv", what="files")
    _, with_archive = batch(place, "archive", "--archive", "--print-run", "--wards", place / "patient.csv",
                            what="an archive")
    check_archive(with_files, with_archive)
    check_print(with_files, first_run)
    check_same(place, with_files)
    check_stays(place, with_files)
    check_refusals(place)
checks.end()
