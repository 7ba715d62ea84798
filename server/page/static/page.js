// The start page: asks without leaving it, can be told to stop, and marks errors at their line.
import { parse } from "./triples.js";
import { answerOf, paragraph, triplesOf, worded } from "./results.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const MOST = 100_000_000; // characters of an answer that is shown; browsers have little more room for one

const form = document.querySelector("#sparql");
const area = document.querySelector("#query");
const answer = document.querySelector("#answer");
const state = document.querySelector("#state");
const stop = document.querySelector("#stop");
let asking = null;

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

function show(...nodes) {
  answer.replaceChildren(...nodes);
  answer.hidden = false;
  answer.scrollIntoView({ block: "nearest" });
}

// A stream is read to its end, unless it is too long to be shown.
async function read(response) {
  let text = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += piece.value;
    if (text.length > MOST) {
      await reader.cancel();
      throw new Error("The answer is too large to be shown here: download it (CSV, Turtle), or ask for less (LIMIT).");
    }
  }
  return text;
}

function refuse(text) {
  show(paragraph(text, "error"));
  const place = /line (\d+)(?:, column (\d+))?/.exec(text);
  if (place) window.editor.show(Number(place[1]), Number(place[2] || 1));
}

async function fetched(address, options) {
  const began = performance.now();
  const response = await fetch(address, { ...options, signal: asking.signal });
  const text = await read(response);
  if (!response.ok) return refuse(text);
  const seconds = `${((performance.now() - began) / 1000).toFixed(2)} s`;
  if (!response.headers.get("Content-Type").includes("json")) {
    return show(...(await triplesOf(parse(text), seconds, answer.clientWidth)));
  }
  const found = JSON.parse(text);
  return show(...(await answerOf(found, seconds, answer.clientWidth)));
}

// Only the last question counts: a new one ends the one before, here and on the server.
async function ask(address, options = {}) {
  asking?.abort();
  const own = asking = new AbortController();
  const began = performance.now();
  stop.hidden = false;
  const clock = setInterval(() => { state.textContent = `Running, ${worded((performance.now() - began) / 1000)} s`; }, 500);
  try {
    await fetched(address, options);
  } catch (error) {
    if (own === asking && error.name === "AbortError") show(paragraph("Stopped."));
    else if (own === asking) show(paragraph(said(error), "error"));
  } finally {
    clearInterval(clock);
    if (own === asking) {
      stop.hidden = true;
      state.textContent = "";
    }
  }
}

function said(error) {
  if (error instanceof SyntaxError) return "The answer is not complete: it was cut off at a limit of the server.";
  if (error instanceof TypeError) return "The answer broke off: the server has a limit for its size or time, or is gone.";
  return error.message;
}

function askQuestion(question) {
  const given = new URLSearchParams(new FormData(question));
  ask(`${question.getAttribute("action")}?${given}`, { headers: { Accept: ACCEPT } });
}

if (form) {
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "format") return; // a download
    event.preventDefault();
    const headers = { "Content-Type": "application/sparql-query", Accept: ACCEPT };
    ask("/sparql", { method: "POST", headers, body: window.editor.value });
  });
  stop.addEventListener("click", () => asking.abort());
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const question of document.querySelectorAll("form.question")) {
    question.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.name === "format") return;
      event.preventDefault();
      askQuestion(question);
    });
  }
  for (const button of document.querySelectorAll("button.edit")) {
    button.addEventListener("click", () => {
      window.editor.value = button.dataset.query;
      window.editor.focus();
    });
  }
}
