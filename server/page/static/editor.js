// The SPARQL editor in place of the plain text area, where it has been built: colours, completion, errors.
"use strict";

const EXTRA_KEYS = { "Ctrl-Enter": submit, "Cmd-Enter": submit };

function submit() {
  document.querySelector("#sparql").requestSubmit();
}

function fitting(names, token) {
  const wanted = (token.autocompletionString || "").toLowerCase();
  return names.filter((name) => name.toLowerCase().includes(wanted));
}

// The usual prefixes need not be declared, so "kg:spea" is completed without a PREFIX as well.
function expanding(prefixes) {
  const known = Object.fromEntries(prefixes.map((line) => /^(.*:) <(.*)>$/.exec(line).slice(1)));
  return (yasqe, token) => {
    const [, prefix, local] = /^([\w-]*:)([\w-]*)$/.exec(token.string) || [];
    if (!(prefix in known)) return Yasqe.Autocompleters.property.preProcessToken(yasqe, token);
    return { ...token, tokenPrefix: prefix, tokenPrefixUri: known[prefix], autocompletionString: known[prefix] + local };
  };
}

function completeFrom(terms) {
  const fork = Yasqe.forkAutocompleter;
  const preProcessToken = expanding(terms.prefixes);
  // What these ask elsewhere on the web is here asked of the graph's own terms.
  const own = { bulk: false, autoShow: false, persistenceId: null };
  fork("prefixes", { ...own, name: "own-prefixes", get: (_, token) => fitting(terms.prefixes, token) }, false);
  fork("property", { ...own, preProcessToken, name: "own-property", get: (_, token) => fitting(terms.properties, token) }, false);
  fork("class", { ...own, preProcessToken, name: "own-class", get: (_, token) => fitting(terms.classes, token) }, false);
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
