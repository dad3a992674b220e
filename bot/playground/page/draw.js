// One message as an element.

import { draw as component, fileRow, picture } from "./components.js";
import { emoji } from "./emoji.js";
import { emojiMenu } from "./floats.js";
import { icon } from "./icons.js";
import { avatar, el, hour, webUrl, when } from "./dom.js";

const TOGETHER_MS = 7 * 60 * 1000;

/** Whether a message is drawn without its head, under the one before. */
export function follows(message, before) {
  return Boolean(before) && before.author.id === message.author.id && !message.reply && !message.used && !before.system
    && before.ephemeral === message.ephemeral && new Date(message.at) - new Date(before.at) < TOGETHER_MS;
}

/** The element of a message; `hands` has act(message, wish), reply, forward, menu, personMenu, openThread, thread, remove, channelOf. */
export function drawMessage(message, before, hands) {
  if (message.system) return systemNote(message, hands);
  const close = follows(message, before);
  const node = el("article", {
    class: ["message", close && "follows", message.pinged && "pinged", message.ephemeral && "ephemeral"].filter(Boolean).join(" "),
    "data-message": message.id, "aria-label": `${message.author.name}: ${message.text.slice(0, 80)}`,
  });
  if (message.reply) node.append(quoted(message.reply));
  else if (message.used) node.append(used(message.used));
  node.append(close ? el("span", { class: "clock" }, hour(message.at)) : avatar(message.author));
  const body = el("div", { class: "body" });
  if (!close) body.append(head(message, hands));
  body.append(...content(message, hands));
  node.append(body, tools(message, hands));
  return node;
}

function systemNote(message, hands) {
  const open = message.thread && el("button", { class: "plain", onclick: () => hands.openThread(message.thread) }, message.thread.name);
  return el("div", { class: "system", "data-message": message.id }, `${message.author.name} started a thread: `, open || "");
}

function head(message, hands) {
  const ask = (event) => hands.personMenu(message, event.currentTarget.closest(".message"));
  return el("div", { class: "head" }, el("button", { type: "button", class: "who", title: "Apps on this person", onclick: ask }, message.author.name),
    message.author.bot && el("span", { class: "app" }, "APP"), el("time", { datetime: message.at }, when(message.at)));
}

function quoted(reply) {
  if (reply.gone) return el("div", { class: "above" }, el("i", {}, "Original message was deleted"));
  return el("div", { class: "above" }, avatar(reply.author), el("b", {}, reply.author.name), el("span", { class: "said", html: reply.html }));
}

function used(call) {
  return el("div", { class: "above" }, avatar(call.by), el("b", {}, call.by.name), ` ${call.how} `, el("span", { class: "used" }, call.name));
}

function content(message, hands) {
  if (message.loading) return [el("div", { class: "thinking" }, dots(), `${message.author.name} is thinking…`), ...note(message, hands)];
  const act = (wish) => hands.act(message, wish);
  const parts = [];
  if (message.html) {
    const words = el("div", { class: "words", html: message.html });
    if (message.edited) lastLine(words).append(edited());
    parts.push(words);
  }
  parts.push(...rich(message, act));
  if (message.edited && !message.html) parts.push(edited());
  if (message.forward) parts.push(forwarded(message.forward, hands));
  if (message.reactions.length) parts.push(reactions(message, act));
  if (message.thread) parts.push(el("button", { class: "thread-link", onclick: () => hands.openThread(message.thread) }, message.thread.name, el("b", {}, "Open thread ›")));
  return [...parts, ...note(message, hands)];
}

/** Embeds, components and files: what a message and a forwarded one have alike. */
function rich(said, act) {
  const parts = said.embeds.map(embed);
  if (said.components.length) parts.push(el("div", { class: "components" }, ...said.components.map((c) => component(c, act))));
  if (said.files.length) parts.push(el("div", { class: "below" }, ...said.files.map(file)));
  return parts;
}

function forwarded(said, hands) {
  const node = el("div", { class: "forward" }, el("div", { class: "from" }, icon("forward", 14), "Forwarded"));
  if (said.html) node.append(el("div", { class: "words", html: said.html }));
  node.append(...rich(said, async () => {}));
  node.querySelectorAll(".components button, .components select").forEach((inert) => { inert.disabled = true; });
  const from = said.from && el("button", { type: "button", onclick: () => hands.openThread(said.from) }, `#${said.from.name}`);
  node.append(el("footer", {}, from || "", from ? " · " : "", when(said.at)));
  return node;
}

const lastLine = (words) => (words.lastElementChild?.tagName === "P" ? words.lastElementChild : words);
const edited = () => el("span", { class: "edited" }, " (edited)");
export const dots = () => el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));

function note(message, hands) {
  if (!message.ephemeral) return [];
  return [el("div", { class: "note" }, icon("eye", 14), "Only you can see this ·", el("button", { type: "button", onclick: () => hands.remove(message) }, "Dismiss message"))];
}

function file(item) {
  if (/^image\//.test(item.content_type || "")) return picture({ url: item.url, alt: item.description || item.filename });
  return fileRow(item);
}

function embed(item) {
  const node = el("div", { class: "embed", style: item.colour ? { borderLeftColor: item.colour } : {} });
  const link = webUrl(item.url);
  if (item.title) node.append(el("b", { class: "title" }, link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, item.title) : item.title));
  if (item.html) node.append(el("div", { class: "words", html: item.html }));
  if (item.fields.length) {
    node.append(el("div", { class: "parts" }, ...item.fields.map((f) => el("div", { class: f.inline ? "inline" : "" }, el("b", {}, f.name), el("div", { class: "words", html: f.html })))));
  }
  if (item.footer) node.append(el("footer", {}, item.footer));
  return node;
}

function reactions(message, act) {
  const one = (r) => el("button", { type: "button", class: r.mine ? "mine" : "", title: r.names.join(", "), "aria-pressed": String(r.mine),
    onclick: () => act({ do: "react", emoji: r.emoji }) }, emoji(r.label), ` ${r.count}`);
  return el("div", { class: "reactions" }, ...message.reactions.map(one));
}

function tools(message, hands) {
  const item = (label, sign, go) => el("button", { type: "button", "aria-label": label, title: label, onclick: go }, icon(sign, 18));
  return el("div", { class: "tools", role: "toolbar", "aria-label": "Actions" },
    !message.ephemeral && item("React", "smile", (event) => emojiMenu(event.currentTarget.closest(".message"), (emoji) => hands.act(message, { do: "react", emoji }))),
    !message.ephemeral && item("Reply", "reply", () => hands.reply(message)),
    !message.ephemeral && item("Forward", "forward", () => hands.forward(message)),
    !message.ephemeral && !message.thread && hands.inGuild() && item("Start a thread", "thread", () => hands.thread(message)),
    message.mine && item("Edit", "pencil", () => hands.edit(message)),
    item("Apps", "apps", (event) => hands.menu(message, event.currentTarget.closest(".message"))),
    message.deletable && item("Delete", "trash", () => hands.remove(message)));
}
