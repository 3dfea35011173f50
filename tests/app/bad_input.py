"""Input that is damaged or hostile: exit 3, one message with where and why, in bounded time and memory."""
import json
import pathlib
import tempfile

from runs import AS_OF, ROOT, Checks, legwork

checks = Checks()
FOLDER = tempfile.TemporaryDirectory()
MEGABYTE = 1 << 20

PATIENT = {"resourceType": "Patient", "id": "p1", "name": [{"family": "Plumwhistle", "given": ["Eudora"]}]}
OTHER = {"resourceType": "Patient", "id": "p2", "name": [{"family": "Okafor"}]}


def bundle(*resources):
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in resources]}


def put(name, content):
    path = pathlib.Path(FOLDER.name, name)
    if isinstance(content, (dict, list)):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(name, content, says=""):
    path = put(name, content)
    run = legwork("assess", path, *AS_OF)
    checks.one_message(run, path, name)
    checks.check(says in run.err, f"{name}: does not say {says!r}: {run.err!r}")
    return run


# Not what it should be.
refused("empty.json", "")
refused("blank.json", " \n\t ")
refused("prose.json", "The patient, Eudora Plumwhistle, has heavy legs.")
refused("page.html.json", "<!DOCTYPE html><html><body>Plumwhistle</body></html>")
refused("binary.json", bytes(range(256)) * 8)
for name, value in [("number", 42), ("string", "Plumwhistle"), ("null", None), ("list", [1, 2, "Plumwhistle"]),
                    ("object", {"Plumwhistle": 1}), ("type-is-number", {"resourceType": 5}),
                    ("entry-is-text", {"resourceType": "Bundle", "entry": "Plumwhistle"}),
                    ("entries-are-text", {"resourceType": "Bundle", "entry": ["Plumwhistle"]}),
                    ("not-fhir", {"resourceType": "Invoice of Plumwhistle"})]:
    refused(f"{name}.json", json.dumps(value))
refused("not-fhir.xml", "<people><person>Plumwhistle</person></people>")

# Who it is about.
refused("no-patient.json", bundle({"resourceType": "Observation", "id": "o1", "status": "final"}), "Patient")
refused("two-patients.json", bundle(PATIENT, OTHER), "one patient's record at a time")
one, two = put("one.json", bundle(PATIENT)), put("two.json", bundle(OTHER))
run = legwork("assess", one, two, *AS_OF)
checks.one_message(run, FOLDER.name, "two patients in two files")
checks.check("one patient's record at a time" in run.err, f"two patients: no remedy: {run.err!r}")

# Cut short. Every byte is the fuzz targets' work; here is that the message reaches the user.
for example, step in [("nothing-on-file.json", 97), ("diabetic-neuropathy.xml", 1511)]:
    whole = (ROOT / "examples" / example).read_bytes().rstrip()
    for end in range(1, len(whole), step):
        refused(f"cut-{end}-{example}", whole[:end])

# Bytes that are no text.
refused("utf8-in-use.json", json.dumps(bundle(PATIENT)).encode().replace(b"Plumwhistle", b"Plum\xff\xfewhistle"))
refused("utf8-not-in-use.json", json.dumps(bundle({**PATIENT, "note": "X"})).encode().replace(b'"X"', b'"\xc3("'))
refused("utf8.xml", '<Patient xmlns="http://hl7.org/fhir"><id value="p1"/></Patient>'.encode().replace(b"p1", b"p\xff"))

# Made to hurt.
ALONE = legwork("--version").peak_mb  # sanitizers take most of it
DEEP = 1_000_000
for name, text in [("arrays.json", "[" * DEEP), ("closed-arrays.json", "[" * DEEP + "]" * DEEP),
                   ("objects.json", '{"a":' * DEEP)]:
    run = refused(name, text)
    checks.check(run.peak_mb < 400, f"{name}: {run.peak_mb:.0f} MB of memory")

# In an element that nobody asks about, depth is stepped over.
for name, text in [("arrays-in-patient.json", '{"resourceType":"Patient","id":"p","x":' + "[" * DEEP + "]" * DEEP + "}"),
                   ("elements.xml", '<Patient xmlns="http://hl7.org/fhir">' + "<a>" * DEEP + "</a>" * DEEP + "</Patient>")]:
    run = legwork("assess", put(name, text), *AS_OF)
    checks.check(run.code in (0, 3), f"{name}: exit {run.code}: {run.err[:300]!r}")
    checks.check(run.peak_mb < 400, f"{name}: {run.peak_mb:.0f} MB of memory")

entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
run = refused("bomb.xml", f'<?xml version="1.0"?><!DOCTYPE Patient [<!ENTITY a0 "Plumwhistle">{entities}]>'
              '<Patient xmlns="http://hl7.org/fhir"><name><family value="&a9;"/></name></Patient>')
checks.check(run.peak_mb < ALONE + 30, f"entity bomb: {run.peak_mb:.0f} MB of memory, {ALONE:.0f} of them for nothing")

# A string of 200 MB: no chart by itself; inside one it costs no more than reading it.
size = 200 * MEGABYTE
for name, before, after in [("huge.json", '"', '"'),
                            ("huge-in-patient.json", '{"resourceType":"Patient","id":"p1","x":"', '"}')]:
    path = pathlib.Path(FOLDER.name, name)
    with open(path, "wb") as file:
        file.write(before.encode())
        for _ in range(200):
            file.write(b"a" * MEGABYTE)
        file.write(after.encode())
    run = legwork("assess", path, *AS_OF)
    checks.no_leak(run, name)
    checks.check(run.code == (3 if name == "huge.json" else 0), f"{name}: exit {run.code}: {run.err[:300]!r}")
    checks.check(run.peak_mb < 4 * size / MEGABYTE, f"{name}: {run.peak_mb:.0f} MB of memory for {size / MEGABYTE:.0f}")
    path.unlink()

path = pathlib.Path(FOLDER.name, "too-large.json")
with open(path, "wb") as file:
    file.truncate((1 << 30) + 1)
run = legwork("assess", path, *AS_OF)
checks.one_message(run, path, "more than 1 GB")
checks.check(run.peak_mb < ALONE + 30, f"more than 1 GB: {run.peak_mb:.0f} MB of memory, {ALONE:.0f} of them for nothing")

# One unreadable resource: exit 1, it is listed by reference, the rest is used.
damaged = ROOT / "tests/cases/damaged/chart.json"
run = legwork("assess", damaged, "--format", "json", *AS_OF)
checks.check(run.code == 1, f"damaged resource: exit {run.code}")
checks.check(run.err.startswith("legwork: Observation/broken: "), f"damaged resource: {run.err!r}")
checks.no_leak(run, "damaged resource")
causes = {cause["id"]: cause["status"] for cause in json.loads(run.out)["causes"]}
checks.check(causes["calcium-channel-blocker"] == "supported", "the rest of a damaged chart is used")

FOLDER.cleanup()
checks.end()
