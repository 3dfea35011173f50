"""`legwork verify report.pdf CHART`: 0 for what the chart and the pack give, 1 with the reason for what they do
not, 3 for what legwork did not write; and never patient data in the answer."""
import pathlib
import shutil
import subprocess
import tempfile

from runs import AS_OF, PLANTED, ROOT, Checks, legwork

checks = Checks()
CHART = ROOT / "examples/amlodipine-and-iron.json"
OTHER = ROOT / "examples/restless-legs-and-veins.json"
ANSWERS = ROOT / "examples/answers/amlodipine-and-iron.json"

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    report = folder / "report.pdf"

    def make(*args, chart=CHART, env=None):
        run = legwork("report", chart, *AS_OF, "-o", report, *args, env=env)
        checks.check(run.code == 0, f"report {args}: exit {run.code}: {run.err[:300]}")
        return report.read_bytes()

    def verify(code, says, *args, chart=CHART, file=None, env=None):
        run = legwork("verify", file or report, chart, *args, env=env)
        told = run.out.decode() + run.err
        checks.check(run.code == code, f"{says!r}: exit {run.code}, expected {code}: {told[:500]}")
        checks.check(says in told, f"does not say {says!r}: {told[:500]}")
        checks.check(not any(word in told for word in [*PLANTED, "Mae"]), f"{says!r}: patient data")
        return told

    # What it is.
    pdf = make()
    verify(0, "is what this chart and this pack give")
    make("--onset", "2026-10-15", "--answers", ANSWERS)
    verify(0, "is what this chart and this pack give", "--answers", ANSWERS)
    verify(1, "answers beside the chart; give the same with --answers")
    earlier = folder / "earlier.json"
    earlier.write_bytes(legwork("assess", CHART, "--format", "json", "--as-of", "2026-11-01").out)
    make("--previous", earlier)
    verify(0, "is what this chart and this pack give", "--previous", earlier)
    told = verify(1, "an earlier assessment; give the same with --previous")
    checks.check("the assessment is the same" in told, f"does not say what is the same: {told}")

    # A damaged chart gives the same report again.
    make_damaged = legwork("report", ROOT / "tests/cases/damaged/chart.json", *AS_OF, "-o", report)
    checks.check(make_damaged.code == 1, f"damaged chart: exit {make_damaged.code}")
    verify(0, "is what this chart and this pack give", chart=ROOT / "tests/cases/damaged/chart.json")

    # One byte, wherever it is.
    report.write_bytes(pdf)
    changed = folder / "changed.pdf"
    seal = pdf.find(b"<legwork:fileDigest>") + 20
    places = [0, 7, 100, pdf.find(b"/Producer") + 15, len(pdf) // 3, len(pdf) // 2, pdf.find(b"legwork.example.org"),
              pdf.find(b"<legwork:asOf>") + 2, pdf.find(b"<legwork:asOf>") + 14, pdf.find(b"<legwork:packDigest>") + 30,
              seal, seal + 63, len(pdf) - 3]
    for place in places:
        changed.write_bytes(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1:])
        verify(1, "the file was changed after it was written", file=changed)
    for content in (pdf + b"\n", pdf[:-1], pdf[:len(pdf) // 2], pdf[:2000]):
        changed.write_bytes(content)
        verify(1, "the file was changed after it was written", file=changed)
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--object-streams=generate", report, changed], check=True)
        verify(1, "the file was changed after it was written", file=changed)

    # Another chart, another version of it, another pack, another template.
    told = verify(1, "the chart gives another assessment now", chart=OTHER)
    checks.check("was changed after" not in told, f"another chart: the file is called changed: {told}")
    later = folder / "later.json"
    later.write_text(CHART.read_text().replace("amlodipine", "lisinopril").replace("Amlodipine", "Lisinopril"))
    verify(1, "the chart gives another assessment now", chart=later)

    data = folder / "data"
    for part in ("packs", "templates"):
        shutil.copytree(ROOT / part, data / part)
    about = data / "packs/heavy-legs/pack.xml"
    here = about.read_text()
    version = here.split('version="', 2)[-1].split('"')[0]
    env = {"LEGWORK_DATA": str(data)}
    about.write_text(here.replace(f'version="{version}"', 'version="0.0.9"'))
    verify(1, f"it was made with pack heavy-legs {version}, and here is heavy-legs 0.0.9", env=env)
    verify(0, "is what this chart and this pack give", "--pack", ROOT / "packs/heavy-legs", env=env)
    about.write_text(here + "<!-- -->\n")
    told = verify(1, "too, but of other files", env=env)
    checks.check("the assessment is the same" in told, f"a comment in the pack changes the assessment: {told}")
    about.write_text(here)

    own = folder / "ward.xml"
    own.write_text((ROOT / "templates/clinician.xml").read_text().replace("#0B5563", "#3B2A63"))
    told = verify(1, "it was made with another template", "--template", own)
    checks.check("the assessment is the same" in told, f"another template: {told}")
    make("--template", own)
    verify(1, "a template of its own, ward.xml; give it with --template")
    verify(0, "is what this chart and this pack give", "--template", own)

    # What is no report of legwork.
    foreign = folder / "foreign.pdf"
    contents = [b"", b"%PDF-1.4\n%%EOF\n", CHART.read_bytes(), b"\x00" * 4096,
                b"%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [] /Count 0>>"
                b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"]
    if shutil.which("qpdf"):
        subprocess.run(["qpdf", "--empty", foreign], check=True)
        contents.append(foreign.read_bytes())
    for content in contents:
        foreign.write_bytes(content)
        verify(3, "is not a report that legwork wrote", file=foreign)
    verify(3, "is not there", file=folder / "none.pdf")
    report.write_bytes(pdf)
    verify(3, "is not there", chart=folder / "none.json")
    checks.check(legwork("verify", report).code == 2, "verify without a chart is taken")
    checks.check(legwork("verify", report, CHART, "--as-of", "2026-11-22").code == 2, "verify takes another day")
checks.end()
