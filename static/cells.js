// Tables that become cards on a phone: every cell learns the heading of its column.
"use strict";

const labelCells = () => {
  for (const table of document.querySelectorAll("table.cards")) {
    const heads = [...table.querySelectorAll("thead tr:last-child th")].map((head) => head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.cells].forEach((cell, place) => {
        if (heads[place] && !cell.classList.contains("action-checkbox")) cell.dataset.label = heads[place];
      });
      const first = [...row.cells].find((cell) => !cell.classList.contains("action-checkbox") && !cell.classList.contains("num"));
      if (first) first.classList.add("first");
    }
  }
};
labelCells();
// Rows that came back from the server after a correction.
document.addEventListener("rows-renewed", labelCells);
for (const area of document.querySelectorAll(".scroll")) {
  // A region that scrolls must be reachable by keyboard.
  if (area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight) area.tabIndex = 0;
}
