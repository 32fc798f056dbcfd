/*
 * Names for fields of the panel that Django and Select2 leave without one.
 *
 * A label is tied to the one field of its row. A date with a time is two fields, a box
 * for removing a row has its name in the head of the table, and Select2 puts a field of
 * its own in the place of the labelled one.
 */
(() => {
  const clean = (words) => words.replace(/\s+/g, " ").replace(/[\s:：]+$/u, "").trim();

  const rowName = (field) => {
    const row = field.closest(".form-row, td, p");
    const label = row?.querySelector("legend, label");
    if (label) return clean(label.textContent);
    const cell = field.closest("td");
    const heads = cell?.closest("table")?.tHead?.rows[0]?.cells;
    return heads?.[cell.cellIndex] ? clean(heads[cell.cellIndex].textContent) : "";
  };

  const name = (field, words) => {
    if (words && !field.getAttribute("aria-label")) field.setAttribute("aria-label", words);
  };

  const label = (root) => {
    for (const field of root.querySelectorAll(".datetime input")) {
      const before = field.previousSibling?.textContent ?? "";
      name(field, clean(`${rowName(field.closest(".datetime"))} ${clean(before)}`));
    }
    for (const box of root.querySelectorAll("td.delete input[type=checkbox]")) name(box, rowName(box));
    for (const drawn of root.querySelectorAll(".select2-container")) {
      const select = drawn.previousElementSibling;
      const words = select?.labels?.[0] ? clean(select.labels[0].textContent) : rowName(drawn);
      for (const part of drawn.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) {
        part.removeAttribute("aria-labelledby");
        const chosen = part.getAttribute("role") === "combobox" ? part.querySelector("[title]")?.title : "";
        name(part, [words, chosen].filter(Boolean).join(": "));
      }
    }
  };

  // jQuery calls what waits for the page in the order it came, so Select2 has been drawn.
  addEventListener("load", () => (window.django?.jQuery ? django.jQuery(() => label(document)) : label(document)));
  // A row that was added brings fields of its own; Select2 has drawn them a moment later.
  document.addEventListener("formset:added", (event) => setTimeout(() => label(event.target), 0));
})();
