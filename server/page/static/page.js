// The start page: asks without leaving it, can be told to stop, and marks errors at their line.
import { parse } from "./triples.js";
import { namesOf } from "./names.js";
import { answerOf, PAGE, paragraph, rowsOf, worded } from "./results.js";

const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const MOST = 100_000_000; // characters of an answer that is shown; browsers have little more room for one

const LONGEST = 8000; // characters of an address that servers and chats take

const form = document.querySelector("#sparql");
const area = document.querySelector("#query");
const answer = document.querySelector("#answer");
const found = document.querySelector("#found");
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

// The state is read out to those who do not see it, and what was found is there to be gone to.
function show(said, ...nodes) {
  state.textContent = said;
  found.replaceChildren(...nodes);
  for (const box of found.querySelectorAll(".drawing")) { // the middle of a drawing has most of it
    box.scrollTo((box.scrollWidth - box.clientWidth) / 2, (box.scrollHeight - box.clientHeight) / 2);
  }
  answer.scrollIntoView({ block: "nearest" });
}

function fail(text) {
  const made = paragraph(text, "error");
  made.setAttribute("role", "alert");
  show("", made);
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

function refuse(text, asker) {
  fail(text);
  const place = asker === form && /line (\d+)(?:, column (\d+))?/.exec(text);
  if (place) window.editor.show(Number(place[1]), Number(place[2] || 1));
}

// What goes wrong on the way to the server and back is not a fault of the page.
async function received(address, options) {
  try {
    const response = await fetch(address, options);
    return [response, await read(response)];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Error("The answer broke off: the server has a limit for its size or time, or is gone.");
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The answer is not complete: it was cut off at a limit of the server.");
  }
}

async function fetched(asker, address, options) {
  const began = performance.now();
  const [response, text] = await received(address, { ...options, signal: asking.signal });
  if (!response.ok) return refuse(text, asker);
  const seconds = `${((performance.now() - began) / 1000).toFixed(2)} s`;
  const isGraph = !response.headers.get("Content-Type").includes("json");
  const result = isGraph ? rowsOf(parse(text)) : parsed(text);
  const names = await namesOf((result.results?.bindings ?? []).slice(0, PAGE).flatMap(Object.values), asking.signal);
  return show(...(await answerOf(result, isGraph, names, seconds, answer.clientWidth)));
}

// The seconds are for the eye: nobody wants them read out, one after the other.
function clock() {
  const began = performance.now();
  const seconds = document.createElement("span");
  seconds.setAttribute("aria-hidden", "true");
  state.replaceChildren("Running", seconds);
  return setInterval(() => { seconds.textContent = `, ${worded((performance.now() - began) / 1000)} s`; }, 500);
}

// The answer stands below what was asked, and its address is that of the page, to be kept and sent.
function open(asker, link) {
  if (answer.previousElementSibling !== asker) {
    found.replaceChildren();
    asker.after(answer);
  }
  answer.hidden = stop.hidden = false;
  history.replaceState(null, "", link.length < LONGEST ? link : "/");
}

// Only the last question counts: a new one ends the one before, here and on the server.
async function ask(asker, link, address, options) {
  asking?.abort();
  const own = asking = new AbortController();
  open(asker, link);
  const ticking = clock();
  try {
    await fetched(asker, address, options);
  } catch (error) {
    if (own === asking && error.name === "AbortError") show("Stopped.");
    else if (own === asking) fail(error.message);
  } finally {
    clearInterval(ticking);
    if (own === asking) {
      if (document.activeElement === stop) answer.focus();
      stop.hidden = true;
    }
  }
}

function askQuery() {
  const query = window.editor.value;
  const headers = { "Content-Type": "application/sparql-query", Accept: ACCEPT };
  ask(form, `/?${new URLSearchParams({ query })}`, "/sparql", { method: "POST", headers, body: query });
}

function askQuestion(question) {
  const given = new URLSearchParams(new FormData(question));
  const address = question.getAttribute("action");
  const link = `/?${new URLSearchParams({ question: address.split("/").at(-1) })}&${given}`;
  ask(question, link, `${address}?${given}`, { headers: { Accept: ACCEPT } });
}

// Buttons with a name leave the page, for a download or for the editor.
function answers(asker, how) {
  asker.addEventListener("submit", (event) => {
    if (event.submitter?.name) return;
    event.preventDefault();
    how(asker);
  });
}

if (form) {
  answers(form, askQuery);
  stop.addEventListener("click", () => asking.abort());
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const question of document.querySelectorAll("form.question")) {
    answers(question, askQuestion);
    question.addEventListener("formdata", ({ formData }) => { // a field that is left empty takes anything
      for (const field of question.querySelectorAll("[data-optional]")) {
        if (!field.value.trim()) formData.set(field.name, "any");
      }
    });
  }
  const asked = document.querySelector("details[open] form.question");
  if (asked && !location.hash && !document.querySelector(".error")) askQuestion(asked); // the address has a question
}
