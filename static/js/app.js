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
  form.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    const box = elt.closest("fieldset");
    if (!box) return; // a shared device left alone asks for its start
    const { key } = box.dataset;
    const wanted = ["q." + key, "v." + key, "window", "revision", "page", "shown"];
    for (const name of [...formData.keys()]) {
      if (!wanted.includes(name) && !name.startsWith(`q.${key}.`)) formData.delete(name);
    }
    formData.set("seq", ++seq);
    // What is only half chosen waits: own words still to come, too few ticks yet.
    const chosen = [...box.querySelectorAll("input:checked")];
    const has = (mark) => chosen.some((each) => mark in each.dataset);
    const few = chosen.length && chosen.length < box.querySelector("[data-least]")?.dataset.least;
    const mute = has("other") && !box.querySelector(".other input").value.trim();
    if (mute || (few && !has("alone"))) event.preventDefault();
  });
  // Before that: "none of these" goes with no other answer, a place given moves the answer.
  form.addEventListener("change", ({ target }) => {
    const ticked = target.closest("fieldset").querySelectorAll("[type=checkbox]:checked");
    const alone = (each) => "alone" in each.dataset;
    for (const each of target.checked ? ticked : []) {
      if (each !== target && (alone(target) || alone(each))) each.checked = false;
    }
    if (target.matches(".ranking select")) rank(target.closest("li"), target.value - 1, target);
  }, true);
  // One move in a ranking, by button or by place, gives every answer its place; "–" takes all back.
  const rank = (row, to, touched) => {
    const list = row.parentElement;
    const rows = [...list.children].filter((each) => each !== row);
    rows.splice(Math.max(to, 0), 0, row);
    list.append(...rows);
    rows.forEach((each, at) => { each.querySelector("select").value = to < 0 ? "" : at + 1; });
    touched.focus();
    const words = { answer: row.querySelector("label").textContent, place: rows.indexOf(row) + 1 };
    const told = list.nextElementSibling;
    told.textContent = to < 0 ? "" : told.dataset.said.replace(/{(\w+)}/g, (_, name) => words[name]);
  };
  form.addEventListener("click", ({ target }) => {
    const row = target.matches(".ranking button") && target.closest("li");
    if (!row) return;
    const at = [...row.parentElement.children].indexOf(row);
    rank(row, Math.max(at + +target.dataset.step, 0), target);
    row.dispatchEvent(new Event("change", { bubbles: true }));
  });
  // How much of a long text still fits, said once four fifths are full.
  const count = ({ value, dataset, nextElementSibling: told }) => {
    const left = dataset.limit - [...value].length;
    const words = left < 0 ? told.dataset.over : told.dataset.left;
    told.textContent = left < dataset.limit / 5 ? words.replace("{count}", Math.abs(left)) : "";
    told.classList.toggle("over", left < 0);
  };
  form.addEventListener("input", ({ target }) => { if (target.dataset.limit) count(target); });
  // A question may come later, when an answer opens it.
  const ready = (part) => {
    for (const button of part.querySelectorAll(".ranking button")) button.hidden = false;
    part.querySelectorAll("[data-limit]").forEach(count);
  };
  ready(form);
  form.addEventListener("htmx:load", ({ detail: { elt } }) => ready(elt));
  // The page itself comes after every autosave still on its way.
  form.addEventListener("submit", (event) => {
    form.elements.seq.value = ++seq;
    // Without a connection the browser would put its own page in place of what was typed.
    if (navigator.onLine || !waiting.size) return;
    event.preventDefault();
    tell();
  });

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
  const retry = () => waiting.forEach((elt) => htmx.trigger(elt, "change"));
  setInterval(retry, 5000);
  addEventListener("online", retry);

  // A box already as it should be stays, and so does one somebody is in: nothing typed is lost.
  form.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const { target, fragment } = detail;
    if (!target.matches(".part")) return;
    const isOpen = (box) => !!box.querySelector("[name=shown]");
    const busy = [document.activeElement, ...waiting].some((elt) => target.contains(elt));
    if (busy || isOpen(target) === isOpen(fragment)) detail.shouldSwap = false;
  });

  // Digits choose a point of the scale that has the focus; 1 and 0 in a row are 10.
  let typed = "";
  let last = 0;
  form.addEventListener("keydown", (event) => {
    const { target, key, timeStamp } = event;
    if (target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const points = [...target.closest("fieldset").querySelectorAll(".points input")];
    const find = (value) => points.find((point) => (point.dataset.digit ?? point.value) === value);
    typed = timeStamp - last < 800 ? typed + key : key;
    last = timeStamp;
    const chosen = find(typed) || find((typed = key));
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });
})();
