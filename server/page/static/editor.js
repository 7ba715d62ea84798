// The SPARQL editor in place of the plain text area, where it has been built: colours, completion, errors.
"use strict";

const EXTRA_KEYS = { "Ctrl-Enter": submit, "Cmd-Enter": submit };

function submit() {
  document.querySelector("#sparql").requestSubmit();
}

// The usual prefixes need not be declared, so "kg:spea" is completed without a PREFIX as well.
function expanding(known) {
  return (yasqe, token) => {
    if (!token.string.trim()) { // nothing is written yet, and the space before it stays
      const { ch } = yasqe.getDoc().getCursor();
      return { ...token, string: "", autocompletionString: "", from: { ch }, to: { ch } };
    }
    const [, prefix, local] = /^([\w-]*:)([\w-]*)$/.exec(token.string) || [];
    if (!(prefix in known)) return Yasqe.Autocompleters.property.preProcessToken(yasqe, token);
    return { ...token, autocompletionString: known[prefix] + local };
  };
}

function shortening(known) {
  return (iri) => {
    const [prefix, namespace] = Object.entries(known).find((one) => iri.startsWith(one[1])) || [];
    const local = namespace && iri.slice(namespace.length);
    return /^[\w-]+$/.test(local || "") ? prefix + local : `<${iri}>`;
  };
}

// A property may stand where "a" may, also before its first letter.
function isPlaceOfProperty(yasqe) {
  const { string, state } = yasqe.getCompleteToken();
  return !/^[?$]/.test(string) && (string.trim() ? state.possibleCurrent : state.possibleNext).includes("a");
}

function completeFrom(terms) {
  const fork = Yasqe.forkAutocompleter;
  const known = Object.fromEntries(terms.prefixes.map((line) => /^(.*:) <(.*)>$/.exec(line).slice(1)));
  const short = shortening(known);
  // Who writes a part of an address looks for addresses, others for names.
  const fitting = (iris, { autocompletionString = "" }) => {
    const wanted = autocompletionString.toLowerCase();
    return iris.filter((iri) => (/[:/]/.test(wanted) ? iri : short(iri)).toLowerCase().includes(wanted));
  };
  // What these ask elsewhere on the web is here asked of the graph's own terms.
  const own = { bulk: false, autoShow: false, persistenceId: null };
  const named = { ...own, preProcessToken: expanding(known), postProcessSuggestion: (_yasqe, _token, iri) => short(iri) };
  const isValidCompletionPosition = isPlaceOfProperty;
  fork("prefixes", { ...own, name: "own-prefixes", get: (_, { string }) => terms.prefixes.filter((line) => line.startsWith(string.trim())) }, false);
  fork("property", { ...named, isValidCompletionPosition, name: "own-property", get: (_, token) => fitting(terms.properties, token) }, false);
  fork("class", { ...named, name: "own-class", get: (_, token) => fitting(terms.classes, token) }, false);
  return ["variables", "own-prefixes", "own-property", "own-class"];
}

// Declares the known prefixes that a query uses, which the editor would otherwise mark as errors.
function declare(yasqe, prefixes) {
  const declared = yasqe.getPrefixesFromQuery();
  for (const line of prefixes) {
    const [, prefix, iri] = /^(.*): <(.*)>$/.exec(line);
    if (!(prefix in declared) && yasqe.getValue().split(/[^\w:-]+/).some((word) => word.startsWith(`${prefix}:`))) {
      yasqe.addPrefixes({ [prefix]: iri });
    }
  }
}

// What the graph itself uses may be more than the ontology has: it is asked when somebody begins to write.
async function learn(terms) {
  const answer = await fetch("/.well-known/void", { headers: { Accept: "application/n-triples" } });
  const used = { class: terms.classes, property: terms.properties };
  for (const [, kind, iri] of (await answer.text()).matchAll(/<[^>]*void#(class|property)> <([^>]+)>/g)) {
    if (!used[kind].includes(iri)) used[kind].push(iri);
  }
}

function upgrade(area, autocompleters, prefixes) {
  const place = document.createElement("div");
  area.after(place);
  const yasqe = new Yasqe(place, {
    value: area.value,
    autocompleters,
    prefixCcApi: null,
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "16rem",
    lineWrapping: true,
    cursorBlinkRate: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 530,
    screenReaderLabel: "SPARQL query",
    extraKeys: { ...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false, ...EXTRA_KEYS },
  });
  declare(yasqe, prefixes);
  area.hidden = true;
  const complete = document.querySelector("#complete"); // which phones have no keys for
  complete.hidden = false;
  complete.addEventListener("click", () => {
    yasqe.focus();
    yasqe.autocomplete(false);
  });
  document.querySelector("label[for=query]").hidden = true;
  yasqe.on("autocompletionClose", () => declare(yasqe, prefixes));
  let marked = null;
  yasqe.on("change", () => {
    if (marked !== null) yasqe.removeLineClass(marked, "background", "wrong");
    marked = null;
  });
  return {
    get value() { return yasqe.getValue(); },
    set value(text) {
      yasqe.setValue(text);
      declare(yasqe, prefixes);
    },
    focus: () => yasqe.focus(),
    show(line, column) {
      marked = yasqe.addLineClass(line - 1, "background", "wrong");
      yasqe.setCursor(line - 1, Math.max(0, column - 1));
      yasqe.focus();
    },
  };
}

async function begin() {
  const area = document.querySelector("#query");
  if (!area || !window.Yasqe) return;
  const terms = await (await fetch("/static/terms.json")).json();
  window.editor = upgrade(area, completeFrom(terms), terms.prefixes);
  document.querySelector(".yasqe").addEventListener("focusin", () => learn(terms), { once: true });
  for (const button of document.querySelectorAll("#sparql button[name=format]")) {
    button.addEventListener("click", () => { area.value = window.editor.value; });
  }
}

begin().catch((error) => console.error(error));
