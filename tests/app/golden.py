"""Pages look as they did: rendered small, held against pictures in tests/golden with a tolerance for another FreeType.
A page that changed on purpose: UPDATE=1 python3 tests/app/golden.py build/release/legwork, then look at every picture."""
import os
import pathlib
import subprocess
import tempfile

from runs import AS_OF, ROOT, Checks, legwork, skip

try:
    from PIL import Image, ImageChops
except ImportError:
    skip("python3-pil is not installed")

GOLDEN = ROOT / "tests/golden"
DIFFERENT = 48       # of 255: more than smoothing of an edge
TOLERATED = 0.004    # of a page's pixels: a few words; a moved line is twice that
PAGES = [  # name, chart, options, pages
    ("typical", "amlodipine-and-iron.json", [], 2),
    ("red-flag", "one-leg-sudden.json", [], 2),
    ("empty", "nothing-on-file.json", [], 2),
    ("crowded", "far-too-much.json", [], 2),
    ("compact", "amlodipine-and-iron.json", ["--template", "compact"], 1),
]
checks = Checks()


def rendered(pdf, folder):
    subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, folder / "page"], check=True)
    return sorted(folder.glob("page*.png"))


def changed(page, golden):
    a, b = (Image.open(path).convert("L") for path in (page, golden))
    if a.size != b.size:
        return 1.0
    histogram = ImageChops.difference(a, b).histogram()
    return sum(histogram[DIFFERENT:]) / (a.size[0] * a.size[1])


for name, chart, options, count in PAGES:
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        run = legwork("report", ROOT / "examples" / chart, *AS_OF, *options, "-o", folder / "x.pdf")
        pages = rendered(folder / "x.pdf", folder) if run.code == 0 else []
        checks.check(len(pages) == count, f"{name}: {len(pages)} pages of {count}; {run.err[:300]}")
        for number, page in enumerate(pages, 1):
            golden = GOLDEN / f"{name}-{number}.png"
            if os.environ.get("UPDATE"):
                GOLDEN.mkdir(exist_ok=True)
                Image.open(page).quantize(64).save(golden, optimize=True)
            share = changed(page, golden) if golden.exists() else 1.0
            checks.check(share <= TOLERATED, f"{golden.name}: {share:.2%} of its pixels changed; look at it, and if it is "
                                             "meant so: UPDATE=1 python3 tests/app/golden.py PROGRAM")
checks.end()
