/*
 * Results while a reader types, for whoever begins to type.
 *
 * htmx is fetched when the search is first touched: most readers of the front page never
 * do, and it weighs as much as all the rest of the page.
 */
(() => {
  const form = document.querySelector("form[data-htmx]");
  if (!form) return;

  const typed = () => new URLSearchParams(new FormData(form)).toString();

  const load = () => {
    const before = typed();
    const script = document.createElement("script");
    script.src = form.dataset.htmx;
    script.addEventListener("load", () => {
      // What was typed while it was on its way has set off nothing yet.
      if (typed() !== before) htmx.trigger(form, "change");
    });
    document.head.append(script);
  };

  const begin = () => {
    // Once the page is complete: htmx waits for an event that may be over otherwise.
    if (document.readyState === "complete") load();
    else addEventListener("load", load, { once: true });
  };

  if (form.contains(document.activeElement)) begin();
  else form.addEventListener("focusin", begin, { once: true });
})();
