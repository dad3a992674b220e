// Discord's components, a function a type. `act(wish)` sends what a person did with them.

import { bytes, el, webUrl } from "./dom.js";
import { emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { showPicture } from "./floats.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** What stands on a button: its emoji, drawn where the page can, and its words. */
const face = ({ emoji: sign, label }) => [sign?.name && !sign.id && emoji(sign.name), label].filter(Boolean);

function button(component, act) {
  const style = STYLES[component.style] || "secondary";
  if (component.style === 5) {
    return el("a", { class: "button link", href: webUrl(component.url), target: "_blank", rel: "noopener noreferrer" }, ...face(component));
  }
  const node = el("button", { type: "button", class: `button ${style}`, disabled: component.disabled, "data-id": component.custom_id }, ...face(component));
  node.addEventListener("click", async () => {
    node.classList.add("busy");
    await act({ do: "click", custom_id: component.custom_id });
    node.classList.remove("busy");
  });
  return node;
}

function select(component, act) {
  const label = component.placeholder || "Make a selection";
  const options = component.options || [];
  const send = (values) => act({ do: "select", custom_id: component.custom_id, values });
  if ((component.max_values ?? 1) > 1) return selectMany(component, label, options, send);
  const menu = el("select", { class: "select", "aria-label": label, disabled: component.disabled, "data-id": component.custom_id });
  menu.append(el("option", { value: "" }, label));
  for (const option of options) {
    menu.append(el("option", { value: option.value, selected: option.default }, option.label + (option.description ? ` · ${option.description}` : "")));
  }
  menu.addEventListener("change", () => menu.value && send([menu.value]));
  return menu;
}

function selectMany(component, label, options, send) {
  const [low, high] = [component.min_values ?? 1, component.max_values ?? 1];
  const boxes = options.map((option) => el("input", { type: "checkbox", value: option.value, checked: option.default, disabled: component.disabled }));
  const rows = options.map((option, i) => el("label", {}, boxes[i], ` ${option.label}`));
  const go = () => send(boxes.filter((box) => box.checked).map((box) => box.value));
  return el("fieldset", { class: "select-many", "data-id": component.custom_id }, el("legend", {}, label), ...rows,
    el("small", {}, low === high ? `Pick ${low}` : `Pick ${low} to ${high}`),
    el("button", { type: "button", class: "button primary", onclick: go, disabled: component.disabled }, "Choose"));
}

/** A picture that can be looked at large; one from elsewhere shows its words, for this page asks nobody outside. */
export function picture({ url, alt, kind = "picture" }) {
  if (!(url || "").startsWith(`${location.origin}/`)) return el("span", { class: kind, title: url }, alt || "A picture from elsewhere");
  const zoom = () => showPicture(url, alt);
  return el("button", { type: "button", class: "zoom", "aria-label": `Enlarge: ${alt || "picture"}`, onclick: zoom },
    el("img", { class: kind, src: url, alt: alt || "" }));
}

const media = (item, kind) => picture({ url: item.media?.url, alt: item.description, kind });

const DRAW = {
  1: (c, act) => el("div", { class: "row-of" }, ...c.components.map((inner) => draw(inner, act))),
  2: button,
  3: select, 5: select, 6: select, 7: select, 8: select,
  9: (c, act) => el("div", { class: "section" },
    el("div", {}, ...c.components.map((inner) => draw(inner, act))), draw(c.accessory, act)),
  10: (c) => el("div", { class: "words", html: c.html }),
  11: (c) => media(c, "thumb"),
  12: (c) => el("div", { class: "gallery" }, ...c.items.map((item) => media(item, "picture"))),
  13: (c) => fileRow({ filename: c.name, size: c.size, url: c.file.url }),
  14: (c) => el("hr", { class: `separator ${c.spacing === 2 ? "wide" : ""} ${c.divider === false ? "bare" : ""}` }),
  17: container,
};

function container(component, act) {
  const card = el("div", { class: "card" });
  if (component.colour) {
    card.classList.add("accented");
    card.append(el("span", { class: "accent", style: { background: component.colour } }));
  }
  card.append(...component.components.map((inner) => draw(inner, act)));
  return card;
}

/** The element for one component; an unknown type says so. */
export function draw(component, act) {
  const known = DRAW[component.type];
  return known ? known(component, act) : el("small", {}, `(component of type ${component.type})`);
}

export function fileRow(file) {
  return el("div", { class: "file" }, el("span", { class: "sheet" }, icon("file", 28)),
    el("div", {}, el("a", { href: webUrl(file.url), target: "_blank", rel: "noopener" }, file.filename), el("small", {}, bytes(file.size))),
    el("a", { href: webUrl(file.url), download: file.filename, "aria-label": `Download ${file.filename}` }, icon("down", 22)));
}
