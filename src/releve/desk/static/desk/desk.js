// What makes the desk alive: palette, toasts that leave, the network's absence, a desk left alone. All of it can fail:
// the pages work without.
"use strict";
(() => {
  const TOAST_SECONDS = 10;

  // --- palette: a search field over the page; arrows walk the links below it
  const palette = document.getElementById("palette"), query = document.getElementById("palette-q");
  const links = () => [...palette.querySelectorAll(".pal-results a, .pal-results button")];
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || !palette?.showModal) return;
    event.preventDefault();
    if (!palette.open) palette.showModal();
    query.value = "";
    query.focus();
    htmx.trigger(query, "open");
  });
  palette?.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = links(), at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : query).focus();
    else if (event.key === "Enter" && document.activeElement === query) first();
    else return;
    event.preventDefault();
  });
  // Enter may come before the answer to the last letter: it then waits for that answer.
  const TYPED_MS = 200; // more than the delay after which a letter is looked for
  let waiting = false, shows = null, asked = null;
  const open = () => { waiting = false; links()[0]?.click(); };
  const first = () => {
    if (shows === query.value) { open(); return; }
    waiting = true;
    setTimeout(() => { if (waiting && asked !== query.value) htmx.trigger(query, "open"); }, TYPED_MS);
  };
  palette?.addEventListener("htmx:beforeRequest", (event) => { asked = event.detail.requestConfig.parameters.q ?? ""; });
  palette?.addEventListener("htmx:afterSettle", (event) => {
    shows = event.detail.requestConfig.parameters.q ?? "";
    if (waiting && shows === query.value) open();
  });
  palette?.addEventListener("close", () => { waiting = false; });
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }

  // --- toasts: ten seconds, counted where something can be undone
  const count = (toast) => {
    let left = TOAST_SECONDS;
    const shown = toast.querySelector("[data-left]");
    const tick = () => {
      if (shown) shown.textContent = `${left} s`;
      if (left-- <= 0) { clearInterval(timer); toast.remove(); }
    };
    const timer = setInterval(tick, 1000);
    tick();
  };
  const seen = new WeakSet();
  const begin = () => document.querySelectorAll("[data-toast]").forEach((toast) => {
    if (!seen.has(toast)) { seen.add(toast); count(toast); }
  });
  begin();
  document.body.addEventListener("htmx:afterSettle", begin);

  // --- the network: what is read stays, what would be lost does not leave
  const offline = document.querySelector("[data-offline]");
  const away = (gone) => {
    if (!offline || offline.hidden === !gone) return;
    offline.hidden = !gone;
    document.body.classList.toggle("is-offline", gone);
  };
  document.body.addEventListener("htmx:sendError", () => away(true));
  document.body.addEventListener("htmx:responseError", (event) => away(event.detail.xhr.status >= 502));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    away(false);
    const at = document.getElementById("pulse")?.dataset.at;
    if (at && offline) offline.querySelector("[data-offline-at]").textContent = at;
  });
  addEventListener("offline", () => away(true));
  document.addEventListener("submit", (event) => {
    if (document.body.classList.contains("is-offline")) { event.preventDefault(); offline.scrollIntoView(); return; }
    event.target.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy")));

  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });
  if (new URLSearchParams(location.search).has("imprimer")) addEventListener("load", () => print());

  // --- an address to be taken elsewhere: one press; where the browser has no clipboard (http), the old way
  const taken = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      field.select();
      return document.execCommand("copy");
    }
  };
  document.addEventListener("focusin", (event) => { if (event.target.matches("[data-select]")) event.target.select(); });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const said = document.getElementById(`${button.dataset.copy}-said`);
    said.textContent = ""; // said again when pressed again
    const done = await taken(document.getElementById(button.dataset.copy));
    setTimeout(() => { said.textContent = done ? button.dataset.done : button.dataset.failed; });
  });

  // --- a conversation is read from its end, and stays there while one is there
  const NEAR = 80;
  let atEnd = true;
  const pane = () => document.querySelector(".pane-talk");
  const toEnd = () => { const box = pane(); if (box) box.scrollTop = box.scrollHeight; };
  toEnd();
  document.querySelector(".item[aria-current]")?.scrollIntoView({ block: "nearest" });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const box = pane();
    if (box && event.detail.target.id === "talk") atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "talk" && atEnd) toEnd(); });

  // --- a region that is drawn again keeps the focus and what was open in it
  const INSIDE = "a, button, summary, input, select, textarea";
  const like = (element) => [element.tagName, element.getAttribute("href"), element.name, element.textContent.trim()].join("|");
  let held = null;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const box = event.detail.target, on = document.activeElement;
    if (!box.id || event.detail.requestConfig.triggeringEvent?.type !== "news") return;
    const open = [...box.querySelectorAll("details[open] > summary")].map(like);
    held = { id: box.id, focus: box.contains(on) && on !== box && !on.id ? like(on) : "", open };
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    const box = held && document.getElementById(held.id);
    if (!box) return;
    const all = [...box.querySelectorAll(INSIDE)];
    for (const summary of all) if (summary.matches("details > summary") && held.open.includes(like(summary))) summary.parentElement.open = true;
    if (held.focus) all.find((element) => like(element) === held.focus)?.focus({ preventScroll: true });
    held = null;
  });

  // --- one reading at a time: the open menu closes when the focus leaves it
  document.addEventListener("focusin", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
})();
