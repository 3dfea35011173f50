"""A long word of running text is divided where its line would be left short; who copies or searches the page finds the
word whole. Names are never divided."""
import pathlib
import re
import shutil
import subprocess
import tempfile

from pdf_text import Document, read
from runs import AS_OF, ROOT, Checks, legwork, skip

if not shutil.which("qpdf") or not shutil.which("pdftotext"):
    skip("qpdf or pdftotext is not there: install qpdf and poppler-utils")
if not pathlib.Path("/usr/share/hyphen/hyph_en_US.dic").exists():
    skip("no patterns of English: install hyphen-en-us")

WORD = "electroencephalographically"
TIMES = 4
EMPTY_SPAN = re.compile(rb"/ActualText\s*(?:\(\)|<>|<FEFF>|\(\\376\\377\)|\(\xfe\xff\))", re.I)

checks = Checks()
template = (ROOT / "templates" / "clinician.xml").read_text()
changed = re.sub(r'(<text key="red-flags\.not-excluded"[^>]*>).*?(</text>)', rf"\g<1>{' '.join([WORD] * TIMES)}\2", template, flags=re.S)
assert changed != template, "red-flags.not-excluded is no text of clinician.xml"


def divided(pdf):
    """How many words are divided: the second part of each is spelled as nothing."""
    document = Document(pdf)
    return sum(len(EMPTY_SPAN.findall(document.content(page))) for page in document.pages())


with tempfile.TemporaryDirectory() as folder:
    form, pdf = f"{folder}/form.xml", f"{folder}/report.pdf"
    pathlib.Path(form).write_text(changed)
    run = legwork("report", ROOT / "examples" / "amlodipine-and-iron.json", *AS_OF, "--template", form, "-o", pdf)
    checks.check(run.code == 0 and not run.err, f"exit {run.code}: {run.err[:300]}")
    if run.code == 0:
        checks.check(divided(pdf) > 0, "no word is divided")
        said = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
        own = "".join(text for text, _ in read(pdf))
        for reader, text in (("pdftotext", said), ("content", own)):
            checks.check(text.count(WORD) == TIMES, f"{reader} reads {WORD} {text.count(WORD)} times, not {TIMES}")
checks.end()
