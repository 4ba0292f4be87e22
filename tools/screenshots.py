"""`make screenshots`: the pictures of the README, taken from the demonstration at a moment that is always the same.

A service of its own on a folder of its own, its clock standing still; Debian's chromium through Playwright. Each
picture is a WebP of at most 200 kB, made by the browser itself.
"""

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

MOMENT = "2026-11-24T10:12+01:00"  # a Tuesday morning
THURSDAY = "2026-11-26"
PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST = 200_000  # bytes
SECRETARY, PHYSICIAN, PASSWORD = "mme.petit", "dr.amar", "demonstration-2026"
WISH = "Bonjour, je voudrais voir la docteure Amar jeudi matin, pour Camille Bernard née le 4 juin 1991"
ANSWER = "Bonjour, votre ordonnance est renouvelée pour trois mois. Elle vous attend à l’accueil."
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 760}
TO_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""
# Date fields have the words of the browser's own language, which cannot be chosen here: as a French one shows them.
IN_FRENCH = """() => document.querySelectorAll('input[type=date]').forEach(field => {
  const day = field.value.split('-').reverse().join('/');
  field.type = 'text';
  field.value = day;
})"""
BESIDE = """<style>
  body {{ margin: 0; width: 1440px; height: 900px; position: relative; overflow: hidden; background: #d9e1df; }}
  .desk {{ position: absolute; left: 0; top: 0; width: 1440px; }}
  .phone {{ position: absolute; right: 44px; bottom: 44px; width: 366px; border: 9px solid #12282c; border-radius: 34px;
            box-shadow: 0 18px 60px rgb(10 30 34 / .45); }}
</style><img class="desk" src="data:image/png;base64,{desk}"><img class="phone" src="data:image/png;base64,{phone}">"""


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that stands still."""
    with tempfile.TemporaryDirectory(prefix="releve-pictures-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        own = {"RELEVE_DATA_DIR": folder, "RELEVE_PORT": str(port), "RELEVE_FROZEN_AT": MOMENT, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "releve.cli", "demo"]
        with (Path(folder) / "log").open("wb") as log:
            service = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
            try:
                _wait(f"http://127.0.0.1:{port}", service)
                yield f"http://127.0.0.1:{port}"
            finally:
                service.terminate()
                service.wait(20)


def _wait(address: str, service: "subprocess.Popen[bytes]") -> None:
    for _ in range(120):
        if service.poll() is not None:
            raise SystemExit("the demonstration could not start")
        try:
            urllib.request.urlopen(f"{address}/connexion/", timeout=5).read()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the demonstration does not answer")


class Camera:
    """Two windows: the desk's and a patient's."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        options = {
            "locale": "fr-FR",
            "timezone_id": "Europe/Paris",
            "color_scheme": "light",
            "reduced_motion": "reduce",
        }
        phone = browser.new_context(viewport=PHONE, device_scale_factor=1.5, has_touch=True, is_mobile=True, **options)
        self.phone = phone.new_page()
        self.options = options

    def at_desk(self, path: str, name: str = SECRETARY) -> Page:
        desk = self.browser.new_context(viewport=DESK, device_scale_factor=1.25, **self.options).new_page()
        desk.goto(f"{self.address}/connexion/")
        desk.locator("[name=username]").fill(name)
        desk.locator("[name=password]").fill(PASSWORD)
        desk.locator("[name=password]").press("Enter")
        desk.wait_for_url(lambda url: "/connexion/" not in url)
        answer = desk.goto(self.address + path)
        if answer is None or not answer.ok:
            raise SystemExit(f"{path}: no picture of a page that fails")
        desk.wait_for_load_state("networkidle")
        desk.evaluate(IN_FRENCH)
        return desk

    def says(self, text: str) -> None:
        """The patient writes, and waits for the answer."""
        before = self.phone.locator(".msg").count()
        self.phone.get_by_label("Votre message").fill(text)
        self.phone.get_by_label("Votre message").press("Enter")
        self.phone.wait_for_function("n => document.querySelectorAll('.msg').length > n + 1", arg=before)

    def keep(self, name: str, png: bytes) -> None:
        """As WebP, of the best quality that fits."""
        blank = self.browser.new_page()
        for quality in (0.92, 0.85, 0.75, 0.6):
            text = blank.evaluate(TO_WEBP, [base64.b64encode(png).decode(), quality])
            picture = base64.b64decode(text)
            if len(picture) <= MOST:
                break
        else:
            raise SystemExit(f"{name}: {len(picture)} bytes are too many")
        blank.close()
        (PICTURES / name).write_bytes(picture)
        print(f"docs/pictures/{name}: {len(picture) // 1000} kB")


def day(camera: Camera) -> bytes:
    """The day as the secretary finds it."""
    return camera.at_desk("/journee/").screenshot()


def inbox(camera: Camera) -> bytes:
    """A renewal to decide: the patient's words, what was read in them, the verdict and its reason."""
    page = camera.at_desk("/boite/", PHYSICIAN)
    page.get_by_role("link", name="Renouvellement").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Réponse au patient").fill(ANSWER)
    page.mouse.move(5, 5)
    return page.screenshot()


def beside(camera: Camera) -> bytes:
    """A patient is offered a place on the telephone; the agenda holds it."""
    camera.phone.goto(f"{camera.address}/")
    camera.says(WISH)
    camera.phone.get_by_role("button", name="jeudi 26").first.click()
    camera.phone.wait_for_load_state("networkidle")
    camera.says("06 39 98 10 03")
    camera.phone.get_by_label("Votre message").evaluate("field => field.blur()")
    camera.phone.get_by_label("Votre message").evaluate("field => field.form.scrollIntoView({block: 'end'})")
    phone = camera.phone.screenshot()
    desk = camera.at_desk(f"/agenda/?jour={THURSDAY}").screenshot()
    both = camera.browser.new_page(viewport=DESK, device_scale_factor=1.25)
    images = {"desk": base64.b64encode(desk).decode(), "phone": base64.b64encode(phone).decode()}
    both.set_content(BESIDE.format(**images))
    return both.screenshot()


TAKEN: dict[str, Callable[[Camera], bytes]] = {"journee.webp": day, "boite.webp": inbox, "patient.webp": beside}


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium on this machine: apt-get install chromium", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        camera = Camera(browser, address)
        for name, take in TAKEN.items():
            camera.keep(name, take(camera))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
