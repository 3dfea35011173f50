"""Pages look as they did: rendered small and gray, held against pictures in tests/golden with a tolerance for another
FreeType. A page that changed on purpose: UPDATE=1 python3 tests/app/golden.py PROGRAM, then look at every picture."""
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import zlib

from runs import AS_OF, ROOT, Checks, legwork

GOLDEN = ROOT / "tests/golden"
DIFFERENT = 64     # of 255: more than the smoothing of an edge
TOLERATED = 0.0008  # of a page's pixels: a word
PATIENT = ["--template", "patient"]
PAGES = [  # name, chart, options, pages
    ("typical", "amlodipine-and-iron.json", [], 2),
    ("red-flag", "one-leg-sudden.json", [], 2),
    ("empty", "nothing-on-file.json", [], 2),
    ("crowded", "far-too-much.json", [], 2),
    ("compact", "amlodipine-and-iron.json", ["--template", "compact"], 1),
    ("patient-en", "amlodipine-and-iron.json", PATIENT, 1),
    ("patient-es", "amlodipine-and-iron.json", [*PATIENT, "--lang", "es"], 1),
    ("patient-red-flag", "one-leg-sudden.json", PATIENT, 1),
]
checks = Checks()


def rendered(pdf, folder):
    """The pages, gray: (width, height, rows)."""
    subprocess.run(["pdftoppm", "-r", "50", "-gray", pdf, folder / "page"], check=True)
    for page in sorted(folder.glob("page*.pgm")):
        head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", page.read_bytes())
        yield int(head[1]), int(head[2]), page.read_bytes()[head.end():]


def to_png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + rows[y * width:(y + 1) * width] for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


def from_png(png):
    """Only pictures that to_png() made: one chunk of unfiltered gray rows."""
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[33:37])[0]
    lines = zlib.decompress(png[41:41 + length])
    return width, height, b"".join(lines[y * (width + 1) + 1:(y + 1) * (width + 1)] for y in range(height))


def changed(page, golden):
    if page[:2] != golden[:2]:
        return 1.0
    return sum(abs(a - b) >= DIFFERENT for a, b in zip(page[2], golden[2])) / len(page[2])


for name, chart, options, count in PAGES:
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run = legwork("report", ROOT / "examples" / chart, *AS_OF, *options, "-o", folder / "x.pdf")
        pages = list(rendered(folder / "x.pdf", folder)) if run.code == 0 else []
        checks.check(len(pages) == count, f"{name}: {len(pages)} pages of {count}; {run.err[:300]}")
        for number, page in enumerate(pages, 1):
            golden = GOLDEN / f"{name}-{number}.png"
            if os.environ.get("UPDATE"):
                GOLDEN.mkdir(exist_ok=True)
                golden.write_bytes(to_png(*page))
            share = changed(page, from_png(golden.read_bytes())) if golden.exists() else 1.0
            checks.check(share <= TOLERATED, f"{golden.name}: {share:.2%} of its pixels changed; look at it, and if it is "
                                             "meant so: UPDATE=1 python3 tests/app/golden.py PROGRAM")

# The comparison sees what a reader would: a line of text gone is a failure.
width, height, rows = from_png((GOLDEN / "typical-1.png").read_bytes())
line = height // 2 * width
gone = rows[:line] + b"\xff" * (10 * width) + rows[line + 10 * width:]
checks.check(changed((width, height, gone), (width, height, rows)) > TOLERATED, "a line that is gone is not seen")
checks.end()
