// Elements of drawings.

export function element(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const LEAST = 0.7; // of its size, that texts in a drawing can still be read

// A drawing in a box of a width, made smaller to fit as far as it can be read, else the box scrolls.
export function drawn(label, width, height, room, ...children) {
  const share = Math.max(LEAST, Math.min(1, room / width));
  const size = { width: width * share, height: height * share, viewBox: `0 0 ${width} ${height}` };
  const svg = element("svg", { ...size, role: "group", "aria-label": label }, ...children);
  const box = document.createElement("div");
  box.className = "scroll drawing";
  box.append(svg);
  return box;
}
