// Single keys for the staff's pages. Every one has its button or link: without this file nothing is lost.
"use strict";
(() => {
  const STORE = "releve-keys-off";
  const bar = document.querySelector("[data-keys]");
  const button = document.querySelector("[data-keys-switch]");
  let on = localStorage.getItem(STORE) === null;

  const show = () => { if (button) button.setAttribute("aria-pressed", String(on)); };
  const toggle = () => {
    on = !on;
    if (on) localStorage.removeItem(STORE); else localStorage.setItem(STORE, "1");
    show();
  };
  if (bar) bar.hidden = false;
  if (button) button.addEventListener("click", toggle);
  show();

  const typing = (element) => element.closest("input, select, textarea, [contenteditable]");
  const step = (by) => {
    const items = [...document.querySelectorAll("[data-item]")];
    if (!items.length) return false;
    const here = items.indexOf(document.activeElement);
    items[Math.min(Math.max(here + by, 0), items.length - 1)].focus();
    return true;
  };
  const use = (key) => {
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.matches("textarea")) target.focus(); else target.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (!on || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (!/^[a-z]$/.test(key)) return;
    const moved = (key === "j" && step(1)) || (key === "k" && step(-1));
    if (moved || use(key)) event.preventDefault();
  });

  for (const toast of document.querySelectorAll("[data-toast]")) setTimeout(() => toast.remove(), 10_000);
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", () => { form.setAttribute("aria-busy", "true"); });
  }
})();
