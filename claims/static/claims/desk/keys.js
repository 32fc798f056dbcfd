/*
 * Keys for what the page can do anyway.
 *
 * An element names the desk's own key (data-key="a") and what it does (data-key-label);
 * the page says which key this person presses for it (#key-map, from desk/keys.py).
 * Within a list (data-items) the keys of the current item (data-item) come first; j and k
 * move. A key never works while somebody types, nor with Ctrl, Alt or the command key.
 * Ctrl+Enter, which sends the form one is in, and Esc work always (WCAG 2.1.4).
 */
(() => {
  const map = JSON.parse(document.getElementById("key-map")?.textContent ?? '{"on": false, "own": {}}');
  const own = new Map(Object.entries(map.own)); // what is pressed → the desk's own key
  const pressed = new Map([...own].map(([character, key]) => [key, character]));

  // --- The item that keys are for ----------------------------------------------------

  const items = () => [...document.querySelectorAll("[data-items] [data-item]")];
  const current = () => document.querySelector('[data-item][aria-current="true"]');

  const go = (item, { focus = true, scroll = true } = {}) => {
    if (!item) return;
    current()?.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    for (const mark of document.querySelectorAll(".candidate-mark[aria-current]")) mark.removeAttribute("aria-current");
    for (const mark of marksOf(item)) mark.setAttribute("aria-current", "true");
    if (scroll) for (const each of [marksOf(item)[0], item]) each?.scrollIntoView({ block: "nearest" });
    const holder = item.hasAttribute("tabindex") ? item : item.querySelector("a[data-key]");
    if (focus) holder?.focus({ preventScroll: true });
  };

  const marksOf = (item) =>
    [...document.querySelectorAll(".candidate-mark")].filter((mark) =>
      mark.dataset.marks.split(" ").includes(item.dataset.number),
    );

  const step = (by) => {
    const all = items();
    const focused = all.findIndex((each) => each.contains(document.activeElement));
    const at = all.indexOf(current());
    // The first of a list is current before anybody went there: there one begins.
    if (by > 0 && at === 0 && focused === -1 && !begun) go(all[0]);
    else go(all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
    begun = true;
  };

  // --- Pressing ----------------------------------------------------------------------

  const isTyping = (target) =>
    target.isContentEditable || target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");

  const isSeen = (element) => element.checkVisibility() && !element.disabled;

  const withKey = (key) => {
    const chosen = document.querySelector('[data-key="x"]:checked') && document.querySelector(`[data-chosen="${CSS.escape(key)}"]`);
    if (chosen) return chosen;
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(isSeen);
    const item = current();
    return all.find((each) => item?.contains(each)) ?? all.find((each) => !each.closest("[data-item], details:not([data-unfolded]) form"));
  };

  const press = (element) => {
    if (element.matches("input:not([type=radio], [type=checkbox]), textarea, select")) {
      element.focus();
      return;
    }
    const opens = element.dataset.opens && document.getElementById(element.dataset.opens);
    if (opens) opens.open = true;
    element.click();
    const within = opens ?? (element.matches("summary") ? element.parentElement : null);
    within?.querySelector("input:not([type=hidden]), textarea")?.focus();
  };

  const isPlain = (event) =>
    (!event.ctrlKey && !event.metaKey && !event.altKey) || event.getModifierState("AltGraph");

  // What the layout writes counts. Where it writes no Latin letters, or digits only with
  // Shift, the place of the key on the keyboard tells what was meant.
  const meant = (event) => {
    const written = event.getModifierState("CapsLock") ? event.key.toLowerCase() : event.key;
    if (own.has(written)) return own.get(written);
    const [, letter] = /^Key([A-Z])$/.exec(event.code) ?? [];
    if (letter && written.length === 1 && written > "\u007f") return own.get(letter.toLowerCase());
    const [, digit] = /^Digit(\d)$/.exec(event.code) ?? [];
    return digit && !event.shiftKey ? own.get(digit) : undefined;
  };

  const submit = (event) => {
    const form = event.target.form ?? event.target.closest("form");
    const buttons = form ? [...form.elements].filter((each) => each.type === "submit" && !each.disabled) : [];
    const button = form ? (buttons.find((each) => each.dataset.key === "Ctrl+Enter") ?? buttons[0]) : withKey("Ctrl+Enter");
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submit(event);
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!map.on || !isPlain(event) || document.querySelector("dialog[open]")) return;
    const key = meant(event);
    if (key && (moved(key) || (!event.repeat && done(key)))) event.preventDefault();
  });

  const moved = (key) => {
    if ((key === "j" || key === "k") && items().length) step(key === "j" ? 1 : -1);
    else if ((key === "[" || key === "]") && sources().length) nextSource(key === "]" ? 1 : -1);
    else return false;
    return true;
  };

  const done = (key) => {
    if (key === "?") return show();
    const element = withKey(key);
    if (!element) return false;
    const evidence = key === "q" ? atHand() : null;
    press(element);
    if (evidence) quote(element.closest("details"), evidence);
    return true;
  };

  // --- Sources beside the claim --------------------------------------------------------

  const sources = () => [...document.querySelectorAll(".evidence")];

  const nextSource = (by) => {
    const all = sources();
    const at = all.indexOf(document.activeElement?.closest(".evidence"));
    const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a")?.focus({ preventScroll: true });
  };

  // The source one stands in, and the words that are selected on it.
  const atHand = () => {
    const selection = getSelection();
    const held = selection.isCollapsed ? null : selection.anchorNode?.parentElement?.closest(".evidence");
    const evidence = held ?? document.activeElement?.closest(".evidence");
    return evidence && { address: evidence.dataset.address, words: held ? String(selection).trim() : "" };
  };

  const quote = (form, { address, words }) => {
    const url = form?.querySelector('[name="url"]');
    const exact = form?.querySelector('[name="exact"]');
    if (!url || !exact || url.value) return;
    url.value = address;
    exact.value ||= words;
    exact.focus();
  };

  // --- The list of keys, and the keys on the page --------------------------------------

  const dialog = document.getElementById("keys");

  const works = (key) => {
    if (key === "j" || key === "k") return items().length > 0;
    if (key === "[" || key === "]") return sources().length > 0;
    return key === "?" || [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].some(isSeen);
  };

  const show = () => {
    if (!dialog || dialog.open) return false;
    for (const row of dialog.querySelectorAll("[data-key-of]")) {
      const key = row.dataset.keyOf;
      row.hidden = !works(key);
      const element = withKey(key) ?? document.querySelector(`[data-key="${CSS.escape(key)}"]`);
      const label = element?.dataset.keyLabel ?? (element?.matches("textarea") && element.labels[0]?.firstChild.textContent);
      if (label) row.querySelector("dd").textContent = label;
    }
    dialog.showModal();
    return true;
  };

  // What stands on a button is what this person presses.
  const label = () => {
    for (const element of document.querySelectorAll("[data-key], [data-chosen]")) {
      const key = element.dataset.key ?? element.dataset.chosen;
      if (key === "Ctrl+Enter") continue;
      const character = map.on ? pressed.get(key) : undefined;
      if (character) element.setAttribute("aria-keyshortcuts", character);
      else element.removeAttribute("aria-keyshortcuts");
      const cap = element.querySelector("kbd") ?? (element.matches("label > input") ? element.parentElement.querySelector("kbd") : null);
      if (!cap) continue;
      cap.hidden = !character;
      cap.textContent = character ?? key;
    }
    for (const button of document.querySelectorAll("[data-keys-open]")) {
      button.hidden = false;
      const cap = button.querySelector("kbd");
      cap.hidden = !map.on || !pressed.has("?");
      cap.textContent = pressed.get("?") ?? "?";
    }
  };

  dialog?.querySelector("[data-keys-on]").addEventListener("change", (event) => {
    map.on = event.target.checked;
    label();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".one-key")) event.target.select();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) show();
    const item = event.target.closest("[data-items] [data-item]");
    if (item && item !== current()) go(item, { focus: false });
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).open = true;
  });

  // --- Quoted words are in sight in their pane, however long the page before them ------

  const showWords = () => {
    for (const words of document.querySelectorAll(".source-text mark")) {
      const pane = words.closest(".source-text");
      const below = words.offsetTop + words.offsetHeight - pane.clientHeight;
      if (below > 0) pane.scrollTop = Math.min(words.offsetTop - 24, below + 24);
    }
  };

  // --- After a candidate was decided, the next one is current -------------------------

  const decided = (number) => {
    const item = document.querySelector(`[data-item][data-number="${number}"]`);
    if (!item) return;
    for (const mark of marksOf(item)) {
      mark.classList.remove("proposed", "accepted", "merged", "rejected");
      mark.classList.add(item.dataset.state);
    }
    const all = items();
    const open = (each) => each.dataset.state === "proposed";
    if (item.dataset.state === "proposed") {
      go(item);
      item.querySelector("[role=alert], textarea, input[type=text]")?.focus();
    } else go(all.slice(all.indexOf(item) + 1).find(open) ?? all.find(open) ?? item);
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const number = event.detail.target?.dataset?.number ?? event.target?.dataset?.number;
    if (number) decided(number);
    else if (!current()) begin();
    if (event.target.querySelector?.(".source-text")) showWords();
    label();
  });

  // The item that the address names is current, or the first that waits, or the first.
  let begun = false;
  const begin = () => {
    const named = document.querySelector("[data-item]:target");
    const waiting = items().find((item) => item.dataset.state === "proposed");
    begun = Boolean(named ?? waiting);
    const first = named ?? waiting ?? items()[0];
    go(first, { focus: false, scroll: first?.dataset.number !== undefined });
  };

  begin();
  label();
  showWords();
  document.querySelector("[data-focus]")?.focus();
})();
