// The few signs of the page, drawn here so that no font has to have them.

const SHAPES = {
  plus: "M12 5v14M5 12h14",
  reply: "M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1",
  apps: "M5 12h.01M12 12h.01M19 12h.01",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8 14a4.5 4.5 0 0 0 8 0M9 9.5h.01M15 9.5h.01",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
  file: "M6 2h8l5 5v15H6zM14 2v5h5M9 12h7M9 16h7",
  send: "M4 4l17 8-17 8 3-8zM7 12h8",
  close: "M6 6l12 12M18 6 6 18",
  text: "M9 4 7 20M17 4l-2 16M4 9h17M3 15h17",
  forum: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  thread: "M6 4v7a4 4 0 0 0 4 4h9M15 11l4 4-4 4",
  dm: "M4 20a8 8 0 0 1 16 0zM12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4",
  gear: "M4 7h9M17 7h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M4 17h3M11 17h9M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  forward: "M14 5l6 6-6 6M20 11h-9a7 7 0 0 0-7 7v1",
  down: "M12 4v11M7 10l5 5 5-5M5 20h14",
  group: "M2 20a7 7 0 0 1 14 0zM9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M16 3.5a4 4 0 0 1 0 7.2M18 13.5a7 7 0 0 1 4 6.5",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  menu: "M4 6h16M4 12h16M4 18h16",
};

const SVG = "http://www.w3.org/2000/svg";

/** An icon as wide as a line of text is high. */
export function icon(name, size = 20) {
  const svg = drawn(SHAPES[name], size);
  if (name === "apps") svg.setAttribute("stroke-width", 3.5);
  return svg;
}

/** A line drawing of 24 by 24 in the colour of the text; with a label it is read aloud. */
export function drawn(shape, size, label) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const attributes = { viewBox: "0 0 24 24", width: size, height: size, fill: "none", stroke: "currentColor", "stroke-width": 2,
    "stroke-linecap": "round", "stroke-linejoin": "round", ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  path.setAttribute("d", shape);
  svg.append(path);
  return svg;
}
