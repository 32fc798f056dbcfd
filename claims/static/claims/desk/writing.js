/*
 * What is typed is not lost.
 *
 * A form with a [data-draft] in it is kept while one types: by the server, and in this
 * browser for as long as the server has not answered. A copy here is named by the person,
 * the claim, the form and this page, and is gone once the server has its words; what is
 * left over is sent, put back or offered when the form is opened again. No clock decides:
 * the server counts the editions of a draft.
 */
(() => {
  const SOON = 2000, AT_ONCE = 300, AGAIN = [3000, 6000, 12000, 30000];
  const steering = /^(csrfmiddlewaretoken|do|form|known|sure|draft_\w+)$/;
  // Digits and order as the server writes them
  const here = () => `${document.documentElement.lang.replace(/^en$/, "en-GB")}-u-nu-latn`;
  const words = (name) => document.getElementById("draft-words")?.content.querySelector(`[data-word="${name}"]`)?.cloneNode(true);

  // --- Copies in this browser ---------------------------------------------------------

  const copies = {
    keep(name, value) {
      try {
        localStorage.setItem(name, JSON.stringify(value));
        return true;
      } catch {
        return false; // full or refused: whoever calls says so
      }
    },
    drop(name) {
      try {
        localStorage.removeItem(name);
      } catch {
        // refused: nothing was stored
      }
    },
    names(beginning) {
      try {
        return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
      } catch {
        return [];
      }
    },
    read(name) {
      try {
        return JSON.parse(localStorage.getItem(name));
      } catch {
        return null;
      }
    },
  };

  // --- One form -----------------------------------------------------------------------

  const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const tokenAtFirst = token();

  class Kept {
    constructor(part) {
      this.part = part;
      this.form = part.closest("form");
      this.name = `draft:${part.dataset.draft}`;
      this.own = `${this.name}:${this.value("draft_page")}`;
      this.address = part.dataset.draftTo;
      this.tries = 0;
      this.dirty = false;
      this.submits = false;
      this.form.addEventListener("input", () => this.typed(SOON));
      this.form.addEventListener("change", () => this.typed(AT_ONCE));
      this.form.addEventListener("focusout", () => this.dirty && this.later(AT_ONCE));
      this.form.addEventListener("submit", (event) => this.submitted(event));
      this.form.addEventListener("click", (event) => this.chosen(event));
    }

    value(name) {
      return this.part.querySelector(`[name="${name}"]`)?.value ?? "";
    }

    fields() {
      return Object.fromEntries([...new FormData(this.form)].filter(([name, value]) => !steering.test(name) && typeof value === "string"));
    }

    typed(wait) {
      this.dirty = true;
      this.part.querySelector("[data-offered]")?.remove();
      this.safe = this.store();
      this.later(wait);
    }

    store(sent = false) {
      return copies.keep(this.own, {
        edition: this.value("draft_edition"),
        at: new Date().toISOString(),
        address: this.address,
        sent,
        fields: this.fields(),
      });
    }

    later(wait) {
      clearTimeout(this.timer);
      if (this.submits) return;
      this.timer = setTimeout(() => this.send(), wait);
    }

    // --- Sending ---

    body(fields = this.fields(), instead = false) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      for (const field of this.part.querySelectorAll("input[type=hidden]")) body.set(field.name, field.value);
      if (instead) body.set("draft_instead", "yes");
      return body;
    }

    async send({ instead = false, keepalive = false } = {}) {
      clearTimeout(this.timer);
      this.under?.abort();
      this.under = new AbortController();
      const fields = this.fields();
      try {
        const answer = await fetch(this.address, {
          method: "POST",
          body: this.body(fields, instead),
          headers: { "HX-Request": "true", "X-CSRFToken": token() ?? this.form.elements.csrfmiddlewaretoken.value },
          signal: this.under.signal,
          redirect: "error",
          keepalive,
        });
        const text = await answer.text();
        if (answer.ok) this.saved(text, fields);
        else this.refused(answer.status, text);
        return answer.ok;
      } catch (error) {
        if (error.name !== "AbortError") this.unanswered();
        return false;
      }
    }

    saved(text, fields) {
      this.tries = 0;
      this.show(text);
      this.part.querySelector('[name="draft_instead"]')?.remove();
      if (JSON.stringify(fields) !== JSON.stringify(this.fields())) return; // typed on meanwhile
      this.dirty = false;
      copies.drop(this.own);
      renewToken();
    }

    refused(status, text) {
      if (status === 409 || status === 422) {
        this.show(text, { keepEdition: true });
        return;
      }
      // Signed out, or somebody else is signed in: said above, and tried again on return.
      const message = new DOMParser().parseFromString(text, "text/html").getElementById("error");
      if (message && (status === 401 || status === 403) && message.matches(".message")) above(message);
      this.say(this.safe ? "here" : "nowhere");
      if (status >= 500) this.again();
    }

    unanswered() {
      this.say(this.safe ? "here" : "nowhere");
      this.again();
    }

    again() {
      this.later(AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
    }

    // --- Saying so ---

    show(text, { keepEdition = false } = {}) {
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-saved]");
      if (!fresh) return;
      this.part.querySelector("[data-saved]").replaceWith(fresh);
      if (!keepEdition) this.part.querySelector('[name="draft_edition"]').value = fresh.dataset.edition;
    }

    say(word) {
      const place = this.part.querySelector("[data-saved]");
      if (place.dataset.said === word) return;
      place.dataset.said = word;
      place.replaceChildren(words(word) ?? "");
    }

    chosen(event) {
      if (event.target.closest("[data-draft-instead]")) {
        event.preventDefault();
        this.send({ instead: true });
      }
    }

    // --- Submitting ---

    submitted(event) {
      clearTimeout(this.timer);
      this.under?.abort();
      this.store(true);
      // What is submitted is no draft any more: kept again on leaving, it would come back.
      this.submits = true;
      if (token() === tokenAtFirst || this.renewed) return;
      // Somebody signed in since this page was opened. If it is the same person, go on.
      event.preventDefault();
      const { submitter } = event;
      this.renewed = true;
      this.send().then((known) => {
        if (known) this.form.requestSubmit(submitter);
        else this.submits = this.renewed = false;
      });
    }

    // --- What is left over from before ---

    recall() {
      const same = (fields) => {
        const now = this.fields();
        return Object.entries(fields).every(([name, value]) => !(name in now ? now[name] !== value : value));
      };
      for (const name of copies.names(`${this.name}:`)) {
        const copy = copies.read(name);
        if (!copy?.fields || same(copy.fields)) copies.drop(name);
        else if (!this.dirty && copy.edition === this.value("draft_edition")) this.putBack(name, copy);
        else this.offer(name, copy);
      }
    }

    putBack(name, copy, options) {
      for (const [field, value] of Object.entries(copy.fields)) {
        const element = this.form.elements.namedItem(field);
        if (element && !steering.test(field)) element.value = value;
      }
      for (let at = this.form.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
      this.dirty = true;
      this.safe = this.store();
      if (name !== this.own) copies.drop(name);
      for (const field of this.form.elements) if (field.matches("[data-counts]")) count(field);
      return this.send(options);
    }

    offer(name, copy) {
      const offer = words("offer");
      if (!offer) return;
      offer.querySelector("[data-at]").textContent = new Date(copy.at).toLocaleString(here(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      offer.querySelector("[data-put-back]").addEventListener("click", () => {
        offer.remove();
        this.putBack(name, copy, { instead: true });
      });
      offer.querySelector("[data-throw-away]").addEventListener("click", () => {
        offer.remove();
        copies.drop(name);
      });
      this.part.prepend(offer);
    }
  }

  // --- The page -----------------------------------------------------------------------

  const above = (message) => {
    const messages = document.getElementById("messages");
    if (messages && !messages.querySelector("#error")) messages.append(message);
  };

  // After another sign-in the forms of this page carry a token that is no longer taken.
  const renewToken = () => {
    const now = token();
    document.querySelector("#messages #error")?.remove();
    if (!now || now === tokenAtFirst) return;
    for (const field of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) field.value = now;
  };

  let all = [];

  const begin = () => {
    all = [...document.querySelectorAll("[data-draft]")].filter((part) => part.closest("form")).map((part) => new Kept(part));
    const person = document.querySelector('meta[name="drafts-taken"]')?.dataset.person;
    const taken = JSON.parse(document.querySelector('meta[name="drafts-taken"]')?.content || "[]");
    for (const name of taken) copies.drop(`draft:${person}:${name}`);
    for (const kept of all) kept.recall();
  };

  // A part of the page that came later may bring a form with it.
  document.addEventListener("htmx:afterSettle", () => {
    for (const part of document.querySelectorAll("[data-draft]")) {
      if (part.closest("form") && !all.some((kept) => kept.part === part)) {
        const kept = new Kept(part);
        all.push(kept);
        kept.recall();
      }
    }
  });

  // What htmx could not bring in is still being written.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) return;
    for (const kept of all) if (kept.form === detail.elt) kept.submits = false;
  });

  const sendAll = (options) => Promise.all(all.filter((kept) => kept.dirty && !kept.submits && kept.form.isConnected).map((kept) => kept.send(options)));

  addEventListener("online", () => sendAll());
  document.addEventListener("visibilitychange", () => sendAll({ keepalive: document.hidden }));

  // Leaving frees the claim for the others' eyes at once; coming back says so again.
  const presence = () => document.querySelector("[data-leave]");
  addEventListener("pagehide", () => {
    const here = presence();
    if (!here) return;
    const body = new FormData();
    body.set("left", "yes");
    body.set("csrfmiddlewaretoken", token() ?? "");
    navigator.sendBeacon(here.dataset.leave, body);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const kept of all) kept.submits = false;
    presence()?.dispatchEvent(new Event("back"));
  });

  // Whoever signs out has it sent first: see js/leaving.js.
  document.addEventListener("leaving", ({ detail }) => detail.waits.push(sendAll()));

  // Once the document is read, since what stands in it is looked for.
  document.addEventListener("DOMContentLoaded", begin);

  // --- Choosing between two texts -------------------------------------------------------

  document.addEventListener("input", (event) => {
    const radio = document.getElementById(event.target.dataset?.chooses);
    if (radio) radio.checked = true;
  });

  // --- Characters left ---------------------------------------------------------------

  const count = (field) => {
    const output = field.parentElement.querySelector("[data-count]");
    if (!output) return;
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
