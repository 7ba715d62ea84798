// N-Triples, as terms of the JSON results of SPARQL: { type, value, datatype?, "xml:lang"? }.

const TERM = /<([^>]*)>|(_:[^\s]+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/g;
const SHORT = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text) {
  return text.replace(/\\(?:u(.{4})|U(.{8})|(.))/g, (_, four, eight, one) =>
    one ? SHORT[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16)));
}

function term([, iri, blank, literal, language, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank.slice(2) };
  const made = { type: "literal", value: unescaped(literal) };
  if (language) made["xml:lang"] = language;
  if (datatype) made.datatype = datatype;
  return made;
}

// Returns { subject, predicate, object } for each line; a line that was cut off is left out.
export function parse(text) {
  const lines = text.split("\n").filter((line) => line.endsWith("."));
  return lines.map((line) => {
    const [subject, predicate, object] = Array.from(line.matchAll(TERM), term);
    return { subject, predicate, object };
  });
}
