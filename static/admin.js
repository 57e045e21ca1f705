// Small mends to the stock admin: names for select2's boxes, which screen readers would meet without one.
"use strict";

function nameBoxes(root) {
  for (const box of root.querySelectorAll(".select2-selection[role=combobox]")) {
    const select = box.closest(".select2").previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    if (label) {
      box.removeAttribute("aria-labelledby");
      for (const part of [box, box.querySelector(".select2-selection__rendered")]) {
        part.setAttribute("aria-label", label.textContent.trim());
      }
    }
  }
  for (const field of root.querySelectorAll(".select2-search__field")) {
    field.setAttribute("aria-label", "输入查找");
  }
}

window.addEventListener("load", () => {
  nameBoxes(document);
  new MutationObserver(() => nameBoxes(document)).observe(document.body, { childList: true, subtree: true });
});
