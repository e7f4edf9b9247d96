// What HTML and htmx cannot do: order of autosaves, retrying them, keys of the scales, focus.
(() => {
  const $ = (selector) => document.querySelector(selector);
  $(".error-summary")?.focus();
  const form = $("form.questions");
  if (!form) return;

  // One answer per request: its value, its version, this window, and an ever higher number,
  // so that a delayed autosave never overwrites a later one.
  let seq = Date.now();
  const waiting = new Set();
  form.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    const key = elt.closest("fieldset").dataset.key;
    for (const name of [...formData.keys()]) {
      if (!["q." + key, "v." + key, "window"].includes(name)) formData.delete(name);
    }
    formData.set("seq", ++seq);
  });

  const failed = (event) => {
    // 409 and 422 have something to say themselves and are shown by htmx.
    if ([409, 422].includes(event.detail.xhr.status)) return;
    waiting.add(event.detail.elt);
    const saved = $("#saved");
    saved.textContent = form.dataset.unsaved;
    saved.className = "saved saved-bad";
  };
  form.addEventListener("htmx:sendError", failed);
  form.addEventListener("htmx:responseError", failed);
  form.addEventListener("htmx:timeout", failed);
  setInterval(() => {
    for (const elt of waiting) {
      waiting.delete(elt);
      htmx.trigger(elt, "change");
    }
  }, 5000);

  // Digits choose a point of the scale that has the focus.
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.type !== "radio") return;
    const points = event.target.closest("fieldset").querySelectorAll(".points input");
    const chosen = [...points].find((point) => point.value === event.key);
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });
})();
