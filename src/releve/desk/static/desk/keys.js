// Keys of the staff's pages. Each belongs to a link, button or field that carries `data-key`: without this file
// nothing is lost, and `?` lists what the page has. Single keys sleep in fields and behind dialogs.
"use strict";
(() => {
  const AWAKE = !document.body.classList.contains("no-keys");
  const SEQUENCE_MS = 1200;
  let first = "", since = 0;

  const typing = (element) => element.closest("input:not([type=radio]):not([type=checkbox]), select, textarea, [contenteditable]");
  const shown = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const scope = () => document.querySelector("dialog[open]") || document;
  const named = (key) => {
    const found = [...scope().querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
    return found.find(shown) || (key.includes(" ") ? found[0] : undefined); // a sequence reaches into closed menus
  };
  const begins = (key) => [...scope().querySelectorAll("[data-key]")].some((e) => e.dataset.key.startsWith(`${key} `));

  // The second press of a double one may reach the next page: it decides nothing there.
  const LAST = "releve-key", AGAIN_MS = 350;
  const again = (key) => {
    try {
      const [before, at] = JSON.parse(sessionStorage.getItem(LAST) || "[]"), now = Date.now();
      sessionStorage.setItem(LAST, JSON.stringify([key, now]));
      return before === key && now - at < AGAIN_MS && at < performance.timeOrigin;
    } catch { return false; }
  };

  const use = (key) => {
    const target = named(key);
    if (!target) return false;
    if (target.matches("button") && again(key)) return true;
    if (target.matches("input:not([type=radio]), textarea, select")) target.focus();
    else target.click();
    return true;
  };
  const step = (by) => {
    const items = [...scope().querySelectorAll("[data-item]")].filter(shown);
    if (!items.length) return false;
    const open = items.findIndex((item) => item.hasAttribute("aria-current")); // shown beside the list
    const here = open >= 0 ? open : items.indexOf(document.activeElement);
    const next = items[Math.min(Math.max(here + by, 0), items.length - 1)];
    if (open < 0) next.focus();
    else if (next !== items[open]) next.click(); // what is read and what a key decides are the same
    return true;
  };

  const label = (element) => {
    if (element.dataset.keyName) return element.dataset.keyName;
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, .count, svg").forEach((inner) => inner.remove());
    return (copy.textContent.trim() || element.getAttribute("aria-label") || "").replace(/\s+/g, " ");
  };
  const help = () => {
    const dialog = document.getElementById("help"), list = dialog.querySelector("[data-all-keys]");
    const seen = new Map();
    for (const element of document.querySelectorAll("[data-key]")) {
      const words = label(element);
      const reachable = shown(element) || element.dataset.key.includes(" ");
      if (words && reachable && !seen.has(element.dataset.key)) seen.set(element.dataset.key, words);
    }
    list.querySelectorAll("[data-own]").forEach((row) => row.remove());
    for (const [key, words] of [...seen].sort((a, b) => b[0].localeCompare(a[0]))) {
      const row = document.createElement("div"), keys = document.createElement("dt"), what = document.createElement("dd");
      row.dataset.own = "";
      for (const one of key.split(" ")) keys.append(Object.assign(document.createElement("kbd"), { textContent: one.toUpperCase() }));
      what.textContent = words;
      row.append(keys, what);
      list.prepend(row);
    }
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.querySelector("[data-palette]")?.click();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches("textarea")) {
      event.preventDefault(); // written: on to what the form is for
      (event.target.form?.querySelector(".btn.primary[type=submit]"))?.click();
      return;
    }
    if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog")) { event.target.blur(); return; }
    if (!AWAKE || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); help(); return; }
    const key = event.key.toLowerCase();
    if (!/^[a-z0-9]$/.test(key)) return;
    const whole = first && event.timeStamp - since < SEQUENCE_MS ? `${first} ${key}` : key;
    first = "";
    if (use(whole) || (whole === "j" && step(1)) || (whole === "k" && step(-1))) event.preventDefault();
    else if (begins(key)) { first = key; since = event.timeStamp; event.preventDefault(); }
  });
})();
