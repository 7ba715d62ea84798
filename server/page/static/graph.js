// Triples as a drawing: what they are about as nodes, what they say of it as edges.
import { address, local, paragraph, worded } from "./results.js";
import { drawn, element } from "./svg.js";

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAMES = /(#label|#prefLabel|\/headline|\/name)$/;
const MOST = 200; // nodes; more of them nobody can tell apart
const LONG = 28; // characters of a name
const COLOURS = 6;

function key(term) {
  return `${term.type}:${term.value}`;
}

function clipped(text) {
  return text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text;
}

// The nodes and edges of triples, called as the graph does: names and types are shown with the node, other texts only in the table.
function network(triples, called) {
  const nodes = new Map();
  const edges = new Map();
  const node = (term) => {
    if (!nodes.has(key(term))) nodes.set(key(term), { term, name: called.get(term.value) ?? null, type: null, linked: false });
    return nodes.get(key(term));
  };
  for (const { subject, predicate, object } of triples) {
    const from = node(subject);
    if (predicate.value === TYPE) from.type ??= object.value;
    else if (NAMES.test(predicate.value) && object.type !== "uri") from.name ??= object.value;
    else if (object.type === "uri" || object.type === "bnode") connect(edges, from, node(object), predicate.value);
  }
  return { nodes: [...nodes.values()].filter((one) => one.linked), edges: [...edges.values()] };
}

// What is said of the same two nodes shares an edge.
function connect(edges, source, target, predicate) {
  source.linked = target.linked = true;
  const place = `${key(source.term)} ${key(target.term)}`;
  if (!edges.has(place)) edges.set(place, { source, target, names: new Set() });
  edges.get(place).names.add(local(predicate));
}

// Sets the places of nodes, by forces, and returns the size of it all.
function place(nodes, edges, width, d3) {
  d3.forceSimulation(nodes)
    .force("link", d3.forceLink(edges).distance(130))
    .force("charge", d3.forceManyBody().strength(-420))
    .force("apart", d3.forceCollide(34))
    .force("x", d3.forceX().strength(0.06))
    .force("y", d3.forceY().strength(0.1))
    .stop()
    .tick(300);
  const left = Math.min(...nodes.map((one) => one.x));
  const top = Math.min(...nodes.map((one) => one.y));
  const right = Math.max(...nodes.map((one) => one.x));
  const spare = Math.max(0, width - (right - left) - 200) / 2;
  for (const one of nodes) {
    one.x += 90 + spare - left;
    one.y += 50 - top;
  }
  return [Math.max(...nodes.map((one) => one.x)) + 110, Math.max(...nodes.map((one) => one.y)) + 40];
}

function loop({ source: { x, y }, names }) {
  return [
    element("path", { class: "axis", d: `M${x - 5},${y - 6}C${x - 30},${y - 40} ${x + 30},${y - 40} ${x + 7},${y - 10}`, "marker-end": "url(#arrow)" }),
    element("text", { x, y: y - 36, "text-anchor": "middle", class: "edge" }, [...names].join(", ")),
  ];
}

function arrow({ source, target, names }) {
  if (source === target) return loop({ source, names });
  const length = Math.hypot(target.x - source.x, target.y - source.y) || 1;
  const at = (share) => [source.x + (target.x - source.x) * share, source.y + (target.y - source.y) * share];
  const [x1, y1] = at(8 / length);
  const [x2, y2] = at(1 - 12 / length);
  const [x, y] = at(0.42); // where what is said the other way round has not its words
  return [
    element("line", { x1, y1, x2, y2, "marker-end": "url(#arrow)" }),
    element("text", { x, y: y - 4, "text-anchor": "middle", class: "edge" }, [...names].join(", ")),
  ];
}

function dot(one, colour) {
  const name = one.name ?? (one.term.type === "bnode" ? `_:${one.term.value}` : local(one.term.value));
  const to = one.term.type === "uri" && address(one.term.value);
  return element(to ? "a" : "g", to ? { href: to } : {},
    element("title", {}, [name, one.type && local(one.type), one.term.value].filter(Boolean).join("\n")),
    element("circle", { cx: one.x, cy: one.y, r: 8, class: `kind${colour}` }),
    element("text", { x: one.x, y: one.y + 22, "text-anchor": "middle" }, clipped(name)));
}

function picture(nodes, edges, width, d3) {
  const [right, bottom] = place(nodes, edges, width, d3);
  const kinds = [...new Set(nodes.map((one) => one.type))];
  const head = element("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" },
    element("path", { d: "M0,0L8,4L0,8Z" }));
  const label = `Drawing of ${worded(nodes.length)} nodes; the table has the same`;
  return drawn(label, Math.max(width, right), bottom, width, element("defs", {}, head),
    ...edges.flatMap(arrow), ...nodes.map((one) => dot(one, kinds.indexOf(one.type) % COLOURS)));
}

// Returns the drawing, or why there is none, or nothing where there is nothing to draw.
export async function drawing(triples, called, width) {
  const { nodes, edges } = network(triples, called);
  if (!edges.length) return [];
  if (nodes.length > MOST) return [paragraph(`${worded(nodes.length)} nodes are too many to be drawn.`, "note")];
  try {
    await import("./force.min.js"); // which comes from npm, and says d3 to all
  } catch {
    return [paragraph("Graphs are drawn once the pages have been built with node: make page.", "note")];
  }
  return [picture(nodes, edges, width, window.d3)];
}
