// The roster pages: files may be dropped, their names are shown, ticked people are counted, a pressed button says so and is
// not pressed twice.
"use strict";

const input = document.querySelector(".drop input[type=file]");
if (input) {
  const area = input.closest(".drop");
  const words = area.querySelector("[data-chosen]");
  const show = () => {
    const names = Array.from(input.files, (file) => file.name);
    if (names.length) words.textContent = names.length > 1 ? `${names.length} 个文件：${names.join("、")}` : names[0];
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    area.addEventListener(name, (event) => { event.preventDefault(); area.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; show(); }
  });
}

for (const place of document.querySelectorAll("[data-ticked]")) {
  const form = place.closest("button").form;
  const count = () => {
    place.textContent = ` ${form.querySelectorAll(`input[name="${place.dataset.ticked}"]:checked`).length} `;
  };
  form.addEventListener("change", count);
  count();
}

// What concerns one kind of roster only is asked for that kind; where the kind is left open, the file says it, or is asked about.
const kind = document.getElementById("kind");
const only = document.querySelectorAll("[data-only-for]");
const showOnly = () => only.forEach((field) => {
  field.hidden = field.dataset.onlyFor !== kind.value;
  field.querySelector("select").disabled = field.hidden;
});
if (kind && only.length) {
  kind.addEventListener("change", showOnly);
  window.addEventListener("pageshow", showOnly);
  showOnly();
}

// The first column that is asked about may stand far to the right.
document.querySelector(".drawn .asked select")?.scrollIntoView({ block: "nearest", inline: "center" });

const watchButtons = () => {
  for (const button of document.querySelectorAll("button[data-busy]:not([data-watched])")) {
    const words = Array.from(button.childNodes);
    button.dataset.watched = "";
    button.form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter !== button) return;
      // After the form has been sent: a disabled button would not be.
      setTimeout(() => { button.disabled = true; button.textContent = button.dataset.busy; }, 0);
    });
    // Back from the next page: the button can be pressed again.
    window.addEventListener("pageshow", () => { button.disabled = false; button.replaceChildren(...words); });
  }
};
watchButtons();
// A correction brings the main button anew.
document.addEventListener("rows-renewed", watchButtons);
