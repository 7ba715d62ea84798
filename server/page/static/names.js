// What the graph calls things, so that people read names and not ends of addresses.

const MOST = 300; // things that are asked for at once
const CLEAN = /^[^\s<>"{}|\\^`]*$/;

// Returns a Map of IRIs to names, for those of the terms that this graph mints and has a name for.
export async function namesOf(terms, signal) {
  const { base } = document.body.dataset;
  const minted = terms.filter((term) => term?.type === "uri" && term.value.startsWith(base) && CLEAN.test(term.value));
  const iris = [...new Set(minted.map((term) => `<${term.value}>`))].slice(0, MOST);
  if (!iris.length) return new Map();
  const body = `SELECT ?node (MIN(STR(?label)) AS ?name) { VALUES ?node { ${iris.join(" ")} }
    ?node rdfs:label|schema:headline ?label } GROUP BY ?node`;
  const headers = { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" };
  const response = await fetch("/sparql", { method: "POST", headers, body, signal });
  if (!response.ok) return new Map(); // the answer can be read without
  const { results } = await response.json();
  return new Map(results.bindings.map(({ node, name }) => [node.value, name.value]));
}
