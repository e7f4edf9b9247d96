// What HTML and htmx cannot do: order of autosaves, retrying them, keys of the scales, focus.
(() => {
  const $ = (selector) => document.querySelector(selector);
  $(".error-summary")?.focus();
  // A table wider than its box is scrolled with the arrow keys, so it takes the focus.
  for (const box of document.querySelectorAll(".table-scroll")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
  const form = $("form.questions");
  if (!form) return;
  // htmx notes the address, which is a secret here; the page needs no such note.
  try { sessionStorage.clear(); } catch { /* storage is off */ }

  // One answer per request: its value, its version, this window, and an ever higher number,
  // so that a delayed autosave never overwrites a later one.
  let seq = Date.now();
  form.addEventListener("htmx:configRequest", ({ detail: { elt, formData } }) => {
    const { key } = elt.closest("fieldset").dataset;
    const wanted = ["q." + key, "v." + key, "window", "revision"];
    for (const name of [...formData.keys()]) if (!wanted.includes(name)) formData.delete(name);
    formData.set("seq", ++seq);
  });
  // The page itself comes after every autosave still on its way.
  form.addEventListener("submit", () => { form.elements.seq.value = ++seq; });

  // What could not be saved is sent again; until then no "Saved" of another answer hides it.
  const waiting = new Set();
  const tell = () => {
    const saved = $("#saved");
    saved.textContent = form.dataset.unsaved;
    saved.className = "saved saved-bad";
  };
  for (const name of ["sendError", "responseError", "timeout"]) {
    form.addEventListener("htmx:" + name, ({ detail: { elt } }) => {
      waiting.add(elt);
      tell();
    });
  }
  form.addEventListener("htmx:afterRequest", ({ detail: { elt, successful } }) => {
    if (successful) waiting.delete(elt);
    if (waiting.size) tell();
  });
  setInterval(() => waiting.forEach((elt) => htmx.trigger(elt, "change")), 5000);

  // Digits choose a point of the scale that has the focus; 1 and 0 in a row are 10.
  let typed = "";
  let last = 0;
  form.addEventListener("keydown", (event) => {
    const { target, key, timeStamp } = event;
    if (target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const points = [...target.closest("fieldset").querySelectorAll(".points input")];
    const find = (value) => points.find((point) => point.value === value);
    typed = timeStamp - last < 800 ? typed + key : key;
    last = timeStamp;
    const chosen = find(typed) || find((typed = key));
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });
})();
