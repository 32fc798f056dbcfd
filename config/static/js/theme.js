/*
 * The reader's choice between light and dark.
 *
 * Loaded in <head> without defer, so that the choice is applied before the first paint.
 * The switch is hidden in the page and shown here: without JavaScript the system decides.
 */
(() => {
  const root = document.documentElement;

  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage refused: the choice lasts as long as the page
    }
  };

  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };

  const isDark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  const label = () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      // It says what it turns the page to.
      for (const word of button.querySelectorAll("[data-turns]")) word.hidden = (word.dataset.turns === "dark") === isDark();
    }
  };

  const turn = () => {
    const theme = isDark() ? "light" : "dark";
    apply(theme);
    label();
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // storage refused, as above
    }
  };

  apply(remembered());
  document.addEventListener("DOMContentLoaded", label);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-switch]")) turn();
  });
  addEventListener("storage", (event) => {
    if (event.key !== "theme") return;
    apply(event.newValue);
    label();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
})();
