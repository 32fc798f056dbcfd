/*
 * Tracked claims near to a statement, while it is being written.
 *
 * A form with a [data-nearest] in it is asked about when its statement rests, and when the
 * button is pressed that opens a tab of its own where there is no script. Whatever goes
 * wrong, writing goes on: what cannot be fetched is not shown. The panel uses it as well.
 */
(() => {
  const RESTS = 700;
  const known = new WeakMap(); // by place: the timer, the question under way, what is shown

  const of = (place) => {
    if (!known.has(place)) known.set(place, {});
    return known.get(place);
  };

  const show = (place, text) => {
    const state = of(place);
    if (state.shown === text) return; // nothing is read out twice
    state.shown = text;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const told = fresh.querySelector("[data-told]")?.textContent.trim() ?? "";
    const status = place.querySelector("[data-nearest-told]");
    if (status.textContent !== told) status.textContent = told;
    place.querySelector("[data-list]")?.remove();
    const list = fresh.querySelector("[data-list]");
    if (list) place.append(list);
  };

  const ask = async (place, form) => {
    const state = of(place), words = form.elements.statement;
    clearTimeout(state.timer);
    state.under?.abort();
    state.under = new AbortController();
    const body = new FormData();
    body.set("statement", words.value);
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(place.dataset.nearest, {
        method: "POST", body, headers: { "HX-Request": "true" }, signal: state.under.signal, redirect: "error",
      });
      if (answer.ok) show(place, await answer.text());
    } catch {
      // Overtaken by the next question, or no answer: what stands there stands.
    }
  };

  // The panel's own template leaves no room under the field.
  for (const place of document.querySelectorAll("[data-nearest-after]")) {
    place.closest("form").querySelector(place.dataset.nearestAfter)?.after(place);
  }

  document.addEventListener("input", ({ target }) => {
    if (target.name !== "statement") return;
    const place = target.form?.querySelector("[data-nearest]");
    if (!place) return;
    clearTimeout(of(place).timer);
    of(place).timer = setTimeout(() => ask(place, target.form), RESTS);
  });

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-nearest-ask]")?.form;
    const place = form?.querySelector("[data-nearest]");
    if (!place) return;
    event.preventDefault();
    ask(place, form);
  });
})();
