// Answers as people read them: tables with links, bars and lines for numbers, drawings of graphs.
import { drawing } from "./graph.js";
import { line, time } from "./line.js";

export const PAGE = 1000; // rows that are put into a table at once
const COLUMNS = 3; // that have room side by side on a phone
const POINTS = 2000; // of a line, which has no more pixels
const NUMBER = /#(integer|decimal|double|float|int|long)$/;
const DAY = /#(date|dateTime|gYear|gYearMonth)$/;

// A number with separators of thousands.
export function worded(number) {
  return number.toLocaleString("en", { maximumFractionDigits: number < 10 ? 1 : 0 });
}

function counted(number, one, many) {
  return `${worded(number)} ${number === 1 ? one : many}`;
}

export function paragraph(text, kind) {
  const made = document.createElement("p");
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

// Where a link to an IRI leads: to this server for what the project mints, else to the web; null if nowhere.
export function address(iri) {
  const { base, terms } = document.body.dataset;
  if (iri.startsWith(terms)) return `/?terms#${iri.slice(terms.length)}`;
  if (iri.startsWith(base)) return "/" + iri.slice(base.length);
  return /^https?:\/\/[^\s<>"]+$/.test(iri) ? iri : null;
}

// The last part of an IRI, which is most of what people read of it.
export function local(iri) {
  return iri.replace(/^.*[/#](?=.)/, "");
}

// Returns the columns of things whose names stand beside them in each row: these need not be said twice.
function named({ head, results }, names) {
  const isSaid = (row, name) => !name || Object.values(row).some((other) => other.type !== "uri" && other.value === name);
  return new Set(head.vars.filter((column) => results.bindings.every((row) => isSaid(row, names.get(row[column]?.value)))));
}

function cell(term, names) {
  const td = document.createElement("td");
  td.dir = "auto";
  if (!term) return td;
  if (term.type === "bnode") td.textContent = `_:${term.value}`;
  else if (term.type !== "uri") td.textContent = term.value;
  else {
    const link = document.createElement("a");
    const to = address(term.value);
    if (to) link.href = to;
    link.textContent = names.get(term.value) ?? local(term.value);
    link.title = term.value;
    td.append(link);
  }
  if (term["xml:lang"]) td.lang = term["xml:lang"];
  if (NUMBER.test(term.datatype || "")) td.className = "number";
  return td;
}

// Returns the columns that have something of a kind in each row, which can be shown as a length or a place.
function columns(found, kind, measure) {
  const rows = found.results.bindings;
  const fits = (term) => term && kind.test(term.datatype || "") && Number.isFinite(measure(term.value));
  return found.head.vars.filter((name) => rows.length > 1 && rows.every((row) => fits(row[name])));
}

function bar(value, most) {
  const made = document.createElement("meter");
  made.max = most > 0 ? most : 1;
  made.value = value;
  made.setAttribute("aria-hidden", "true");
  return made;
}

// The only column of numbers shows them as bars as well.
function barred(found) {
  const [name, ...others] = columns(found, NUMBER, Number);
  if (!name || others.length) return () => null;
  const most = found.results.bindings.reduce((top, row) => Math.max(top, Number(row[name].value)), 0);
  return (row, column) => (column === name ? bar(Number(row[name].value), most) : null);
}

function table(found, names) {
  const extra = barred(found);
  const without = named(found, names);
  const none = new Map();
  const made = document.createElement("table");
  if (found.head.vars.length > COLUMNS) made.className = "wide"; // rows are cards on a phone, where roles keep it a table
  made.setAttribute("role", "table");
  const head = made.createTHead().insertRow();
  for (const name of found.head.vars) {
    const th = document.createElement("th");
    th.scope = "col";
    th.setAttribute("role", "columnheader");
    th.textContent = name;
    head.append(th);
  }
  const body = made.createTBody();
  const add = (rows) => {
    for (const row of rows) {
      const tr = body.insertRow();
      tr.setAttribute("role", "row");
      for (const name of found.head.vars) {
        const td = cell(row[name], without.has(name) ? none : names);
        td.dataset.name = name;
        td.setAttribute("role", "cell");
        td.append(extra(row, name) ?? "");
        tr.append(td);
      }
    }
  };
  return scrolling(made, found.results.bindings, add);
}

// A box that scrolls by itself, also with the keyboard, and a button for more rows than fit well.
function scrolling(made, rows, add) {
  const box = document.createElement("div");
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Table of results");
  box.append(made);
  add(rows.slice(0, PAGE));
  let shown = PAGE;
  if (rows.length <= PAGE) return [box];
  const more = document.createElement("button");
  const tell = () => { more.textContent = `Show ${worded(Math.min(PAGE, rows.length - shown))} more of ${worded(rows.length)}`; };
  more.type = "button";
  more.addEventListener("click", () => {
    add(rows.slice(shown, shown + PAGE));
    shown += PAGE;
    more.hidden = shown >= rows.length;
    tell();
  });
  tell();
  return [box, more];
}

function charts(found, width) {
  const days = columns(found, DAY, time);
  const numbers = columns(found, NUMBER, Number);
  const rows = found.results.bindings;
  if (days.length !== 1 || numbers.length !== 1 || !(rows.length >= 3 && rows.length <= POINTS)) return [];
  const points = rows.map((row) => [row[days[0]].value, Number(row[numbers[0]].value)]);
  return [line(points, days[0], numbers[0], width)];
}

// Rows of three that say something of something are triples as well.
function asTriples({ head, results }) {
  const [s, p, o] = head.vars;
  const rows = results.bindings;
  const fits = head.vars.length === 3 && rows.every((row) => row[s] && row[o] && row[s].type !== "literal"
    && row[p]?.type === "uri");
  return fits ? rows.map((row) => ({ subject: row[s], predicate: row[p], object: row[o] })) : [];
}

// Returns triples as rows.
export function rowsOf(triples) {
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings: triples } };
}

// Returns what to say of an answer, and what to show for it.
export async function answerOf(found, isGraph, names, seconds, width) {
  if ("boolean" in found) return [`${found.boolean ? "yes" : "no"}, in ${seconds}`];
  const rows = found.results.bindings;
  const said = `${isGraph ? counted(rows.length, "triple", "triples") : counted(rows.length, "row", "rows")} in ${seconds}`;
  if (!rows.length) return [`${said}: nothing in the graph fits`];
  const drawn = await drawing(isGraph ? rows : asTriples(found), names, width);
  return [said, ...drawn, ...charts(found, width), ...table(found, names)];
}
