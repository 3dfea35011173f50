"""`legwork template check|preview|schema`, on the templates that are shipped and on broken ones."""
import pathlib
import shutil
import subprocess
import tempfile

from runs import ROOT, Checks, legwork

checks = Checks()
SHIPPED = sorted((ROOT / "templates").glob("*.xml"))

for path in SHIPPED:
    run = legwork("template", "check", path)
    checks.check(run.code == 0 and b"no faults" in run.out, f"{path.name}: {run.out} {run.err[:500]}")
    named = legwork("template", "check", path.stem)
    checks.check(named.code == 0, f"{path.stem} by name: {named.err[:500]}")

# The schema that is shipped is the one that the program prints, and it knows every template.
schema = legwork("template", "schema")
shipped = ROOT / "templates/template.xsd"
checks.check(schema.out.decode() == shipped.read_text(),
             "templates/template.xsd is old; run: legwork template schema > templates/template.xsd")
if shutil.which("xmllint"):
    for path in SHIPPED:
        run = subprocess.run(["xmllint", "--noout", "--schema", shipped, path], capture_output=True, text=True)
        checks.check(run.returncode == 0, f"{path.name} against the schema: {run.stderr[:500]}")

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    good = (ROOT / "templates/clinician.xml").read_text()

    def broken(name, text, *expected):
        path = folder / name
        path.write_text(text)
        for words in (["template", "check", path], ["template", "preview", path, "-o", folder / "never.pdf"],
                      ["report", ROOT / "examples/amlodipine-and-iron.json", "--template", path,
                       "-o", folder / "never.pdf"]):
            run = legwork(*words)
            checks.check(run.code == 3, f"{name}: exit {run.code}")
            for line in expected:
                checks.check(line in run.err, f"{name}: does not say {line!r}: {run.err[:500]}")
            checks.no_leak(run, name)
        checks.check(not (folder / "never.pdf").exists(), f"{name}: a report was written all the same")

    broken("empty.xml", "", "empty.xml:1: not well-formed XML")
    broken("cut.xml", good[:3000], "not well-formed XML")
    broken("faults.xml", good.replace('paper="A4"', 'paper="A5"').replace('<section id="basis"/>', ""),
           "faults.xml:4: paper 'A5' is not known", "section 'basis' is left out")
    if shutil.which("xmllint"):
        for old, new in (('id="notes"', 'id="note"'), ("<page>", '<page size="1">'), ('key="subject"', 'key="subjekt"')):
            (folder / "x.xml").write_text(good.replace(old, new))
            run = subprocess.run(["xmllint", "--noout", "--schema", shipped, folder / "x.xml"], capture_output=True)
            checks.check(run.returncode != 0, f"the schema takes {new}")

    # A hospital's own: letterhead, paper, order, words and sections.
    (folder / "own.xml").write_text(
        good.replace('name="legwork"', 'name="Northbridge Hospitals"').replace('paper="A4"', 'paper="Letter"')
        .replace('<section id="notes"/>', "<section><heading>Local pathway</heading><list>"
                 '<repeat over="workup" status="recommended"><item>{label}</item></repeat></list></section>'))
    for sample in ("amlodipine-and-iron", "nothing-on-file", "one-leg-sudden", "far-too-much", "restless-legs-and-veins"):
        out = folder / f"{sample}.pdf"
        run = legwork("template", "preview", folder / "own.xml", "--sample", sample, "-o", out)
        checks.check(run.code == 0, f"preview of {sample}: {run.err[:500]}")
        words = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True).stdout
        checks.check("Northbridge Hospitals" in words and "Local pathway" in words, f"preview of {sample}: own words")
        pages = subprocess.run(["pdfinfo", out], capture_output=True, text=True).stdout
        checks.check("612 x 792 pts (letter)" in pages, f"preview of {sample}: {pages}")

    # A logo: shown, and part of what `verify` compares. A picture that is missing or broken makes no report.
    logo = ROOT / "tests/fuzz/corpus/image/rgb.png"
    (folder / "logo.png").write_bytes(logo.read_bytes())
    with_logo = good.replace("<brand ", '<brand logo="logo.png" ')
    (folder / "logo.xml").write_text(with_logo)
    run = legwork("template", "preview", folder / "logo.xml", "-o", folder / "logo.pdf")
    checks.check(run.code == 0, f"logo: {run.err[:500]}")
    images = subprocess.run(["pdfimages", "-list", folder / "logo.pdf"], capture_output=True, text=True).stdout
    checks.check(len(images.splitlines()) == 3, f"logo: {images}")
    (folder / "leaflet.xml").write_text((ROOT / "templates/patient.xml").read_text().replace("<brand ", '<brand logo="logo.png" '))
    run = legwork("template", "preview", folder / "leaflet.xml", "-o", folder / "leaflet.pdf")
    checks.check(run.code == 0, f"logo for the patient: {run.err[:500]}")
    images = subprocess.run(["pdfimages", "-list", folder / "leaflet.pdf"], capture_output=True, text=True).stdout
    checks.check(len(images.splitlines()) == 3, f"logo for the patient: {images}")
    (folder / "logo.png").write_bytes(logo.read_bytes()[:50])
    broken("cut-logo.xml", with_logo, "logo.png")
    (folder / "logo.png").unlink()
    broken("no-logo.xml", with_logo, "logo.png")

    run = legwork("template", "preview", "clinician", "--sample", "nobody", "-o", folder / "never.pdf")
    checks.check(run.code == 2 and "nothing-on-file" in run.err, f"unknown sample: {run.code} {run.err}")
    run = legwork("template", "preview", "no-such-template", "-o", folder / "never.pdf")
    checks.check(run.code == 3, f"unknown template: {run.code} {run.err}")
checks.end()
