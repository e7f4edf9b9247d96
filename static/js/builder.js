// What the builder adds to plain forms: a failed save loses nothing, a rule redraws itself.
(() => {
  const builder = document.querySelector(".builder");
  if (!builder) return;
  const said = document.getElementById("said");
  const tell = (words) => {
    const line = document.createElement("p");
    line.className = "message message-bad";
    line.textContent = words;
    said.replaceChildren(line);
  };
  // Trouble takes the focus; what was opened or saved comes into view.
  const show = () => {
    const trouble = document.querySelector("#structure .clash, #structure .error-summary");
    if (trouble) trouble.focus();
    else document.querySelector("#structure :is(.sheet, .chooser, .item-here)")?.scrollIntoView({ block: "nearest" });
  };
  show();

  // Without a connection the form stays as it is; a page of another kind is gone to as a whole.
  builder.addEventListener("htmx:sendError", () => tell(builder.dataset.unsaved));
  builder.addEventListener("htmx:responseError", ({ detail: { elt } }) => {
    if (elt.tagName === "FORM") elt.submit();
    else location.assign(elt.href);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.responseText.includes('id="structure"')) return;
    event.detail.shouldSwap = false;
    if (new URL(xhr.responseURL).pathname.endsWith("/login")) tell(builder.dataset.loggedOut);
    else if (requestConfig.verb === "get" || xhr.status < 400) location.assign(xhr.responseURL);
    else requestConfig.elt.submit();
  });
  document.addEventListener("htmx:afterSettle", show);

  // The preview shows what is being written. A fragment would scroll the builder along with it.
  const follow = ({ target }) => {
    if (!target.matches?.("iframe.phone") || !target.dataset.at) return;
    const there = target.contentDocument?.getElementById(target.dataset.at);
    if (!there) return;
    there.classList.add("looked-at");
    target.contentWindow.scrollTo(0, there.getBoundingClientRect().top - 24);
  };
  document.addEventListener("load", follow, true);

  // A condition shows the answers of what was just chosen, without its button.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-updates]")) return;
    target.closest("fieldset").querySelector(".update").click();
  });
  document.documentElement.classList.add("with-script");
})();
