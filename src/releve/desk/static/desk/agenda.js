// The agenda's keys, panel and drag. Without this file every link and form of it still works.
"use strict";
(() => {
  const cal = document.getElementById("cal"), panel = document.getElementById("panel"), side = document.getElementById("side");
  const spoken = document.getElementById("spoken"), mover = document.getElementById("move");
  const alone = Boolean(panel) && "page" in panel.dataset; // the panel is the page
  const beside = () => alone || (side && matchMedia("(min-width: 75.01rem)").matches);
  const AWAY = 6, NEAR = 24, EDGE = 40; // pixels

  // --- the panel: pages that open beside the grid
  let opener = "";
  const chosen = (link) => {
    cal?.querySelectorAll(".selected").forEach((li) => li.classList.remove("selected"));
    link?.closest(".rdv")?.classList.add("selected");
  };
  const focusIn = (box) => (box.querySelector("[aria-invalid=true]") || box.querySelector("[autofocus]") || box.querySelector("[data-focus], h2"))?.focus();
  let asked = 0; // of two answers, the one that was asked for last is shown
  const load = async (url, parts, sent) => {
    const turn = ++asked;
    const headers = { "HX-Request": "true", "HX-Target": alone ? "page" : "panel", "HX-Current-URL": location.href };
    const answer = await fetch(url, sent ? { headers, method: "POST", body: sent } : { headers });
    if (turn === asked && (!answer.ok || answer.redirected)) { location.assign(url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    if (parts) {
      for (const id of ["places", "avec"]) document.getElementById(id)?.replaceWith(page.getElementById(id));
      panel.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
      if (!panel.contains(document.activeElement)) panel.querySelector(".place")?.focus();
      return;
    }
    const held = panel.contains(document.activeElement) && document.activeElement.matches("select") ? document.activeElement.id : "";
    panel.replaceChildren(...page.body.childNodes);
    side?.classList.add("with-panel");
    htmx.process(panel);
    if (held) document.getElementById(held)?.focus(); else focusIn(panel);
  };
  const close = () => {
    if (alone || !side?.classList.contains("with-panel")) return false;
    asked += 1; // an answer still on its way opens nothing
    side.classList.remove("with-panel");
    panel.replaceChildren();
    chosen(null);
    (document.getElementById(opener) || cal)?.focus();
    return true;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) { close(); return; }
    const link = event.target.closest("a[data-panel]");
    if (!link || alone || !beside() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!panel.contains(link)) { opener = link.id || opener; chosen(link); }
    load(link.href);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("panel" in form.dataset) || event.defaultPrevented || !panel?.contains(form)) return;
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(form, event.submitter));
    const to = form.getAttribute("action");
    if (form.method === "post") load(to, false, asked); // a name is looked for: it stays out of the address
    else load(`${to}?${asked}`, form.dataset.panel === "places");
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-go] select")) event.target.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    const list = event.target.closest?.("[data-arrows]");
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!list || !by || event.target.matches("select")) return;
    const all = [...list.querySelectorAll("input[autofocus], .caller, .place")];
    const at = all.indexOf(document.activeElement);
    if (at < 0 && event.target.matches("input")) return;
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !moving && !document.querySelector("dialog[open]") && close()) event.preventDefault();
  });

  let moving = null; // { li, places, on }
  if (!cal) return;

  // --- one tab stop; arrows walk in time and across columns
  const columns = () => [...cal.querySelectorAll(".col")];
  const links = (column) => [...column.querySelectorAll("li > a")];
  const minute = (element) => Number(element.closest("li").dataset.minute);
  const closest = (list, wanted, of) => list.reduce((best, one) => (!best || Math.abs(of(one) - wanted) < Math.abs(of(best) - wanted) ? one : best), null);
  const stop = (link) => {
    cal.querySelectorAll(".col a").forEach((other) => { other.tabIndex = -1; });
    if (link) link.tabIndex = 0;
  };
  const entry = () => {
    const now = cal.querySelector(".nowline"), all = [...cal.querySelectorAll(".rdv > a")];
    const later = now && all.find((link) => link.closest("li").offsetTop >= now.offsetTop);
    return cal.querySelector(".rdv.selected > a") || later || all[0] || cal.querySelector(".col a");
  };
  const go = (link) => { if (link) { stop(link); link.focus(); link.scrollIntoView({ block: "nearest", inline: "nearest" }); } };
  const walk = (link, key) => {
    const column = link.closest(".col"), all = links(column), at = all.indexOf(link);
    if (key === "ArrowDown" || key === "ArrowUp") return all[at + (key === "ArrowDown" ? 1 : -1)];
    if (key === "Home") return all[0];
    if (key === "End") return all[all.length - 1];
    const rows = columns(), by = key === "ArrowRight" ? 1 : -1;
    for (let i = rows.indexOf(column) + by; rows[i]; i += by) {
      const other = closest(links(rows[i]), minute(link), minute);
      if (other) return other;
    }
    return null;
  };
  const WALK = ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const link = event.target.closest?.(".col a");
    if (moving && !moving.dragged) { steer(event); return; }
    if (WALK.includes(event.key) && (link || event.target === document.body || event.target === cal || event.target.id === "contenu")) {
      go(link ? walk(link, event.key) : entry());
      event.preventDefault();
    } else if (event.key.toLowerCase() === "m" && link && !document.body.classList.contains("no-keys")) {
      const li = link.closest("li");
      if (!("move" in li.dataset)) return;
      pick(li);
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  cal.addEventListener("focusin", (event) => { const link = event.target.closest(".col a"); if (link) stop(link); });

  // --- moving: the places where it can go are drawn, one of them is proposed
  const say = (...words) => { spoken.textContent = words.filter(Boolean).join(". "); };
  const page = (li) => li.querySelector("a").href; // the appointment's own; what is done to it lies below
  const pick = async (li, dragged = false) => {
    const mine = { li, places: [], on: null, dragged };
    moving = mine;
    li.classList.add("leaving");
    const grid = new URLSearchParams({ vue: cal.dataset.view, jour: cal.dataset.day, h: document.getElementById("grid").dataset.first });
    for (const who of cal.dataset.who.trim().split(/\s+/)) grid.append("avec", who);
    const answer = await fetch(`${page(li)}places/?${grid}`, { headers: { "HX-Request": "true" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (moving !== mine) return; // left in the meantime
    if (!answer.ok) { location.assign(`${page(li)}deplacer/`); return; }
    for (const place of found.querySelectorAll("li")) {
      const column = cal.querySelector(`.col[data-col="${CSS.escape(place.dataset.to)}"]`);
      if (column) { column.append(document.adoptNode(place)); moving.places.push(place); }
    }
    cal.classList.add("is-moving");
    if (dragged) return;
    const who = li.querySelector(".who").textContent;
    const near = inColumn(li.closest(".col")), first = near.find((place) => minute(place) >= minute(li)) || near[0] || moving.places[0];
    if (!first) { say(who, spoken.dataset.none); return; }
    propose(first, false);
    say(`${spoken.dataset.up} : ${who}`, `${spoken.dataset.to} : ${first.dataset.label}`, spoken.dataset.hint);
  };
  const inColumn = (column) => moving.places.filter((place) => place.parentElement === column).sort((a, b) => minute(a) - minute(b));
  const propose = (place, aloud = true) => {
    if (moving.on === place) return;
    moving.on?.classList.remove("on");
    moving.on = place;
    place?.classList.add("on");
    if (place && aloud) say(`${spoken.dataset.to} : ${place.dataset.label}`);
    if (place && !moving.dragged) place.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const steer = (event) => {
    const { on } = moving, key = event.key;
    if (key === "Tab") { leave(); return; }
    event.preventDefault();
    event.stopPropagation();
    if (key === "Escape") leave(true);
    else if (key === "Enter") { if (on) drop(on); }
    else if (key.toLowerCase() === "d") location.assign(`${page(moving.li)}deplacer/`);
    else if (on && (key === "ArrowDown" || key === "ArrowUp")) {
      const near = inColumn(on.parentElement), next = near[near.indexOf(on) + (key === "ArrowDown" ? 1 : -1)];
      if (next) propose(next);
    } else if (on && (key === "ArrowLeft" || key === "ArrowRight")) {
      const rows = columns(), by = key === "ArrowRight" ? 1 : -1;
      for (let i = rows.indexOf(on.parentElement) + by; rows[i]; i += by) {
        const other = closest(inColumn(rows[i]), minute(on), minute);
        if (other) { propose(other); break; }
      }
    }
  };
  const leave = (aloud = false) => {
    if (!moving) return;
    const { li, places } = moving;
    moving = null;
    li.classList.remove("leaving");
    places.forEach((place) => place.remove());
    cal.classList.remove("is-moving");
    if (aloud) say(spoken.dataset.left);
    if (late) refresh();
  };
  const drop = (place) => {
    if (moving.sent) return; // Enter is held down
    if (document.body.classList.contains("is-offline")) { leave(true); return; }
    moving.sent = true;
    mover.action = `${page(moving.li)}deplacer/`;
    mover.elements.place.value = place.dataset.place;
    if (crypto.randomUUID) mover.elements.form.value = crypto.randomUUID(); // a page come back to may move again
    mover.requestSubmit();
  };

  // --- by drag
  let held = null, ghost = null;
  cal.addEventListener("pointerdown", (event) => {
    const li = event.target.closest(".rdv[data-move]");
    if (li && !event.button && event.pointerType !== "touch" && !moving) held = { li, x: event.clientX, y: event.clientY };
  });
  addEventListener("pointermove", (event) => {
    if (held && !ghost && Math.hypot(event.clientX - held.x, event.clientY - held.y) > AWAY) {
      const box = held.li.getBoundingClientRect();
      held.dx = held.x - box.left;
      held.dy = held.y - box.top;
      ghost = held.li.cloneNode(true);
      ghost.className = "rdv proposed ghost";
      Object.assign(ghost.style, { width: `${box.width}px`, height: `${box.height}px` });
      document.body.append(ghost);
      pick(held.li, true);
    }
    if (!ghost || !moving) return;
    ghost.style.transform = `translate(${event.clientX - held.dx}px, ${event.clientY - held.dy}px)`;
    const edge = cal.getBoundingClientRect();
    if (event.clientY > edge.bottom - EDGE) cal.scrollTop += 12;
    if (event.clientY < edge.top + 2 * EDGE) cal.scrollTop -= 12;
    propose(under(event), false);
  });
  const under = (event) => {
    const top = event.clientY - held.dy;
    const column = columns().find((one) => { const box = one.getBoundingClientRect(); return event.clientX >= box.left && event.clientX < box.right; });
    const near = column && closest(inColumn(column), top, (place) => place.getBoundingClientRect().top);
    return near && Math.abs(near.getBoundingClientRect().top - top) <= NEAR ? near : null;
  };
  const release = (event) => {
    const dragged = ghost && moving, on = dragged && event.type === "pointerup" ? moving.on : null;
    ghost?.remove();
    if (ghost) addEventListener("click", swallow, { capture: true });
    setTimeout(() => {
      held = ghost = null;
      removeEventListener("click", swallow, { capture: true }); // there may have been none
      if (late && !moving) refresh();
    });
    if (on) drop(on); else if (dragged) leave();
  };
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("keydown", (event) => { if (event.key === "Escape" && ghost) { event.preventDefault(); release(event); } }, true);
  addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
  addEventListener("pointerup", release);
  addEventListener("pointercancel", release);

  // --- news: the grid is drawn again, but never under a hand
  let late = false;
  const refresh = () => { late = false; htmx.trigger("#grid", "refresh"); };
  document.body.addEventListener("news", () => { if (moving || held) late = true; else refresh(); });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "grid" && event.target?.id !== "grid") return;
    const link = document.activeElement?.closest?.(".col a");
    stop(link || entry());
    if (side.classList.contains("with-panel")) chosen(document.getElementById(opener));
  });

  // --- one comes back to where one was
  const PLACE = "releve-agenda";
  addEventListener("pagehide", () => sessionStorage.setItem(PLACE, JSON.stringify([cal.dataset.view, cal.scrollTop, cal.scrollLeft])));
  const [view, top, left] = JSON.parse(sessionStorage.getItem(PLACE) || "[]");
  const line = cal.querySelector(".nowline"), picked = cal.querySelector(".selected > a");
  if (view === cal.dataset.view) cal.scrollTo(left, top);
  else if (line) cal.scrollTop = line.offsetTop - cal.clientHeight / 3;
  stop(picked || entry());
  if (picked) go(picked);
})();
