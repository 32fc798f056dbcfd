/*
 * A page keeps up with what happens, and nobody has to look away from their work for it.
 *
 * Parts with data-follow name what they show. The server tells the names of what has
 * changed (server-sent events, one stream for all tabs of a browser), and the part is
 * fetched again by htmx (`hx-trigger="live"`). Without a stream each part looks by
 * itself: every data-every seconds, and every data-told seconds while there is one, in
 * case a name was lost. Only what differs is changed in the page, and what came of it is
 * said at most once in five seconds.
 */
(() => {
  const QUIET = 5_000;
  const AGAIN = 30_000;
  const TOGETHER = 300; // names that come within it are one look
  const region = document.getElementById("announcements");
  const now = () => performance.now();
  const parts = () => [...document.querySelectorAll("[data-follow]")];
  const names = () => parts().flatMap((part) => part.dataset.follow.split(" "));

  // --- Looking -------------------------------------------------------------------------

  const lookedAt = new WeakMap();
  const waiting = new Set(); // ids of parts that changed while nobody looked at the page
  let isTold = false;

  const look = (part) => {
    lookedAt.set(part, now());
    htmx.trigger(part, "live");
  };

  // A part that is dear to the server leaves data-gap seconds between two looks.
  const soon = new Set();
  const lookSoon = (part) => {
    const left = (part.dataset.gap ?? 0) * 1_000 - (now() - (lookedAt.get(part) ?? -Infinity));
    if (left <= 0) return look(part);
    if (soon.has(part.id)) return;
    soon.add(part.id);
    setTimeout(() => {
      soon.delete(part.id);
      if (part.isConnected) look(part);
    }, left);
  };

  const tick = () => {
    for (const part of parts()) {
      const { every, told } = part.dataset;
      if (!lookedAt.has(part)) lookedAt.set(part, now());
      else if (every && !document.hidden && now() - lookedAt.get(part) >= (isTold ? told : every) * 1_000) look(part);
    }
  };

  let gathered = null;
  const hear = (heard) => {
    if (gathered) return heard.forEach((name) => gathered.add(name));
    gathered = new Set(heard);
    setTimeout(() => {
      const these = gathered;
      gathered = null;
      for (const part of parts()) {
        if (!part.dataset.follow.split(" ").some((name) => these.has(name))) continue;
        if (document.hidden) waiting.add(part.id);
        else lookSoon(part);
      }
    }, TOGETHER);
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    for (const id of waiting) if (document.getElementById(id)) look(document.getElementById(id));
    waiting.clear();
  });

  // --- One stream for all tabs: whoever has the lock reads it and passes it on ----------

  const setTold = (on) => {
    if (on && !isTold) for (const part of parts()) if (part.dataset.every && part.dataset.catchUp !== undefined) look(part);
    isTold = on;
    document.documentElement.dataset.told = on ? "on" : "off";
  };

  const follow = () => {
    const channel = new BroadcastChannel("counterclaim-live");
    let source = null; // only whoever leads has one
    let followed = new Set();
    let leads = false;
    let later = 0;

    const pass = (message) => channel.postMessage(message);
    const state = (on) => {
      setTold(on);
      pass({ on });
    };

    const open = () => {
      clearTimeout(later);
      source?.close();
      source = new EventSource(`${region.dataset.live}?follow=${encodeURIComponent([...followed].join(" "))}`);
      source.onopen = () => state(true);
      source.onmessage = ({ data }) => {
        const heard = data.split(" ");
        hear(heard);
        pass({ heard });
      };
      source.onerror = () => {
        state(false);
        // Refused or not there: a browser does not ask again by itself.
        if (source.readyState === EventSource.CLOSED) later = setTimeout(open, AGAIN);
      };
    };

    const include = (more) => {
      const before = followed.size;
      for (const name of more) followed.add(name);
      if (followed.size === before && source) return state(isTold);
      clearTimeout(later);
      later = setTimeout(open, source ? TOGETHER : 0);
    };

    channel.onmessage = ({ data }) => {
      if (data.heard) hear(data.heard);
      else if (data.on !== undefined) setTold(data.on);
      else if (data.ask && !leads) pass({ follow: names() });
      else if (data.follow && leads) include(data.follow);
    };
    document.addEventListener("htmx:afterSettle", () => {
      if (leads) {
        if (names().some((name) => !followed.has(name))) include(names());
      } else pass({ follow: names() });
    });
    addEventListener("pagehide", () => source?.close());

    pass({ follow: names() });
    navigator.locks.request("counterclaim-live", () => {
      leads = true;
      pass({ ask: true });
      include(names());
      return new Promise(() => {}); // held until the page is gone
    });
  };

  // --- Changing what differs, and nothing else -----------------------------------------

  // What a person, or another script, has done to the page is theirs.
  const THEIRS = new Set(["open", "checked", "value", "aria-current"]);
  const isOurs = (node) => node.type === "hidden" || node.localName === "progress";

  // What somebody has opened to type into stays as it is; that it was overtaken is said in it.
  const isHeld = (old, fresh) => {
    if (old.dataset?.held === undefined) return false;
    const note = old.querySelector("[data-overtaken]");
    const same = fresh.dataset?.state === old.dataset.state && fresh.dataset?.of === old.dataset.of;
    if (note) note.hidden = same;
    return true;
  };

  // Nor does it go with what it was about.
  const holdsWords = (node) => {
    if (!node.matches) return false;
    const held = node.matches("[data-held]") ? [node] : [...node.querySelectorAll("[data-held]")];
    if (!held.length) return false;
    for (const each of held) each.querySelector("[data-overtaken]")?.removeAttribute("hidden");
    for (const item of node.querySelectorAll("[data-item]:not([data-held])")) item.remove();
    return true;
  };

  htmx.defineExtension("in-place", {
    isInlineSwap: (style) => style === "in-place",
    handleSwap: (style, target, fragment) =>
      style === "in-place" &&
      Idiomorph.morph(target, fragment.firstElementChild, {
        callbacks: {
          beforeNodeMorphed: (old, fresh) => !isHeld(old, fresh),
          beforeNodeRemoved: (node) => !holdsWords(node),
          beforeAttributeUpdated: (name, node) => !THEIRS.has(name) || isOurs(node),
        },
      }),
  });

  // What somebody asked for in a part is looked for at once.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const part = detail.elt.matches("[data-follow] form") && detail.elt.closest("[data-follow]");
    if (part) look(part);
  });

  // Who had the new ones shown goes on from the first of all.
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.requestConfig?.elt.matches?.("[data-show]")) document.querySelector("[data-item] a[data-key]")?.focus();
  });

  // --- Saying what came of it ----------------------------------------------------------

  const standing = new Map(); // part → how it stood when its news were last said
  const news = new Map(); // part → what happened to it since then
  let saidAt = -QUIET;
  let saying = 0;

  const say = () => {
    saying = 0;
    if (!news.size) return;
    saidAt = now();
    region.textContent = [...news.values()].join(" ");
    for (const id of news.keys()) {
      const part = document.getElementById(id);
      standing.set(id, part?.dataset.standing ?? "");
      part?.removeAttribute("data-news");
    }
    news.clear();
  };

  const note = () => {
    for (const part of document.querySelectorAll("[data-standing]")) {
      if (part.dataset.news) news.set(part.id, part.dataset.news);
      else {
        // Nothing worth saying lies between the two: from here on it is compared anew.
        news.delete(part.id);
        standing.set(part.id, part.dataset.standing);
      }
    }
    if (news.size && !saying) saying = setTimeout(say, Math.max(0, saidAt + QUIET - now()));
  };

  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    if (standing.has(target.id)) detail.parameters.told = standing.get(target.id);
  });
  document.addEventListener("htmx:afterSettle", note);

  note();
  setTold(false);
  setInterval(tick, 1_000);
  if (navigator.locks && window.BroadcastChannel && window.EventSource && region) follow();
})();
