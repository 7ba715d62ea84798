// The editor: runs a query without leaving the page, shows rows as a table with links, errors at their line.
"use strict";

const form = document.querySelector("#sparql");
const editor = document.querySelector("#query");
const answer = document.querySelector("#answer");

function cell(term) {
  const td = document.createElement("td");
  if (!term) return td;
  if (term.type === "uri") {
    const link = document.createElement("a");
    const local = new URL(term.value, location.href);
    const minted = /^\/(?:.*\/)?((?:article|actor|place)\/.*)$/.exec(local.pathname);
    if (local.protocol === "http:" || local.protocol === "https:") {
      link.href = minted ? "/" + minted[1] + local.hash : term.value;
    }
    link.textContent = term.value.replace(/^.*[/#](?=.)/, "");
    link.title = term.value;
    td.append(link);
  } else {
    td.textContent = term.value;
  }
  return td;
}

function table(found) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of found.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    head.append(th);
  }
  const body = made.createTBody();
  for (const row of found.results.bindings) {
    const tr = body.insertRow();
    for (const name of found.head.vars) tr.append(cell(row[name]));
  }
  return made;
}

function show(...nodes) {
  answer.replaceChildren(...nodes);
  answer.hidden = false;
  answer.scrollIntoView({ block: "nearest" });
}

function paragraph(text, kind) {
  const made = document.createElement(kind === "pre" ? "pre" : "p");
  if (kind === "error") made.className = "error";
  made.textContent = text;
  return made;
}

function select(line) {
  const lines = editor.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[line - 1] || "").length);
}

async function run() {
  show(paragraph("…"));
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    body: editor.value,
  });
  const text = await response.text();
  if (!response.ok) {
    show(paragraph(text, "error"));
    const line = /line (\d+)/.exec(text);
    if (line) select(Number(line[1]));
    return;
  }
  if (!response.headers.get("Content-Type").includes("json")) {
    show(paragraph(text, "pre"));
    return;
  }
  const found = JSON.parse(text);
  if ("boolean" in found) show(paragraph(found.boolean ? "yes" : "no"));
  else show(paragraph(`${found.results.bindings.length} rows`), table(found));
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "format") return; // a download
    event.preventDefault();
    run().catch((error) => show(paragraph(String(error), "error")));
  });
  editor.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const button of document.querySelectorAll("button.edit")) {
    button.addEventListener("click", () => {
      editor.value = button.dataset.query;
      editor.focus();
    });
  }
}
