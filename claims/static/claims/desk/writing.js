/*
 * What is typed is not lost.
 *
 * The server keeps drafts (htmx sends each form with data-draft while one types). This
 * keeps a copy in the browser for as long as the server has not answered, puts it back
 * when the page is opened again, and counts characters where there is a limit.
 */
(() => {
  const key = (form) => `draft:${form.dataset.draft}`;
  const skipped = new Set(["csrfmiddlewaretoken", "form", "do"]);

  const fieldsOf = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => !skipped.has(name)));

  const store = (form, { sent = false } = {}) => {
    try {
      localStorage.setItem(key(form), JSON.stringify({ at: Date.now(), sent, fields: fieldsOf(form) }));
    } catch {
      // storage full or refused: the server's copy is the only one
    }
  };

  const forget = (form) => {
    try {
      localStorage.removeItem(key(form));
    } catch {
      // storage refused: nothing was stored
    }
  };

  const recall = (form) => {
    try {
      return JSON.parse(localStorage.getItem(key(form)));
    } catch {
      return null; // storage refused, or not ours
    }
  };

  // A form that was sent and is not on the page that came back was taken.
  const forgetWhatArrived = () => {
    const here = new Set([...document.querySelectorAll("form[data-draft]")].map(key));
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("draft:") && !here.has(name) && JSON.parse(localStorage.getItem(name)).sent) {
          localStorage.removeItem(name);
        }
      }
    } catch {
      // storage refused, or not ours
    }
  };

  const putBack = (form, fields) => {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
  };

  const keep = (form) => {
    form.addEventListener("input", () => store(form));
    form.addEventListener("submit", () => store(form, { sent: true }));
    const kept = recall(form);
    const saved = form.closest("section")?.querySelector("[data-saved]");
    const savedAt = Date.parse(saved?.dataset.savedAt ?? "") || 0;
    if (!kept || kept.at <= savedAt) return;
    putBack(form, kept.fields);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // Once the document is read, since htmx listens from then on.
  document.addEventListener("DOMContentLoaded", () => {
    forgetWhatArrived();
    for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (event.detail.successful && form.matches?.("form[data-draft]")) forget(form);
  });

  // --- Characters left ---------------------------------------------------------------

  const count = (field) => {
    const output = field.parentElement.querySelector("[data-count]");
    // The server counts code points, the browser UTF-16 units.
    const length = [...field.value].length;
    output.textContent = `${length} / ${field.dataset.counts}`;
    output.classList.toggle("over", length > Number(field.dataset.counts));
  };

  for (const field of document.querySelectorAll("[data-counts]")) {
    const output = document.createElement("p");
    output.className = "counter";
    output.dataset.count = "";
    field.after(output);
    count(field);
    field.addEventListener("input", () => count(field));
  }
})();
