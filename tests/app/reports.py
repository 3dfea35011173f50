"""Every chart gives a sound report: readable by qpdf, fonts embedded, two pages at most, the patient's
identity on each page, and whose rules these are. The examples always; the synthetic charts where they are."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from runs import AS_OF, Checks, assess_json, examples, legwork, skip

for tool in ("qpdf", "pdffonts", "pdfinfo", "pdftotext"):
    if not shutil.which(tool):
        skip(f"{tool} is not there: install qpdf and poppler-utils")

checks = Checks()
data = pathlib.Path(sys.argv[2])
pack = assess_json(examples()[0])["pack"]
charts = examples() + sorted(data.glob("charts/*.json")) + sorted(data.glob("charts-xml/*.xml"))


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def check_pdf(pdf, name):
    code, said = output("qpdf", "--check", pdf)
    checks.check(code == 0, f"{name}: qpdf: {said}")

    _, fonts = output("pdffonts", pdf)
    rows = [re.findall(r"\b(yes|no)\b", line)[:3] for line in fonts.splitlines()[2:]]
    checks.check(rows and all(row == ["yes", "yes", "yes"] for row in rows), f"{name}: fonts: {fonts}")

    _, info = output("pdfinfo", pdf)
    pages = int(re.search(r"Pages:\s+(\d+)", info)[1])
    checks.check(1 <= pages <= 2, f"{name}: {pages} pages")
    # Whose rules these are, whole: a line break may part any two words, even a hyphened one.
    _, text = output("pdftotext", "-raw", pdf, "-")
    told = re.sub(r"\s", "", text)
    for attribute in pack["sourceAttributes"]:
        words = f"{attribute['name']}: {attribute['text']}"
        checks.check(re.sub(r"\s", "", words) in told, f"{name}: does not say {words!r}")
    checks.check(re.sub(r"\s", "", pack["disclaimer"]) in told, f"{name}: lacks the disclaimer")
    for page in range(1, pages + 1):
        _, text = output("pdftotext", "-f", str(page), "-l", str(page), pdf, "-")
        checks.check(f"Page {page} of {pages}" in text, f"{name}: page {page} does not say which it is")


with tempfile.TemporaryDirectory() as folder:
    for chart in charts:
        pdf = f"{folder}/report.pdf"
        run = legwork("report", chart, *AS_OF, "-o", pdf)
        checks.check(run.code == 0 and not run.err, f"{chart.name}: exit {run.code}: {run.err[:500]}")
        checks.no_leak(run, chart.name)
        if run.code == 0:
            check_pdf(pdf, chart.name)
checks.end()
