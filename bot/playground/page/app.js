// The page: one WebSocket, the channel list, the message list.

import { $, avatar, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { dots, drawMessage } from "./draw.js";
import { openModal } from "./forms.js";
import { prefill, setReply, startComposer } from "./compose.js";

const SIGNS = { text: "#", forum: "", thread: "", dm: "@" };

const page = {
  me: null, bot: null, people: [], roles: [], samples: [], channels: [], channel: null, messages: [],
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
    const { name, kind, topic } = this.channel;
    $("title").replaceChildren(icon(kind), name);
    $("topic").textContent = topic;
    $("text").placeholder = kind === "forum" ? "Start a post…" : `Message ${kind === "dm" ? "@" : "#"}${name}`;
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
  const own = page.channels.filter((c) => c.kind === "dm");
  const rooms = page.channels.filter((c) => c.kind === "text" || c.kind === "forum");
  const threads = (parent) => page.channels.filter((c) => c.kind === "thread" && c.parent === parent.id);
  $("channels").replaceChildren(el("h3", {}, "Direct messages"), ...own.map(row), el("h3", {}, "Channels"),
    ...rooms.flatMap((room) => [row(room), ...threads(room).map(row)]));
}

const hands = {
  act: (message, wish) => page.wish({ ...wish, channel: message.channel, message: message.id }),
  reply: setReply,
  remove: (message) => page.wish({ do: "delete", channel: message.channel, message: message.id }),
  openThread: (thread) => page.open(page.channels.find((c) => c.id === thread.id) || thread),
  async menu(message, node) {
    closeMenus();
    const { commands } = await page.wish({ do: "commands", channel: message.channel });
    const apps = commands.filter((c) => c.kind === 3);
    const run = (name) => { closeMenus(); hands.act(message, { do: "menu", name }); };
    node.append(el("div", { class: "menu-list", role: "menu", "aria-label": "Apps" }, el("b", {}, "Apps"),
      ...apps.map((c) => el("button", { type: "button", role: "menuitem", onclick: () => run(c.name) }, c.name)),
      !apps.length && el("b", {}, "No commands yet")));
    node.querySelector(".menu-list button")?.focus();
  },
};

function closeMenus() { document.querySelectorAll(".menu-list").forEach((node) => node.remove()); }

function welcome() {
  const { name, kind } = page.channel;
  const offer = (sample) => el("button", { type: "button", onclick: () => prefill(`@${page.bot.name} ${sample.url}`) }, sample.title);
  const say = kind === "forum" ? "Every post here is a thread of its own."
    : `Mention @${page.bot.name} with a link, run a command with /, or use Apps on a message. Some stories to try:`;
  return el("div", { class: "welcome" }, el("h3", {}, kind === "dm" ? name : `Welcome to #${name}`), el("p", {}, say),
    el("div", { class: "samples" }, ...page.samples.map(offer)));
}

function drawMessages() {
  const list = $("messages");
  list.replaceChildren(welcome(), ...page.messages.map((m, i) => drawMessage(m, page.messages[i - 1], hands)));
  list.scrollTop = list.scrollHeight;
}

function place(message) {
  const list = $("messages");
  const low = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const known = page.messages.findIndex((m) => m.id === message.id);
  if (known >= 0) page.messages[known] = message;
  else page.messages.push(message);
  const at = known >= 0 ? known : page.messages.length - 1;
  const node = drawMessage(message, page.messages[at - 1], hands);
  const old = list.querySelector(`[data-message="${message.id}"]`);
  if (old) old.replaceWith(node);
  else list.append(node);
  if (low || message.mine) list.scrollTop = list.scrollHeight;
}

function drawTyping() {
  const names = [...page.typing.values()].filter((t) => t.channel === page.channel?.id && t.until > Date.now()).map((t) => t.user.name);
  $("typing").replaceChildren(...(names.length ? [dots(), el("span", {}, el("b", {}, names.join(", ")), names.length > 1 ? " are typing…" : " is typing…")] : []));
}

// --- hearing ---

const HEAR = {
  hello(data) {
    Object.assign(page, { me: data.me, bot: data.bot, people: data.people, roles: data.roles, samples: data.samples });
    $("guild").textContent = data.guild;
    $("people").replaceChildren(...data.people.map((p) => el("option", { value: p.handle, selected: p.id === data.me.id }, p.name)));
    $("self-avatar").replaceWith(Object.assign(avatar(data.me), { id: "self-avatar" }));
    HEAR.bot(data);
  },
  channels(data) {
    page.channels = data.channels;
    const wanted = page.channel?.id || location.hash.slice(1);
    const found = data.channels.find((c) => c.id === wanted) || data.channels.find((c) => c.kind === "text");
    if (page.channel?.id === found.id) { page.channel = found; drawChannels(); } else page.open(found);
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
  page.channel = channel.kind === "dm" ? null : channel;
  page.messages = [];
  if (channel.kind === "dm") history.replaceState(null, "", "#");
  connect($("people").value);
  old.close();
  if (page.channel) page.socket.addEventListener("open", () => page.open(channel), { once: true });
  localStorage.setItem("person", $("people").value);
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
startComposer(page);
connect(localStorage.getItem("person") || "ada");
