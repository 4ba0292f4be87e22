// Without this file the chat works all the same: it shows the newest message, Enter sends, and what was sent leaves
// the field; what is typed while an answer is on its way stays.
"use strict";
(() => {
  const log = document.getElementById("messages");
  const field = () => document.getElementById("text");
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  let sent = null;

  toEnd();
  document.body.addEventListener("htmx:afterSettle", toEnd);
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.target.id === "compose") sent = event.detail.parameters.choice ? null : field().value;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id !== "compose" || !event.detail.successful) return;
    if (field().value === sent) field().value = "";
    field().removeAttribute("aria-invalid");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "text") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
})();
