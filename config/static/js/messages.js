/*
 * Messages: closing them, and saying so when an answer never came.
 *
 * The words stand in the page (template#no-answer), so that they are translated with it.
 */
(() => {
  const show = () => {
    const words = document.getElementById("no-answer");
    const messages = document.getElementById("messages");
    if (!words || !messages || messages.querySelector("[data-no-answer]")) return;
    messages.append(words.content.cloneNode(true));
  };

  document.addEventListener("click", (event) => {
    event.target.closest("[data-close-message]")?.closest(".message")?.remove();
  });
  for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, show);
  document.addEventListener("htmx:afterOnLoad", () => {
    document.querySelector("#messages [data-no-answer]")?.remove();
  });
})();
