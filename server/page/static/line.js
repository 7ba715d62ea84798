// A line of numbers over time.
import { drawn, element } from "./svg.js";

const HEIGHT = 220;
const EDGE = { left: 56, right: 16, top: 16, bottom: 28 };

export function time(day) {
  return Date.parse(/^-?\d+$/.test(day) ? `${day}-01-01` : day.replace(/^(\d{4}-\d\d-\d\d)(Z|[+-].*)$/, "$1"));
}

// Args: points, [day, number] each; the names of both; and the width there is, in pixels.
export function line(points, days, numbers, width) {
  const sorted = points.map(([day, number]) => ({ day, number, at: time(day) })).sort((a, b) => a.at - b.at);
  const first = sorted[0].at;
  const last = sorted.at(-1).at;
  const most = Math.max(...sorted.map((point) => point.number), 0) || 1;
  const least = Math.min(...sorted.map((point) => point.number), 0);
  const x = (at) => EDGE.left + (width - EDGE.left - EDGE.right) * ((at - first) / (last - first || 1));
  const y = (number) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * ((most - number) / (most - least));
  const place = (point) => `${x(point.at).toFixed(1)},${y(point.number).toFixed(1)}`;
  const text = (left, top, anchor, said) => element("text", { x: left, y: top, "text-anchor": anchor }, said);
  const dots = sorted.map((point) => element("circle", { cx: x(point.at), cy: y(point.number), r: 3 },
    element("title", {}, `${point.day}: ${point.number}`)));
  return drawn(`${numbers} by ${days}; the table has the same`, width, HEIGHT, width,
    element("path", { class: "axis", d: `M${EDGE.left},${EDGE.top}V${y(least)}H${width - EDGE.right}` }),
    element("polyline", { points: sorted.map(place).join(" ") }),
    ...dots,
    text(EDGE.left - 6, y(most) + 4, "end", most.toLocaleString("en")),
    text(EDGE.left - 6, y(least), "end", least.toLocaleString("en")),
    text(EDGE.left, HEIGHT - 8, "start", sorted[0].day.slice(0, 10)),
    text(width - EDGE.right, HEIGHT - 8, "end", sorted.at(-1).day.slice(0, 10)));
}
