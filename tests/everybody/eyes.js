/* What a person sees at once and axe-core does not look for; each answers with sentences. */
(() => {
  const told = (each) => each.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const all = () => document.body.querySelectorAll("*");

  // Two things on one page that have the same key.
  const sharedKeys = () => {
    const seen = new Map();
    const items = [...document.querySelectorAll("[data-item]")];
    for (const each of document.querySelectorAll("[data-key]")) {
      // Ctrl+Enter is for the form one is in.
      if (!each.checkVisibility() || each.dataset.key === "Ctrl+Enter") continue;
      const item = each.closest("[data-item]");
      const key = `${each.dataset.key} ${item ? items.indexOf(item) : ""}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    return [...seen].filter(([, times]) => times > 1)
      .map(([key]) => `two things have the key ${key.split(" ")[0]}`);
  };

  // For whoever asked for less motion.
  const moving = () => [...all()].filter((each) => {
    const style = getComputedStyle(each);
    return style.animationName !== "none" || style.scrollBehavior === "smooth"
      || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
  }).map((each) => `this moves: ${told(each)}`);

  const tooWide = () => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide <= 0) return [];
    const out = [...all()].filter((each) => {
      const box = each.getBoundingClientRect();
      return box.right > innerWidth + 1 || box.left < -1;
    });
    return [`${wide} px wider than the window, from ${out.length ? told(out.at(-1)) : "?"}`];
  };

  const scrolls = (style) => /auto|scroll/.test(style.overflowX);

  // Words that run out of the box they stand in, onto others or out of sight.
  const runsOut = () => {
    const out = new Set();
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (words.nextNode()) {
      const text = words.currentNode;
      const parent = text.parentElement;
      if (!text.data.trim() || out.has(parent) || !parent.checkVisibility() || parent.closest("svg, option, textarea")) continue;
      let box = parent;
      while (getComputedStyle(box).display.startsWith("inline") && box !== document.body) box = box.parentElement;
      const style = getComputedStyle(box);
      const frame = box.getBoundingClientRect();
      if (scrolls(style) || frame.width < 2) continue;
      range.selectNodeContents(text);
      const seen = [...range.getClientRects()].every((part) => part.width < 2
        || (part.left >= frame.left - 3 && part.right <= frame.right + 3));
      if (!seen) out.add(parent);
    }
    return [...out].map((each) => `words run out of their box: ${told(each)}`);
  };

  window.eyes = {
    once: () => [...sharedKeys(), ...moving()],
    places: () => [...tooWide(), ...runsOut()],
  };
})();
