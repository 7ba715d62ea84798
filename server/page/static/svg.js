// Elements of drawings.

export function element(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// A drawing in a box that scrolls where it is larger than the page.
export function drawn(label, width, height, ...children) {
  const svg = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label }, ...children);
  const box = document.createElement("div");
  box.className = "scroll drawing";
  box.append(svg);
  return box;
}
