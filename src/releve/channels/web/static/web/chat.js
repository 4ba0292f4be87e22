// Without this file the chat works all the same, by forms. With it: no reload, the team's answers come by themselves,
// Enter sends, and words that could not leave (no network, service restarting) come back into the field.
"use strict";
(() => {
  const part = (id) => document.getElementById(id);
  const log = part("messages");
  const waiting = []; // what was sent and is not answered yet, oldest first
  const DRAFT = "draft";
  const POLL = 5000;
  const ROW = 32; // letters of a line, about, on a phone
  let busy = false;

  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const keep = (words) => {
    try { words ? sessionStorage.setItem(DRAFT, words) : sessionStorage.removeItem(DRAFT); } catch { /* not kept */ }
  };
  const kept = () => { try { return sessionStorage.getItem(DRAFT) || ""; } catch { return ""; } };
  const ask = (address, options = {}) =>
    fetch(address, { ...options, headers: { "X-Fragment": "chat" }, credentials: "same-origin" });

  // The parts that the page has already are replaced; the others are new messages.
  const show = (html) => {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    for (const node of [...fresh.content.children]) {
      const old = node.hasAttribute("data-part") ? part(node.id) : null;
      const held = old?.contains(document.activeElement);
      if (old) old.replaceWith(node); else log.append(node);
      if (held) (node.id === "compose" ? part("text") : log).focus({ preventScroll: true });
    }
    toEnd();
  };

  const bubble = (words) => {
    const form = part("compose");
    const node = document.createElement("div");
    node.className = "msg mine out sending";
    node.setAttribute("aria-hidden", "true"); // what the service keeps is read out, once
    const meta = document.createElement("p");
    meta.className = "meta";
    meta.textContent = `${form.dataset.you}, ${form.dataset.sending}`;
    const body = document.createElement("p");
    body.className = "body";
    body.dir = "auto";
    body.textContent = words;
    node.append(meta, body);
    log.append(node);
    toEnd();
    return node;
  };

  // Nothing typed is lost: what did not leave comes back, before what was typed since.
  const lost = (why) => {
    const field = part("text");
    const words = waiting.filter((one) => !one.choice).map((one) => one.words);
    waiting.splice(0).forEach((one) => one.node?.remove());
    field.value = [...words, field.value].filter(Boolean).join("\n");
    keep(field.value);
    part("lost").textContent = part("compose").dataset[why];
    choices(true);
    grow();
  };

  const choices = (on) => document.querySelectorAll("[name=choice]").forEach((button) => { button.disabled = !on; });

  const send = async () => {
    if (busy || !waiting.length) return;
    busy = true;
    const one = waiting[0];
    const data = new FormData(part("compose"));
    data.set("text", one.words);
    data.delete("choice");
    if (one.choice) data.set("choice", one.choice);
    try {
      const answer = await ask(part("compose").action, { method: "POST", body: data });
      if (!answer.ok && ![409, 422, 429].includes(answer.status)) {
        lost("down");
        if (answer.status === 403) location.reload(); // the page is too old: its words are kept
        busy = false;
        return;
      }
      const html = await answer.text();
      waiting.shift();
      one.node?.remove();
      part("lost").textContent = "";
      if (answer.ok) keep(part("text").value);
      show(html);
      choices(true);
    } catch {
      lost("lost");
    }
    busy = false;
    send();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "compose") return;
    event.preventDefault();
    const field = part("text");
    const choice = event.submitter?.name === "choice" ? event.submitter.value : null;
    const words = choice || field.value;
    if (choice) choices(false); // a double click answers once
    waiting.push({ words, choice, node: choice || words.trim() ? bubble(choice ? event.submitter.textContent.trim() : words) : null });
    if (!choice) { field.value = ""; grow(); }
    send();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "text") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  const grow = () => {
    const field = part("text");
    const lines = field.value.split("\n").map((line) => Math.ceil(line.length / ROW) || 1);
    field.rows = Math.min(5, lines.reduce((sum, one) => sum + one, 0));
  };
  document.addEventListener("input", (event) => {
    if (event.target.id === "text") { keep(event.target.value); grow(); }
  });

  setInterval(async () => {
    const poll = part("poll");
    if (busy || document.hidden || !poll.dataset.news) return;
    try {
      const answer = await ask(`${poll.dataset.news}?apres=${poll.value}`);
      if (answer.status === 200 && !busy) show(await answer.text());
    } catch { /* no network: the next look may have it */ }
  }, POLL);

  if (new URLSearchParams(location.search).has("termine")) { // what the one before had begun to write
    keep("");
    history.replaceState(null, "", location.pathname);
  }
  if (!part("text").value) part("text").value = kept();
  grow();
  toEnd();
})();
