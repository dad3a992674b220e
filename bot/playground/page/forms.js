// Fields of slash commands and modals: from their description to elements, and from elements to values.

import { $, el, toast } from "./dom.js";

/** Uploads the files of an input; their tokens. */
export async function upload(files) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  const response = await fetch("/page/files", { method: "POST", body: form });
  if (!response.ok) throw new Error("The file is too large (10 MB at most).");
  return response.json();
}

function label(name, description, required, ...inside) {
  return el("label", { class: "field" }, el("b", {}, name, required && el("em", { title: "required" }, " *")), ...inside, el("small", {}, description || ""));
}

function menu(options, { required, many, chosen } = {}) {
  const node = el("select", { multiple: many });
  if (!required && !many) node.append(el("option", { value: "" }, "—"));
  for (const option of options) {
    node.append(el("option", { value: option.value, selected: option.default || String(option.value) === chosen }, option.label));
  }
  return node;
}

/** A field for one option of a command; `suggest(typed)` gives autocomplete choices. */
export function optionField(option, suggest) {
  let input;
  if (option.choices.length) input = menu(option.choices, { required: option.required });
  else if (option.type === 5) input = menu([{ label: "True", value: "true" }, { label: "False", value: "false" }]);
  else if (option.type === 11) input = el("input", { type: "file" });
  else if (option.type === 4 || option.type === 10) {
    input = el("input", { type: "number", min: option.min_value, max: option.max_value, step: option.type === 4 ? 1 : "any" });
  } else input = el("input", { type: "text", maxlength: option.max_length, minlength: option.min_length });
  input.required = Boolean(option.required);
  const extra = option.autocomplete ? [suggestions(input, suggest)] : [];
  return { node: label(option.label, option.description, option.required, input, ...extra), input, option };
}

function suggestions(input, suggest) {
  const list = el("datalist", { id: `list-${Math.random().toString(36).slice(2)}` });
  input.setAttribute("list", list.id);
  const refill = async () => {
    const choices = await suggest(input.value);
    list.replaceChildren(...choices.map((c) => el("option", { value: c.value }, c.label)));
  };
  input.addEventListener("focus", refill);
  input.addEventListener("input", refill);
  return list;
}

/** The values typed so far, without the one being completed and without files. */
export function plainValues(fields, except) {
  const typed = fields.filter((f) => f.option !== except && f.option.type !== 11 && f.input.value !== "");
  return Object.fromEntries(typed.map(({ input, option }) => [option.name, plain(input, option)]));
}

const plain = (input, option) => ({ 4: Number, 10: Number, 5: (v) => v === "true" })[option.type]?.(input.value) ?? input.value;

/** `{options, files}` of a filled command form. */
export async function optionValues(fields) {
  const options = {};
  const files = {};
  for (const { input, option } of fields) {
    if (option.type === 11) {
      if (input.files.length) files[option.name] = (await upload(input.files))[0].token;
    } else if (input.value !== "") {
      options[option.name] = plain(input, option);
    }
  }
  return { options, files };
}

function modalField(field) {
  const required = field.required ?? true;
  if (field.type === 10) return { node: el("div", { class: "words", html: field.html }) };
  let input;
  if (field.type === 4) {
    const limits = { maxlength: field.max_length, minlength: field.min_length, placeholder: field.placeholder };
    input = field.style === 2 ? el("textarea", { rows: 4, ...limits }) : el("input", { type: "text", ...limits });
    input.value = field.value || "";
  } else if (field.type === 19) input = el("input", { type: "file", multiple: (field.max_values ?? 1) > 1 });
  else if (field.type === 23) input = el("input", { type: "checkbox", checked: field.default });
  else input = menu(field.options || [], { required: required && field.type === 3, many: field.type === 22 || (field.max_values ?? 1) > 1 });
  input.required = required && field.type !== 23 && field.type !== 19;
  return { node: label(field.label, field.description, required && field.type !== 23, input), input, field };
}

async function modalValues(fields) {
  const values = {};
  const files = {};
  for (const { input, field } of fields.filter((f) => f.input)) {
    if (field.type === 19) {
      if (input.files.length) files[field.custom_id] = (await upload(input.files)).map((f) => f.token);
    } else if (field.type === 23) values[field.custom_id] = input.checked;
    else if (input.multiple) values[field.custom_id] = [...input.selectedOptions].map((o) => o.value);
    else if (field.type === 4 || field.type === 21) values[field.custom_id] = input.value;
    else if (input.value !== "") values[field.custom_id] = [input.value];
  }
  return { values, files };
}

/** Opens a modal; `submit({values, files})` is called once, cancelling calls nothing. */
export function openModal(modal, submit) {
  const dialog = $("dialog");
  const fields = modal.fields.map(modalField);
  const form = el("form", { method: "dialog" }, el("h3", {}, modal.title), el("div", { class: "fields" }, ...fields.map((f) => f.node)),
    el("div", { class: "row" },
      el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
      el("button", { type: "submit", class: "button primary" }, "Submit")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const filled = await modalValues(fields);
      dialog.close();
      submit(filled);
    } catch (error) { toast(error.message); }
  });
  dialog.classList.remove("wide");
  dialog.onclick = null;
  dialog.setAttribute("aria-label", modal.title);
  dialog.replaceChildren(form);
  dialog.showModal();
  fields.find((f) => f.input)?.input.focus();
}
