// Correcting a cell in the preview: a box in the cell; what it says is checked by the server, which sends the rows back.
"use strict";

(() => {
  const card = document.querySelector("[data-correctable]");
  if (!card) return;
  const token = card.querySelector("input[name=csrfmiddlewaretoken]").value;
  const said = card.querySelector("[data-said]");
  const table = card.querySelector("table.review");
  if (!table) return;
  const withOthers = () => table.tHead.rows[0].cells.length > table.tBodies[0].rows[0].querySelectorAll("td[data-field]").length + 2;

  const swap = (part) => {
    const old = document.getElementById(part.id);
    if (old) old.replaceWith(document.importNode(part, true));
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const columns = table.tHead.rows[0].cells.length;
    const rows = [...fresh.querySelectorAll("tr[id]")];
    // A kind of note that had no column yet: the whole page is drawn again.
    if (rows.some((row) => row.cells.length !== columns)) { window.location.reload(); return; }
    rows.forEach(swap);
    for (const id of ["main-action", "state", "chips"]) {
      const part = fresh.getElementById(id);
      if (part) swap(part);
    }
    document.dispatchEvent(new CustomEvent("rows-renewed"));
  };

  const send = async (row, values) => {
    const body = new URLSearchParams({ show: card.dataset.show, ...values });
    if (withOthers()) body.set("others", "1");
    const answer = await fetch(row.dataset.correct, {
      method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" }, redirect: "manual",
    });
    if (!answer.ok) { window.location.reload(); return; }
    show(await answer.text());
  };

  const tell = (id, words) => {
    const row = document.getElementById(id);
    const wrong = row ? [...row.querySelectorAll(".why")].map((why) => why.textContent) : [];
    said.textContent = wrong.length ? `${words}，这一行还有：${wrong.join("；")}` : words;
  };

  const save = async (cell, values, words) => {
    const row = cell.closest("tr");
    const { id } = row;
    const { field } = cell.dataset;
    cell.setAttribute("aria-busy", "true");
    try {
      await send(row, values);
      tell(id, words);
    } catch {
      cell.removeAttribute("aria-busy");
      said.textContent = "没有连上服务器，这一格没有改动。";
      said.classList.remove("visually-hidden");
      said.classList.add("note", "bad");
      return;
    }
    const again = document.querySelector(`#${id} td[data-field="${field}"] .fix, #${id} .edit-row`);
    if (again && document.activeElement === document.body) again.focus({ preventScroll: true });
  };

  const edit = (cell) => {
    if (cell.querySelector("input") || cell.hasAttribute("aria-busy")) return;
    const box = document.createElement("input");
    const heading = table.tHead.rows[0].cells[cell.cellIndex].textContent.trim();
    box.className = "box";
    box.value = cell.dataset.start;
    box.maxLength = 1000;
    box.autocomplete = "off";
    box.placeholder = cell.dataset.hint || "";
    box.setAttribute("aria-label", `更正${heading}`);
    const kept = [...cell.childNodes];
    const notes = [...cell.querySelectorAll(".why")];
    cell.replaceChildren(box, ...notes);
    const before = box.value;
    box.focus();
    box.select();
    let done = false;
    const close = (keep) => {
      if (done) return;
      done = true;
      const text = box.value.trim();
      cell.replaceChildren(...kept);
      // An empty box over a masked number, or the same text: nothing was corrected.
      if (!keep || text === before.trim() || (!text && cell.dataset.hint)) return;
      save(cell, { [`cell-${cell.dataset.field}`]: text }, "已改正");
    };
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") { event.preventDefault(); close(true); }
      if (event.key === "Escape") close(false);
    });
    box.addEventListener("blur", () => close(true));
  };

  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("td[data-field]");
    if (cell && !event.target.closest("a, input")) { event.preventDefault(); edit(cell); }
  });
  table.addEventListener("click", (event) => {
    const link = event.target.closest("a.fix, a.undo-cell");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cell = link.closest("td[data-field]");
    event.preventDefault();
    if (link.matches(".fix")) edit(cell);
    else save(cell, { undo: cell.dataset.field }, "已还原");
  });
})();
