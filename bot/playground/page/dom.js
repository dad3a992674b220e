// Building elements without ever parsing text as markup. Only `html` takes markup, and only what the server escaped.

export const $ = (id) => document.getElementById(id);

/** An element: tag, attributes (on* are listeners, `html` is server-made markup), children (nodes or text). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "html") node.innerHTML = value;
    else if (name === "class") node.className = value;
    else if (name === "style") Object.assign(node.style, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function avatar(user) {
  return el("span", { class: "avatar", style: { background: user.colour }, "aria-hidden": "true" }, user.name.slice(0, 1).toUpperCase());
}

export function bytes(size) {
  if (size < 1024) return `${size} bytes`;
  return size < 1048576 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export const hour = (iso) => clock.format(new Date(iso));

export function when(iso) {
  const at = new Date(iso);
  return at.toDateString() === new Date().toDateString() ? `Today at ${clock.format(at)}` : `${day.format(at)} ${clock.format(at)}`;
}

let hiding = 0;
export function toast(words) {
  const box = $("toast");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.hidden = true; }, 6000);
}

/** A link only where it leads to the web. */
export const webUrl = (url) => (/^https?:\/\//i.test(url || "") ? url : undefined);
