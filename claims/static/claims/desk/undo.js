/*
 * The seconds in which a publication can be undone, counted down in its button.
 *
 * The server decides; this only says so. Nothing is announced each second: the notice
 * is not live, and the button is gone when it would be refused.
 */
(() => {
  const form = document.querySelector("[data-undo]");
  if (!form) return;
  const left = form.querySelector("[data-undo-left]");
  const until = performance.now() + Number(left.textContent) * 1000;

  const over = () => {
    const focused = form.contains(document.activeElement);
    for (const each of form.querySelectorAll("[data-undo-waiting]")) each.hidden = true;
    form.querySelector("[data-undo-over]").hidden = false;
    if (focused) document.getElementById("main").focus();
  };

  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    if (seconds <= 0) return over();
    left.textContent = seconds;
    setTimeout(tick, 250);
  };

  tick();
})();
