// Emoji that the page draws itself, since not every machine has a font for them; others are left to the font.

import { drawn } from "./icons.js";

const SHAPES = {
  "💬": "M4 5h16v11H10l-5 4v-4H4z",
  "🔎": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
  "🔍": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
  "📄": "M6 2h8l5 5v15H6zM14 2v5h5M9 12h7M9 16h7",
  "🖼": "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M9 9h.01",
  "⚠": "M12 4 2.5 20h19zM12 10v4M12 17h.01",
  "📰": "M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2M7 9h7M7 12h7M7 15h4",
  "👍": "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.5 1 2.2 2.6L12.6 10H18a2 2 0 0 1 2 2.3l-1 6A2 2 0 0 1 17 20H7",
  "👎": "M7 13V4H4v9zM7 13l4 7c1.5 0 2.5-1 2.2-2.6L12.6 14H18a2 2 0 0 0 2-2.3l-1-6A2 2 0 0 0 17 4H7",
  "❤": "M12 20S4 15 4 9.5A4.2 4.2 0 0 1 12 7a4.2 4.2 0 0 1 8 2.5C20 15 12 20 12 20z",
  "😂": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8 13h8a4 4 0 0 1-8 0M7.5 10l2-1M16.5 10l-2-1",
  "🎉": "M4 20l4-11 7 7zM13 8c0-2 1-3 2-4M17 11c2 0 3-1 4-2M16 5h.01M19 6h.01M20 14h.01",
  "👀": "M8 17c2 0 3-2.5 3-5s-1-5-3-5-3 2.5-3 5 1 5 3 5M16 17c2 0 3-2.5 3-5s-1-5-3-5-3 2.5-3 5 1 5 3 5M8 13h.01M16 13h.01",
  "🙏": "M12 4v14M12 6c-2 1-2 5-3 7l-4 5 3 3 4-3M12 6c2 1 2 5 3 7l4 5-3 3-4-3",
  "📌": "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  "✅": "M4 4h16v16H4zM8 12l3 3 5-6",
  "❌": "M6 6l12 12M18 6 6 18",
  "🔁": "M5 11V9a3 3 0 0 1 3-3h10l-3-3M19 13v2a3 3 0 0 1-3 3H6l3 3",
  "❓": "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.3M12 18h.01",
  "⚖": "M12 4v16M7 20h10M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z",
  "🌐": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  "📥": "M12 4v11M7 10l5 5 5-5M5 20h14",
  "🗑": "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  "⚙": "M4 7h9M17 7h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4M4 17h3M11 17h9M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
};

/** A sign for an emoji, or the emoji itself where the page has no drawing of it. */
export function emoji(name, size = 16) {
  const shape = SHAPES[name.replace(/\uFE0F/g, "")];
  return shape ? drawn(shape, size, name) : name;
}
