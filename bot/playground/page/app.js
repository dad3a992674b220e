// The page: one WebSocket, the channel list, the message list.

import { $, avatar, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { dots, drawMessage } from "./draw.js";
import { askForward, askText, closeMenus, openMenu } from "./floats.js";
import { openModal } from "./forms.js";
import { prefill, setReply, startComposer } from "./compose.js";

const SIGNS = { text: "#", forum: "", thread: "", dm: "@", group: "@" };
const isPrivate = (channel) => channel.kind === "dm" || channel.kind === "group";

const page = {
  me: null, bot: null, people: [], roles: [], samples: [], guilds: [], channels: [], channel: null, messages: [],
  socket: null, refs: new Map(), nextRef: 1, typing: new Map(), unread: new Set(),

  /** Asks the server for something; resolves to its answer, `{error}` shown unless quiet. */
  wish(data, quiet = false) {
    const ref = this.nextRef++;
    return new Promise((resolve) => {
      this.refs.set(ref, (answer) => {
        if (answer.error && !quiet) toast(answer.error);
        if (answer.modal) this.showModal(answer);
        resolve(answer);
      });
      this.socket.send(JSON.stringify({ ...data, ref }));
    });
  },

  showModal({ modal, interaction }) {
    openModal(modal, (filled) => this.wish({ do: "modal", interaction, ...filled }));
  },

  retitle() {
    const { name, kind, topic, nsfw, writable } = this.channel;
    const quiet = { aged: nsfw && "age-restricted", locked: this.channel.locked && "locked", archived: this.channel.archived && "archived" };
    $("title").replaceChildren(icon(kind), name);
    $("topic").textContent = [topic, ...Object.values(quiet).filter(Boolean)].filter(Boolean).join(" · ");
    $("post").hidden = kind !== "forum";
    $("text").disabled = !writable;
    $("text").placeholder = !writable ? "You may not write here" : kind === "forum" ? "Start a post…" : `Message ${SIGNS[kind] || "#"}${name}`;
    document.title = `${SIGNS[kind]}${name} · Nutgraf playground`;
  },

  async open(channel) {
    this.channel = channel;
    this.unread.delete(channel.id);
    document.body.classList.remove("menu");
    history.replaceState(null, "", `#${channel.id}`);
    this.retitle();
    setReply(null);
    drawChannels();
    const { messages } = await this.wish({ do: "open", channel: channel.id });
    if (this.channel !== channel) return;
    this.messages = messages || [];
    drawMessages();
    drawTyping();
  },
};

// --- drawing ---

function drawChannels() {
  const row = (channel) => el("button", {
    type: "button", class: `channel ${channel.kind} ${page.unread.has(channel.id) ? "unread" : ""}`, "aria-current": String(channel.id === page.channel?.id),
    onclick: () => page.open(channel),
  }, el("span", { class: "sign" }, icon(channel.kind)), el("span", { class: "name" }, channel.name));
  const threads = (parent) => page.channels.filter((c) => c.kind === "thread" && c.parent === parent.id && !c.archived);
  const inGuild = (guild) => page.channels.filter((c) => c.guild === guild.id && c.kind !== "thread").flatMap((room) => [row(room), ...threads(room).map(row)]);
  const head = (guild) => el("h3", {}, guild.name, !guild.bot && el("small", {}, `without ${page.bot.name}`));
  $("channels").replaceChildren(el("h3", {}, "Direct messages"), ...page.channels.filter(isPrivate).map(row),
    ...page.guilds.flatMap((guild) => [head(guild), ...inGuild(guild)]));
}

const hands = {
  act: (message, wish) => page.wish({ ...wish, channel: message.channel, message: message.id }),
  reply: setReply,
  remove: (message) => page.wish({ do: "delete", channel: message.channel, message: message.id }),
  openThread: (thread) => page.open(page.channels.find((c) => c.id === thread.id) || thread),
  inGuild: () => Boolean(page.channel?.guild) && page.channel.kind !== "thread",
  async menu(message, node, kind = 3, wish = {}) {
    const { commands } = await page.wish({ do: "commands", channel: message.channel });
    const item = (c) => ({ label: c.title, go: () => hands.act(message, { do: "menu", name: c.name, ...wish }) });
    openMenu(node, kind === 3 ? "Apps" : `Apps on ${message.author.name}`, commands.filter((c) => c.kind === kind).map(item), { left: kind === 2 });
  },
  personMenu: (message, node) => hands.menu(message, node, 2, { user: message.author.id }),
  forward(message) {
    const place = (c) => page.guilds.find((g) => g.id === c.guild)?.name;
    const targets = page.channels.filter((c) => c.writable && c.kind !== "forum").map((c) => ({ ...c, place: place(c) }));
    askForward(targets, (to) => hands.act(message, { do: "forward", to }));
  },
  edit: (message) => askText("Edit message", message.text, "Message text", (text) => hands.act(message, { do: "edit", text })),
  async thread(message) {
    const { thread } = await hands.act(message, { do: "thread" });
    if (thread) hands.openThread(thread);
  },
};

function welcome() {
  const { name, kind } = page.channel;
  const here = page.channel.guild ? page.guilds.find((g) => g.id === page.channel.guild)?.bot : name === page.bot.name;
  const offer = (sample) => el("button", { type: "button", onclick: () => prefill(`@${page.bot.name} ${sample.url}`) }, sample.title);
  const say = kind === "forum" ? "Every post here is a thread of its own."
    : here ? `Mention @${page.bot.name} with a link, run a command with /, or use Apps on a message. Some stories to try:`
    : `@${page.bot.name} is no member here. With the app installed for yourself (your settings, below left) you may use its commands.`;
  const posts = page.channels.filter((c) => c.parent === page.channel.id && kind === "forum");
  return el("div", { class: "welcome" }, el("h3", {}, isPrivate(page.channel) ? name : `Welcome to #${name}`), el("p", {}, say),
    posts.length ? el("div", { class: "posts" }, ...posts.map((p) => el("button", { type: "button", onclick: () => page.open(p) }, p.name)))
    : el("div", { class: "samples" }, ...page.samples.map(offer)));
}

/** The list stays at its end when pictures come in late, unless somebody scrolled up. */
let atEnd = true;
const isLow = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < 120;
const toEnd = (list) => { list.scrollTop = list.scrollHeight; atEnd = true; };

function drawMessages() {
  const list = $("messages");
  list.replaceChildren(welcome(), ...page.messages.map((m, i) => drawMessage(m, page.messages[i - 1], hands)));
  toEnd(list);
}

function place(message) {
  const list = $("messages");
  const low = atEnd || isLow(list);
  const known = page.messages.findIndex((m) => m.id === message.id);
  if (known >= 0) page.messages[known] = message;
  else page.messages.push(message);
  const at = known >= 0 ? known : page.messages.length - 1;
  const node = drawMessage(message, page.messages[at - 1], hands);
  const old = list.querySelector(`[data-message="${message.id}"]`);
  if (old) old.replaceWith(node);
  else list.append(node);
  if (low || (message.mine && known < 0)) toEnd(list);
}

function drawTyping() {
  const names = [...page.typing.values()].filter((t) => t.channel === page.channel?.id && t.until > Date.now()).map((t) => t.user.name);
  $("typing").replaceChildren(...(names.length ? [dots(), el("span", {}, el("b", {}, names.join(", ")), names.length > 1 ? " are typing…" : " is typing…")] : []));
}

// --- hearing ---

const HEAR = {
  hello(data) {
    Object.assign(page, { me: data.me, bot: data.bot, people: data.people, roles: data.roles, samples: data.samples });
    $("installed").checked = data.installed;
    $("locale").replaceChildren(...data.locales.map((name) => el("option", { value: name, selected: name === data.locale }, localeName(name))));
    $("people").replaceChildren(...data.people.map((p) => el("option", { value: p.handle, selected: p.id === data.me.id }, p.name)));
    $("self-avatar").replaceWith(Object.assign(avatar(data.me), { id: "self-avatar" }));
    HEAR.bot(data);
  },
  channels(data) {
    Object.assign(page, { channels: data.channels, guilds: data.guilds });
    const wanted = page.channel?.id || location.hash.slice(1);
    const found = data.channels.find((c) => c.id === wanted) || data.channels.find((c) => c.kind === "text") || data.channels[0];
    if (page.channel?.id !== found.id) return page.open(found);
    page.channel = found;
    page.retitle();
    drawChannels();
    if (found.kind === "forum") drawMessages();
  },
  message({ message }) {
    page.typing.delete(message.author.id);
    if (message.channel === page.channel?.id) place(message);
    else if (!page.unread.has(message.channel)) { page.unread.add(message.channel); drawChannels(); }
    drawTyping();
  },
  deleted({ id }) {
    page.messages = page.messages.filter((m) => m.id !== id);
    document.querySelector(`[data-message="${id}"]`)?.remove();
  },
  typing({ channel, user }) {
    if (user.id === page.me.id) return;
    page.typing.set(user.id, { channel, user, until: Date.now() + 10000 });
    drawTyping();
    setTimeout(drawTyping, 10100);
  },
  bot({ online }) {
    $("online").textContent = online ? `${page.bot.name} is online` : `${page.bot.name} is offline`;
    $("online").classList.toggle("on", online);
  },
  done(data) {
    const waiting = page.refs.get(data.ref);
    page.refs.delete(data.ref);
    waiting?.(data);
  },
};

const languages = new Intl.DisplayNames(["en"], { type: "language" });
const localeName = (code) => `${languages.of(code)} (${code})`;

function connect(person) {
  const socket = new WebSocket(`ws://${location.host}/page/socket?person=${encodeURIComponent(person)}`);
  page.socket = socket;
  socket.addEventListener("message", (event) => {
    const data = JSON.parse(event.data);
    if (page.socket === socket) HEAR[data.type]?.(data);
  });
  socket.addEventListener("close", () => {
    if (page.socket !== socket) return;
    $("online").textContent = "The playground is closed";
    $("online").classList.remove("on");
    setTimeout(() => connect(person), 2000);
  });
}

$("people").addEventListener("change", () => {
  const old = page.socket;
  const channel = page.channel;
  page.channel = isPrivate(channel) ? null : channel;
  page.messages = [];
  if (isPrivate(channel)) history.replaceState(null, "", "#");
  connect($("people").value);
  old.close();
  if (page.channel) page.socket.addEventListener("open", () => page.open(channel), { once: true });
  localStorage.setItem("person", $("people").value);
});
$("messages").addEventListener("scroll", () => { atEnd = isLow($("messages")); });
$("messages").addEventListener("load", () => { if (atEnd) toEnd($("messages")); }, true);
$("own").addEventListener("click", () => {
  $("settings").hidden = !$("settings").hidden;
  $("own").setAttribute("aria-expanded", String(!$("settings").hidden));
});
$("installed").addEventListener("change", () => page.wish({ do: "settings", installed: $("installed").checked }));
$("locale").addEventListener("change", () => page.wish({ do: "settings", locale: $("locale").value }));
$("theme").addEventListener("click", () => {
  const other = document.documentElement.dataset.theme === "light" ? "dark" : "light";
  document.documentElement.dataset.theme = other;
  localStorage.setItem("theme", other);
});
$("menu").addEventListener("click", () => document.body.classList.toggle("menu"));
document.addEventListener("click", (event) => {
  const spoiler = event.target.closest(".spoiler");
  if (spoiler) spoiler.classList.toggle("shown");
  if (!event.target.closest(".menu-list, .tools")) closeMenus();
  if (document.body.classList.contains("menu") && !event.target.closest("#side, #menu")) document.body.classList.remove("menu");
  const touched = matchMedia("(hover: none)").matches && event.target.closest(".message");
  if (touched || !event.target.closest(".message")) document.querySelectorAll(".message.open").forEach((m) => m.classList.remove("open"));
  if (touched) touched.classList.add("open");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  if ((event.key === "Enter" || event.key === " ") && event.target.classList?.contains("spoiler")) event.target.classList.toggle("shown");
});
document.querySelectorAll("[data-icon]").forEach((node) => node.append(icon(node.dataset.icon)));
document.documentElement.dataset.theme = localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");
startComposer(page);
connect(localStorage.getItem("person") || "ada");
