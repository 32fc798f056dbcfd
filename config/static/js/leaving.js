/*
 * Whoever signs out, from whatever page, leaves nothing that they typed in this browser.
 *
 * What the server does not have yet is sent to it first. Where that fails the person is
 * told; signing out once more throws it away, for the next person must not find it.
 */
(() => {
  const { person } = document.currentScript.dataset;
  const beginning = `draft:${person}:`;
  const own = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
    } catch {
      return []; // refused: nothing was stored
    }
  };

  const read = (name) => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null; // not one of ours
    }
  };

  const isTaken = async (name, token) => {
    const copy = read(name);
    if (!copy?.fields || copy.sent === true) return true;
    const [, , claim, ...rest] = name.split(":");
    const about = { draft_person: person, draft_claim: claim, draft_form: rest.slice(0, -1).join(":"), draft_page: rest.at(-1), draft_edition: copy.edition ?? "0", draft_instead: "yes" };
    const body = new FormData();
    for (const [field, value] of Object.entries({ ...copy.fields, ...about })) body.set(field, value);
    const headers = { "HX-Request": "true", "X-CSRFToken": token };
    const answer = await fetch(copy.address, { method: "POST", body, headers }).catch(() => null);
    return answer?.ok ?? false;
  };

  const sendAll = async (token) => {
    const waits = [];
    document.dispatchEvent(new CustomEvent("leaving", { detail: { waits } }));
    await Promise.all(waits);
    for (const name of own()) if (await isTaken(name, token)) localStorage.removeItem(name);
    return own().length;
  };

  const say = () => {
    const message = document.getElementById("left-words").content.cloneNode(true);
    (document.getElementById("messages") ?? document.querySelector("main") ?? document.body).prepend(message);
  };

  let isSure = false;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-sign-out], #logout-form") || !own().length) return;
    if (isSure) {
      for (const name of own()) localStorage.removeItem(name);
      return;
    }
    event.preventDefault();
    sendAll(form.elements.csrfmiddlewaretoken.value).then((left) => {
      isSure = true;
      if (left) say();
      else form.requestSubmit();
    });
  });
})();
