/*
 * Keys for what the page can do anyway.
 *
 * An element says its key (data-key="a") and what that does (data-key-label). Within a
 * list (data-items) the keys of the current item (data-item) come first; j and k move.
 * A key never works while somebody types, nor with Ctrl, Alt or the command key; only
 * Ctrl+Enter does, for the form one is in. All of it can be switched off (WCAG 2.1.4).
 */
(() => {
  const OFF = "keys-off";

  const areOn = () => {
    try {
      return localStorage.getItem(OFF) === null;
    } catch {
      return true; // storage refused: the choice cannot be kept
    }
  };

  const turn = (on) => {
    try {
      if (on) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      // storage refused, as above
    }
  };

  // --- The item that keys are for ----------------------------------------------------

  const items = () => [...document.querySelectorAll("[data-items] [data-item]")];
  const current = () => document.querySelector('[data-item][aria-current="true"]');

  const go = (item, { focus = true } = {}) => {
    if (!item) return;
    current()?.removeAttribute("aria-current");
    item.setAttribute("aria-current", "true");
    for (const mark of document.querySelectorAll(".candidate-mark[aria-current]")) mark.removeAttribute("aria-current");
    for (const mark of marksOf(item)) mark.setAttribute("aria-current", "true");
    marksOf(item)[0]?.scrollIntoView({ block: "nearest" });
    item.scrollIntoView({ block: "nearest" });
    const holder = item.hasAttribute("tabindex") ? item : item.querySelector("a[data-key]");
    if (focus) holder?.focus({ preventScroll: true });
  };

  const marksOf = (item) =>
    [...document.querySelectorAll(".candidate-mark")].filter((mark) =>
      mark.dataset.marks.split(" ").includes(item.dataset.number),
    );

  const step = (by) => {
    const all = items();
    const at = all.indexOf(current());
    go(all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  };

  // --- Pressing ----------------------------------------------------------------------

  const isTyping = (target) =>
    target.isContentEditable || target.closest("textarea, select, input:not([type=radio], [type=checkbox])") !== null;

  const withKey = (key) => {
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(
      (each) => each.offsetParent !== null && !each.disabled,
    );
    const item = current();
    return all.find((each) => item?.contains(each)) ?? all.find((each) => !each.closest("[data-item]"));
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

  const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

  const submit = (event) => {
    const form = event.target.closest("form");
    const button = form?.querySelector('[data-key="Ctrl+Enter"]') ?? (form ? null : withKey("Ctrl+Enter"));
    if (!button) return;
    event.preventDefault();
    button.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !areOn()) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return submit(event);
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!isPlain(event) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") return show(event);
    if ((event.key === "j" || event.key === "k") && items().length) {
      event.preventDefault();
      return step(event.key === "j" ? 1 : -1);
    }
    if (event.key === "[" || event.key === "]") return nextSource(event);
    const element = withKey(event.key);
    if (!element) return;
    event.preventDefault();
    press(element);
  });

  const nextSource = (event) => {
    const all = [...document.querySelectorAll(".evidence")];
    if (!all.length) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement?.closest(".evidence"));
    const next = all[Math.min(all.length - 1, Math.max(0, at + (event.key === "]" ? 1 : -1)))];
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a")?.focus({ preventScroll: true });
  };

  // --- The list of keys --------------------------------------------------------------

  const dialog = document.getElementById("keys");

  const show = (event) => {
    event?.preventDefault();
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("[data-key-list]");
    for (const old of list.querySelectorAll("[data-found]")) old.remove();
    const seen = new Map();
    for (const each of document.querySelectorAll("[data-key]")) {
      if (!seen.has(each.dataset.key)) seen.set(each.dataset.key, each.dataset.keyLabel ?? each.labels?.[0]?.textContent ?? each.textContent.trim());
    }
    if (items().length) list.append(...entry("j k", dialog.dataset.moves ?? "↓ ↑"));
    if (document.querySelector(".evidence")) list.append(...entry("[ ]", dialog.dataset.sources ?? "← →"));
    for (const [key, label] of [...seen].sort()) list.append(...entry(key, label));
    dialog.querySelector("[data-keys-on]").checked = areOn();
    dialog.showModal();
  };

  const entry = (key, label) => {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap);
    const meaning = document.createElement("dd");
    meaning.textContent = label;
    for (const each of [term, meaning]) each.dataset.found = "";
    return [term, meaning];
  };

  dialog?.querySelector("[data-keys-on]").addEventListener("change", (event) => turn(event.target.checked));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) show();
    const item = event.target.closest("[data-items] [data-item]");
    if (item && item !== current()) go(item, { focus: false });
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).open = true;
  });
  for (const button of document.querySelectorAll("[data-keys-open]")) button.hidden = false;

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
    for (const button of document.querySelectorAll("[data-keys-open]")) button.hidden = false;
  });

  // The candidate that the address names, or the first that waits, is current.
  const begin = () => {
    const named = document.querySelector("[data-item]:target");
    go(named ?? items().find((item) => item.dataset.state === "proposed"), { focus: false });
  };

  begin();
  showWords();
  document.querySelector("[data-focus]")?.focus();
})();
