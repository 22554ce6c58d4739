"""Times the studio and its page: first answer, memory, first paint, size, and the smoothness of long lists and curves.

    python benchmarks/page.py

A studio is started on folders that are made for the purpose: five jobs, one of them with 100,000 steps and one with a
log of 10,000 lines, and a data set of 10,000 pictures with captions. Scrolling is measured by the page's own clock: the
time from one frame to the next while it scrolls two seconds long. Needs Playwright and Chromium.
"""

import gzip
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

import psutil
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.page.conftest import CHROMIUM  # noqa: E402
from tests.page.furnish import finished, studio_of  # noqa: E402
from tests.page.world import StudioProcess, settle  # noqa: E402
from tests.web.world import ended_job, events_of  # noqa: E402

STEPS: Final = 100_000
LINES: Final = 10_000
PICTURES: Final = 10_000
SCROLL: Final = """async (selector) => {
  const box = [...document.querySelectorAll(selector)].find((one) => one.scrollHeight > one.clientHeight)
  if (!box) return []
  const frames = []
  const start = performance.now()
  let before = start
  await new Promise((done) => {
    const next = (now) => {
      frames.push(now - before)
      before = now
      box.scrollTop = (box.scrollHeight - box.clientHeight) * Math.min(1, (now - start) / 2000)
      now - start < 2000 ? requestAnimationFrame(next) : done()
    }
    requestAnimationFrame(next)
  })
  return frames.slice(1)
}"""


def furnish(root: Path) -> tuple[str, str]:
    """Make what is looked at; return the ids of the job with the long curve and of the one with the long log."""
    studio = studio_of(root)
    for name in ("one", "two", "three"):
        finished(studio, name)
    curve = ended_job(studio, events_of(STEPS), name="curve").id
    log = ended_job(studio, events_of(10), name="log")
    text = "".join(
        f"{number} the trainer tells of step {number} at some length, as trainers do\n" for number in range(LINES)
    )
    log.log.write_text(text, encoding="utf-8", newline="\n")
    folder = root / "train" / "many" / "1_sks cat"
    folder.mkdir(parents=True)
    picture = folder / "00000.png"
    Image.new("RGB", (512, 512), "teal").save(picture)
    for number in range(PICTURES):
        if number:
            os.link(picture, folder / f"{number:05d}.png")
        caption = f"sks cat, tag {number % 97}, tag {number % 31}, a picture of number {number}\n"
        (folder / f"{number:05d}.txt").write_text(caption, encoding="utf-8")
    return curve, log.id


def first_answer() -> float:
    """Return the milliseconds from starting gui.py to its first answered request, the best of three."""
    times = []
    for port in (28911, 28912, 28913):
        start = time.perf_counter()
        command = [sys.executable, "gui.py", "--no-browser", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                    break
            except OSError:
                time.sleep(0.01)
        times.append((time.perf_counter() - start) * 1000)
        process.terminate()
        process.wait()
    return min(times)


def heap(page: Page) -> float:
    """Return the page's JavaScript heap in MB, after a collection."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used / 1e6


def smoothness(page: Page, url: str, selector: str) -> str:
    """Go somewhere, scroll what is there from end to end, and say how long frames took and what the page holds."""
    start = time.perf_counter()
    page.goto(url)
    settle(page)
    page.locator(selector).first.wait_for()
    shown = time.perf_counter() - start
    page.wait_for_timeout(1500)
    frames = sorted(page.evaluate(SCROLL, selector)) or [0.0]
    middle, late, worst = frames[len(frames) // 2], frames[int(len(frames) * 0.95)], frames[-1]
    times = f"{middle:.0f} / {late:.0f} / {worst:.0f} ms"
    return f"shown after {shown:.1f} s; frames (median / 95 % / longest) {times}; heap {heap(page):.0f} MB"


def opens(page: Page, url: str, selector: str) -> str:
    """Say how long it takes from going somewhere to seeing the first of what is there, the first time and once more."""
    times = []
    for _ in range(2):
        page.goto(url.partition("#")[0] + "#/datasets")
        page.locator("main a[href*='train/many']").first.wait_for()
        page.wait_for_timeout(500)
        start = time.perf_counter()
        page.goto(url)
        page.locator(selector).first.wait_for()
        times.append(time.perf_counter() - start)
    return f"{times[0]:.2f} s, again {times[1]:.2f} s"


def first_paint(page: Page, url: str) -> float:
    """Return the milliseconds until the page first draws content, nothing of it known before, the best of three."""
    times = []
    for _ in range(3):
        page.context.clear_cookies()
        page.goto("about:blank")
        page.context.new_cdp_session(page).send("Network.clearBrowserCache")
        page.goto(url)
        settle(page)
        script = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        times.append(float(page.evaluate(script)))
    return min(times)


def size() -> float:
    """Return the kilobytes of all built files, each compressed."""
    kinds = {".js", ".css", ".html", ".svg"}
    built = [path for path in (ROOT / "mikazuki" / "web" / "static").rglob("*") if path.suffix in kinds]
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in built) / 1000


def measure(page: Page, url: str, curve: str, log: str, process: psutil.Process) -> list[tuple[str, str]]:
    """Return what was measured, in words."""
    rows = [("first paint, nothing cached", f"{first_paint(page, url):.0f} ms")]
    rows.append(("memory of the studio, 5 jobs listed", f"{process.memory_info().rss / 1e6:.0f} MB"))
    rows.append((f"log of {LINES:,} lines", smoothness(page, f"{url}#/jobs/{log}?tab=log", "main .box")))
    rows.append(
        (f"curves of {STEPS:,} steps", smoothness(page, f"{url}#/jobs/{curve}?tab=curves", "main, main canvas"))
    )
    pictures = f"{url}#/datasets/pictures?path=train/many"
    captions = f"{url}#/datasets/captions?path=train/many"
    rows.append((f"grid of {PICTURES:,} pictures opens", opens(page, pictures, "main .box img")))
    rows.append((f"captions of {PICTURES:,} pictures open", opens(page, captions, "main .box img")))
    rows.append((f"data set of {PICTURES:,} pictures", smoothness(page, pictures, "main .box")))
    rows.append(("memory of the studio after all that", f"{process.memory_info().rss / 1e6:.0f} MB"))
    return rows


def main() -> None:
    """Measure all and print it as a Markdown table."""
    load = os.getloadavg()[0]
    rows = [("gui.py to its first answer", f"{first_answer():.0f} ms"), ("built files, gzipped", f"{size():.0f} kB")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        curve, log = furnish(Path(folder))
        studio = StudioProcess(Path(folder))
        url = studio.start()
        assert studio.process is not None
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        try:
            rows += measure(page, url, curve, log, psutil.Process(studio.process.pid))
        finally:
            browser.close()
            studio.close()
    print("| what | figure |\n|---|---|")
    print("\n".join(f"| {what} | {figure} |" for what, figure in rows))
    print(f"\n{os.cpu_count()} cores, load {load:.1f} before it began.")


if __name__ == "__main__":
    main()
