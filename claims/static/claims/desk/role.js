/*
 * The role of one claimant is not that of another.
 *
 * Where somebody else is named, the role that stood there goes; it is offered back, and
 * comes by itself with the first name. Forms come and go with the cards of an article, so
 * the page listens for all of them.
 */
(() => {
  const parts = (target) => {
    const form = target.form ?? target.closest("form");
    const part = form?.querySelector("[data-role]");
    return part && {
      name: form.elements.claimant,
      role: form.elements.role_at_time,
      meant: form.elements.role_of,
      taken: part.querySelector("[data-role-taken]"),
    };
  };

  const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

  const put = ({ role, taken }, text) => {
    role.value = text;
    taken.hidden = Boolean(text);
    told(role); // what is typed is kept as a draft
  };

  document.addEventListener("change", (event) => {
    const found = parts(event.target);
    if (!found || event.target !== found.name) return;
    const { name, role } = found, before = role.defaultValue;
    const same = name.value.trim() === name.defaultValue.trim();
    if (!before || role.disabled) return;
    if (!same && role.value === before && found.meant?.value !== name.value) put(found, "");
    else if (same && !role.value) put(found, before);
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-role-back]")) return;
    const found = parts(event.target);
    if (found.meant) found.meant.value = found.name.value;
    put(found, found.role.defaultValue);
    found.role.focus();
  });
})();
