// What floats above the messages: menus, the choice of emoji, dialogs to forward and to look at a picture.

import { $, el } from "./dom.js";
import { emoji } from "./emoji.js";

const EMOJI = ["👍", "❤️", "😂", "🎉", "👀", "🙏", "📰", "📌", "✅", "❌", "🔁", "❓"];

export function closeMenus() { document.querySelectorAll(".menu-list").forEach((node) => node.remove()); }

/** Opens a menu inside `node` (a message): `items` are `{ label, go }`. */
export function openMenu(node, title, items, { left = false } = {}) {
  closeMenus();
  const run = (go) => { closeMenus(); go(); };
  const list = el("div", { class: `menu-list ${left ? "left" : ""}`, role: "menu", "aria-label": title }, el("b", {}, title),
    ...items.map((item) => el("button", { type: "button", role: "menuitem", onclick: () => run(item.go) }, item.label)),
    !items.length && el("b", {}, "Nothing here. Is the bot online?"));
  node.append(list);
  list.querySelector("button")?.focus();
}

/** Lets one pick an emoji. */
export function emojiMenu(node, pick) {
  closeMenus();
  const run = (name) => { closeMenus(); pick(name); };
  const list = el("div", { class: "menu-list", role: "menu", "aria-label": "React" },
    el("div", { class: "emoji" }, ...EMOJI.map((name) => el("button", { type: "button", role: "menuitem", onclick: () => run(name) }, emoji(name, 22)))));
  node.append(list);
  list.querySelector("button").focus();
}

function dialog(label, wide, ...inside) {
  const box = $("dialog");
  box.classList.toggle("wide", wide);
  box.setAttribute("aria-label", label);
  box.replaceChildren(...inside);
  box.showModal();
  return box;
}

/** Asks where to forward a message to: `channels` are those one may write in. */
export function askForward(channels, go) {
  const names = channels.map((c) => el("option", { value: c.id }, `${c.kind === "dm" || c.kind === "group" ? "@" : "#"}${c.name}${c.place ? ` · ${c.place}` : ""}`));
  const select = el("select", { "aria-label": "Forward to" }, ...names);
  const form = el("form", { method: "dialog" }, el("h3", {}, "Forward to"), el("div", { class: "fields" }, el("label", { class: "field" }, select)),
    el("div", { class: "row" }, el("button", { type: "button", class: "button", onclick: () => box.close() }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Forward")));
  form.addEventListener("submit", () => go(select.value));
  const box = dialog("Forward", false, form);
}

/** Asks for one line or text; `go` gets it. */
export function askText(title, value, label, go) {
  const input = el("textarea", { rows: 4, "aria-label": label });
  input.value = value;
  const form = el("form", { method: "dialog" }, el("h3", {}, title), el("div", { class: "fields" }, el("label", { class: "field" }, input)),
    el("div", { class: "row" }, el("button", { type: "button", class: "button", onclick: () => box.close() }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Save")));
  form.addEventListener("submit", () => go(input.value));
  const box = dialog(title, false, form);
  input.focus();
}

/** Shows a picture large; a click or Escape closes it. */
export function showPicture(url, alt) {
  const box = dialog(alt || "Picture", true, el("img", { src: url, alt: alt || "" }), el("p", {}, alt || ""));
  box.onclick = () => { box.onclick = null; box.close(); };
}
