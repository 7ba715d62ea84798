// The editor: runs a query without leaving the page, shows rows as a table with links, errors at their line.
"use strict";

const form = document.querySelector("#sparql");
const area = document.querySelector("#query");
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

// A column of numbers shows them as bars as well, where it is the only one.
function numbers(found) {
  const rows = found.results.bindings;
  const numeric = found.head.vars.filter((name) =>
    rows.length > 1 && rows.every((row) => row[name] && /#(integer|decimal|double)$/.test(row[name].datatype || "")));
  if (numeric.length !== 1) return {};
  return { name: numeric[0], most: Math.max(...rows.map((row) => Number(row[numeric[0]].value))) };
}

function bar(value, most) {
  const made = document.createElement("meter");
  made.max = most > 0 ? most : 1;
  made.value = value;
  made.setAttribute("aria-hidden", "true");
  return made;
}

function table(found) {
  const { name: counted, most } = numbers(found);
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
    for (const name of found.head.vars) {
      const made = cell(row[name]);
      if (name === counted) made.append(bar(Number(row[name].value), most));
      tr.append(made);
    }
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

// The plain text area; where the editor has been built, editor.js puts that in its place.
window.editor = area && {
  get value() { return area.value; },
  set value(text) { area.value = text; },
  focus: () => area.focus(),
  show(line) {
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
  },
};

async function run() {
  show(paragraph("…"));
  const response = await fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
    body: window.editor.value,
  });
  const text = await response.text();
  if (!response.ok) {
    show(paragraph(text, "error"));
    const place = /line (\d+)(?:, column (\d+))?/.exec(text);
    if (place) window.editor.show(Number(place[1]), Number(place[2] || 1));
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
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const button of document.querySelectorAll("button.edit")) {
    button.addEventListener("click", () => {
      window.editor.value = button.dataset.query;
      window.editor.focus();
    });
  }
}
