// What every page does: the data date moves the site, the phone's menu folds, filters go at once, print.
"use strict";

for (const input of document.querySelectorAll("input[data-submit]")) {
  let typed = false;
  input.addEventListener("keydown", (event) => { typed = event.key !== "Enter"; });
  input.addEventListener("pointerdown", () => { typed = false; });
  // While a date is typed, every digit is a change: wait until the field is left.
  input.addEventListener("change", () => { if (!typed) input.form.requestSubmit(); });
  input.addEventListener("blur", () => { if (typed && input.value !== input.defaultValue) input.form.requestSubmit(); });
}

const fold = document.querySelector(".fold");
if (fold) {
  fold.addEventListener("click", () => {
    const open = fold.closest(".bar").classList.toggle("open");
    fold.setAttribute("aria-expanded", String(open));
  });
}

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => { select.form.requestSubmit(); });
}

for (const select of document.querySelectorAll("select[data-go]")) {
  select.addEventListener("change", () => { window.location.search = select.value; });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});
