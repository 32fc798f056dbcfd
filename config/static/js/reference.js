/*
 * The reference of the API in the theme that the reader has chosen (js/theme.js).
 *
 * Swagger UI has a dark theme of its own, under a class of the root element.
 */
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const follow = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
    root.classList.toggle("dark-mode", dark);
  };

  follow();
  system.addEventListener("change", follow);
  addEventListener("storage", () => queueMicrotask(follow));
})();
