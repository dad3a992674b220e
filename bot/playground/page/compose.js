// The composer: text, mentions, replies, files and slash commands.

import { $, el, toast } from "./dom.js";
import { icon } from "./icons.js";
import { optionField, optionValues, plainValues, upload } from "./forms.js";

let page;
let replyTo = null;
let files = [];
let picks = [];
let at = 0;
let command = null;
let typedAt = 0;

export function startComposer(owner) {
  page = owner;
  const text = $("text");
  text.addEventListener("input", () => { grow(); suggest(); tellTyping(); });
  text.addEventListener("keydown", keys);
  text.addEventListener("paste", (event) => event.clipboardData.files.length && addFiles(event.clipboardData.files));
  $("compose").addEventListener("submit", (event) => { event.preventDefault(); send(); });
  $("attach").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => { addFiles($("file").files); $("file").value = ""; });
  $("mention").addEventListener("click", () => insert(`@${page.bot.name} `));
  $("slash").addEventListener("click", () => { text.value = "/"; text.focus(); suggest(); });
}

function grow() {
  const text = $("text");
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight}px`;
}

function insert(words) {
  const text = $("text");
  text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  grow();
}

/** Puts words into the empty composer, ready to be sent. */
export function prefill(words) {
  $("text").value = words;
  $("text").focus();
  grow();
}

function tellTyping() {
  if (Date.now() - typedAt < 8000 || $("text").value.startsWith("/")) return;
  typedAt = Date.now();
  page.wish({ do: "typing", channel: page.channel.id });
}

function keys(event) {
  if (!$("popup").hidden) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) { event.preventDefault(); return show(picks, at + moves[event.key]); }
    if ((event.key === "Enter" || event.key === "Tab") && picks.length) { event.preventDefault(); return picks[at].go(); }
    if (event.key === "Escape") return hide();
  }
  if (event.key === "Escape") { setReply(null); closeCommand(); }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
}

// --- suggestions ---

async function suggest() {
  const text = $("text");
  const before = text.value.slice(0, text.selectionStart);
  const name = /(?:^|\s)@(\w*)$/.exec(before);
  if (/^\/[\p{L}\p{N}_ -]*$/u.test(text.value)) {
    const { commands } = await page.wish({ do: "commands", channel: page.channel.id });
    const wanted = text.value.slice(1).toLowerCase();
    show(commands.filter((c) => c.kind === 1 && [c.name, c.title].some((n) => n.startsWith(wanted.trim()))).map((c) => (
      { title: `/${c.title}`, says: c.description, go: () => openCommand(c) })));
  } else if (name) {
    const people = [page.bot, ...page.people].filter((p) => p.name.toLowerCase().startsWith(name[1].toLowerCase()));
    show(people.map((p) => ({ title: `@${p.name}`, says: p.bot ? "the bot" : p.handle, go: () => complete(name[1], p.name) })));
  } else hide();
}

function complete(typed, name) {
  const text = $("text");
  text.setRangeText(`${name} `, text.selectionStart - typed.length, text.selectionStart, "end");
  hide();
  text.focus();
}

function show(list, index = 0) {
  picks = list;
  at = list.length ? (index + list.length) % list.length : 0;
  const popup = $("popup");
  popup.replaceChildren(...list.map((pick, i) => el("button", {
    type: "button", class: "pick", role: "option", "aria-selected": String(i === at), onclick: pick.go,
  }, el("b", {}, pick.title), el("span", {}, pick.says || ""))));
  if (!list.length) popup.append(el("div", { class: "pick" }, el("span", {}, "Nothing fits. Is the bot online?")));
  popup.hidden = false;
  popup.children[at]?.scrollIntoView({ block: "nearest" });
}

function hide() { $("popup").hidden = true; }

// --- commands ---

function openCommand(chosen) {
  hide();
  const ask = (option) => async (typed) => (await page.wish({
    do: "complete", name: chosen.name, option: option.name, typed, options: plainValues(fields, option), channel: page.channel.id }, true)).choices || [];
  const fields = chosen.options.map((option) => optionField(option, ask(option)));
  command = { chosen, fields };
  $("text").value = "";
  $("text").placeholder = `/${chosen.title}`;
  const panel = $("command");
  panel.replaceChildren(el("div", {}, el("b", {}, `/${chosen.title}`), ` ${chosen.description}`), el("div", { class: "fields" }, ...fields.map((f) => f.node)),
    el("div", { class: "row" },
      el("button", { type: "button", class: "button", onclick: closeCommand }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Run")));
  panel.hidden = false;
  panel.onkeydown = (event) => {
    if (event.key === "Escape") closeCommand();
    if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); $("compose").requestSubmit(); }
  };
  if (fields.length) fields[0].input.focus();
  else send();
}

function closeCommand() {
  command = null;
  $("command").hidden = true;
  page.retitle();
  $("text").focus();
}

async function runCommand() {
  const { chosen, fields } = command;
  const missing = fields.find((f) => !f.input.checkValidity());
  if (missing) return missing.input.reportValidity();
  try {
    const filled = await optionValues(fields);
    closeCommand();
    await page.wish({ do: "slash", name: chosen.name, channel: page.channel.id, ...filled });
  } catch (error) { toast(error.message); }
}

// --- sending ---

/** "@Nutgraf" as people type it, to the mention Discord sends. */
function withMentions(words) {
  const known = [page.bot, ...page.people];
  return words.replace(/@(\w+)/g, (all, name) => {
    const person = known.find((p) => p.name.toLowerCase() === name.toLowerCase());
    const role = page.roles.find((r) => r.name.toLowerCase() === name.toLowerCase());
    return person ? `<@${person.id}>` : role ? `<@&${role.id}>` : all;
  });
}

async function send() {
  if (command) return runCommand();
  const words = $("text").value;
  if ((!words.trim() && !files.length) || $("text").disabled) return;
  const wish = { do: "say", channel: page.channel.id, text: withMentions(words), files: files.map((f) => f.token), reply_to: replyTo?.id, title: $("post").value };
  $("text").value = "";
  $("post").value = "";
  files = [];
  drawFiles();
  setReply(null);
  hide();
  grow();
  typedAt = 0;
  await page.wish(wish);
}

export function setReply(message) {
  replyTo = message;
  const bar = $("reply");
  bar.hidden = !message;
  if (!message) return;
  bar.replaceChildren(el("span", {}, "Replying to ", el("b", {}, message.author.name)),
    el("button", { type: "button", "aria-label": "Cancel reply", onclick: () => setReply(null) }, icon("close", 16)));
  $("text").focus();
}

async function addFiles(list) {
  try { files.push(...await upload(list)); } catch (error) { toast(error.message); }
  drawFiles();
}

function drawFiles() {
  const drop = (file) => { files = files.filter((f) => f !== file); drawFiles(); };
  $("attached").hidden = !files.length;
  $("attached").replaceChildren(...files.map((f) => el("span", { class: "chip" }, icon("file", 16), f.name,
    el("button", { type: "button", "aria-label": `Remove ${f.name}`, onclick: () => drop(f) }, icon("close", 14)))));
}
