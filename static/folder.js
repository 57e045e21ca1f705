// The upload page: a whole folder, or many and large files, sent in parts that a server takes at once.
"use strict";

(() => {
  const tools = document.querySelector("[data-folder]");
  if (!tools) return;
  const form = tools.closest("form");
  const file = form.querySelector("input[name=file]");
  const folder = tools.querySelector("input");
  const area = form.querySelector(".drop");
  const words = area.querySelector("[data-chosen]");
  const told = form.querySelector("[data-problem]");
  const button = form.querySelector("button.main");
  const MEGABYTE = 1024 * 1024;
  const most = Number(tools.dataset.most);
  const mostBytes = Number(tools.dataset.megabytes) * MEGABYTE;
  const mostEach = Number(tools.dataset.each) * MEGABYTE;
  const partFiles = Number(tools.dataset.part);
  const partBytes = mostEach;
  // What is certainly no roster stays at home; the server decides about the rest by the same rule, and says why.
  const TABLE = /^(?!~\$|\.)(?:[^.]*|.*\.(?:xlsx|xls|xlsm|xlsb|et|ods|csv|txt|tsv|xml|html?))$/i;
  let chosen = [];

  const problem = (text) => { told.textContent = text; told.hidden = !text; };
  const choose = (found) => {
    chosen = found.sort((one, other) => one.path.localeCompare(other.path, "zh", { numeric: true }));
    file.required = !found.length;
    problem("");
    if (found.length) {
      const wanted = found.filter(wantedOne);
      words.textContent = `文件夹里 ${wanted.length} 个文件要读取` + (found.length > wanted.length ? `，另有 ${found.length - wanted.length} 个不是表格，跳过` : "");
    }
  };
  const wantedOne = ({ blob }) => TABLE.test(blob.name) && blob.size > 0 && blob.size <= mostEach && blob.name.toLowerCase() !== "thumbs.db";

  tools.hidden = false;
  const limits = form.querySelector("[data-limits]");
  limits.textContent = limits.dataset.limits;
  folder.addEventListener("change", () => {
    file.value = "";
    choose(Array.from(folder.files, (blob) => ({ blob, path: blob.webkitRelativePath || blob.name })));
  });
  file.addEventListener("change", () => choose([]));

  // A dropped folder is walked through; plain files are left to the page's own drop.
  const entriesOf = (reader) => new Promise((found, failed) => { reader.readEntries(found, failed); });
  const fileOf = (entry) => new Promise((found, failed) => { entry.file(found, failed); });
  const walk = async (entry, path, into) => {
    if (into.length > most * 5) return;
    if (entry.isFile) { into.push({ blob: await fileOf(entry), path: path + entry.name }); return; }
    const reader = entry.createReader();
    for (let some = await entriesOf(reader); some.length; some = await entriesOf(reader)) {
      for (const one of some) await walk(one, `${path}${entry.name}/`, into);
    }
  };
  area.addEventListener("drop", (event) => {
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.some((entry) => entry.isDirectory)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    area.classList.remove("over");
    file.value = "";
    const into = [];
    (async () => {
      for (const entry of entries) await walk(entry, "", into);
      choose(into);
    })().catch(() => problem("这个文件夹没有读出来，请改用“选整个文件夹”。"));
  }, true);

  const parts = (files) => {
    const made = [];
    let bytes = Infinity;
    for (const one of files) {
      if (bytes + one.blob.size > partBytes || made.at(-1).length >= partFiles) { made.push([]); bytes = 0; }
      made.at(-1).push(one);
      bytes += one.blob.size;
    }
    return made;
  };

  const send = async (part, skipped, batch) => {
    const body = new FormData(form);
    body.delete("file");
    body.append("batch", batch);
    for (const { blob, path } of part) { body.append("file", blob, blob.name); body.append("path", path); }
    for (const { blob, path } of skipped) { body.append("skipped", path); body.append("skipped_size", blob.size); }
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(said.problem || "上传中断，请再试一次；已收下的文件在“花名册”里。");
    return said;
  };

  const sendAll = async (files, skipped) => {
    const all = parts(files);
    let sent = 0;
    let said = { batch: "" };
    for (const [number, part] of all.entries()) {
      button.textContent = `正在上传 ${sent} / ${files.length} …`;
      said = await send(part, number ? [] : skipped, said.batch);
      sent += part.length;
    }
    location.assign(said.page);
  };

  form.addEventListener("submit", (event) => {
    const picked = chosen.length ? chosen : Array.from(file.files, (blob) => ({ blob, path: blob.name }));
    const wanted = chosen.length || picked.length > 1 ? picked.filter(wantedOne) : picked;
    const total = wanted.reduce((sum, { blob }) => sum + blob.size, 0);
    if (!chosen.length && picked.length < 2) return;  // one file: the form itself
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!wanted.length) return problem("里面没有表格文件，没有上传。");
    if (wanted.length > most || total > mostBytes) return problem(`共 ${wanted.length} 个表格、${Math.ceil(total / MEGABYTE)} MB，一次最多 ${most} 个、${tools.dataset.megabytes} MB，请分几次上传。`);
    const before = button.textContent;
    button.disabled = true;
    const skipped = picked.filter((one) => !wantedOne(one)).slice(0, most);
    sendAll(wanted, skipped).catch((error) => {
      problem(error.message.startsWith("Failed") ? "连不上服务器，请检查网络后再试；已收下的文件在“花名册”里。" : error.message);
      button.disabled = false;
      button.textContent = before;
    });
  }, true);
})();
